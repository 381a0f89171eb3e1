import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { warmCosts } from './costs.ts';
import { createHouse, postTo, STOCKED } from './house.ts';
import { compared, fail, type Pace, ratio } from './sides.ts';
import { snapshots } from './snapshot.ts';
import { startStockedStore } from './stocked-store.ts';
import { changeToVisible } from './visible.ts';
import { availabilityOf, claimOneOf } from './work.ts';

/**
 * `npm run bench:inventory`: gateways with inventory in processes of their own, all on one store on disk, asked over HTTP. Sides that
 * are compared are measured slice by slice in turn. With MONGODB_URI set, on databases of that server.
 */
const PARTS = ['availability', 'many', 'costs', 'claims', 'visible', 'snapshot'] as const;
type Part = (typeof PARTS)[number];

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    users: { type: 'string', default: '16' },
    sales: { type: 'string', default: '300' },
    rows: { type: 'string', default: '100000' },
    only: { type: 'string', default: PARTS.join(',') },
  },
});
const pace: Pace = {
  cycles: Number(values.cycles),
  seconds: Number(values.seconds),
  users: Number(values.users),
};
const [sales, rows] = [Number(values.sales), Number(values.rows)];
const wanted = values.only.split(',').map((name) => {
  const part = PARTS.find((one) => one === name.trim());
  if (part === undefined)
    throw new Error(`--only takes ${PARTS.join(', ')}, with commas in between; not "${name}"`);
  return part;
});

const beganAt = performance.now();
const directory = await mkdtemp(join(tmpdir(), 'bench-inventory-'));
const skus = wanted.includes('snapshot') ? Math.max(rows, STOCKED) : STOCKED;
const store = await startStockedStore({ skus, stocked: STOCKED });
const house = createHouse(store, [`${pathToFileURL(directory).href}/`]);

const fromMemory = (variants: number) => availabilityOf({ variants, among: STOCKED, basis: 'CACHED' });
const run: Readonly<Record<Part, () => Promise<void>>> = {
  async availability() {
    console.log('\navailability of 20 variants');
    const uncached = await house.uncached();
    const [ours = [], fromStore = [], theirs = []] = await compared(
      [
        { name: 'own gateway, from memory', process: await house.own(), work: fromMemory(20) },
        {
          name: 'own gateway, from the store',
          process: uncached,
          work: availabilityOf({ variants: 20, among: STOCKED, basis: 'CONFIRMED' }),
        },
        { name: 'stock @apollo/gateway, from memory', process: await house.apollo(), work: fromMemory(20) },
      ],
      pace,
    );
    await uncached.stop();
    console.log(
      `  from memory: ${ratio(ours, fromStore)} times as many as from the store, ${ratio(ours, theirs)} times as many as stock @apollo/gateway`,
    );
  },
  async many() {
    console.log('\navailability of 1,000 variants in one request');
    await compared([{ name: 'from memory', process: await house.own(), work: fromMemory(1_000) }], pace);
  },
  async costs() {
    console.log('\nwhat answers from memory cost others');
    const process = await house.counting();
    await warmCosts(process, pace);
    // It would go on following all that changes.
    await process.stop();
  },
  async claims() {
    console.log('\nclaims of one unit');
    const process = await house.own();
    await compared(
      [
        { name: 'one hot article', process, work: claimOneOf(1) },
        { name: '1,000 articles', process, work: claimOneOf(STOCKED) },
      ],
      pace,
    );
  },
  async visible() {
    console.log(`\na sale at one process, until the memory of another shows it (${sales} sales)`);
    const took = await changeToVisible(postTo(await house.apollo()), postTo(await house.own()), sales);
    took.sort((left, right) => left - right);
    const at = (share: number) => (took[Math.floor(took.length * share)] ?? 0).toFixed(1);
    console.log(
      `  p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   worst ${took.at(-1)?.toFixed(1)} ms, the sale itself included`,
    );
  },
  async snapshot() {
    console.log(`\na snapshot of ${rows} rows, and claims at another process meanwhile`);
    await snapshots(await house.own(), await house.apollo(), { rows, directory });
  },
};

try {
  const { cycles, seconds, users } = pace;
  console.log(
    `${cpus().length} cores, Node ${process.version}, ${users} users, ${cycles} slices of ${seconds} s a side`,
  );
  for (const part of wanted) await run[part]();
  console.log(`\nthe whole run: ${((performance.now() - beganAt) / 1_000).toFixed(0)} s`);
} finally {
  await house.stop();
  await store.stop();
  await rm(directory, { recursive: true, force: true });
}
if (process.exitCode === 1) fail('not everything was answered as it must be: these figures say nothing');
