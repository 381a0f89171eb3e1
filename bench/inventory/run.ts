import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { newId } from '../../platform/ids.ts';
import { place } from '../../test/inventory/erp-records.ts';
import {
  type InventoryProcess,
  startInventoryProcess,
} from '../../test/inventory/start-inventory-process.ts';
import { client } from '../../test/kit/client.ts';
import { type Figures, figuresOf, load, median, type Slice, type Work } from '../load.ts';
import { PLACES, skuOf, startStockedStore } from './stocked-store.ts';
import { changeToVisible } from './visible.ts';
import { askAvailability, availabilityOf, claimOneOf, INGEST } from './work.ts';

/**
 * `npm run bench:inventory`: gateways with inventory in processes of their own, all on one store on disk, asked over HTTP. Sides that
 * are compared are measured slice by slice in turn. With MONGODB_URI set, on databases of that server.
 */
const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    users: { type: 'string', default: '16' },
    sales: { type: 'string', default: '300' },
    rows: { type: 'string', default: '100000' },
  },
});
const [cycles, seconds, users] = [Number(values.cycles), Number(values.seconds), Number(values.users)];
const [sales, rows] = [Number(values.sales), Number(values.rows)];
const STOCKED = 1_000;

let failed = false;
const directory = await mkdtemp(join(tmpdir(), 'bench-inventory-'));
const store = await startStockedStore({ skus: Math.max(rows, STOCKED), stocked: STOCKED });
const running: InventoryProcess[] = [];
async function start(more: Partial<Parameters<typeof startInventoryProcess>[0]> = {}) {
  const { uri, databasePrefix } = store;
  const started = await startInventoryProcess({ uri, databasePrefix, ...more });
  running.push(started);
  return started;
}

try {
  console.log(
    `${cpus().length} cores, Node ${process.version}, ${users} users, ${cycles} slices of ${seconds} s a side`,
  );
  const snapshotsFrom = [`${pathToFileURL(directory).href}/`];
  const own = await start({ snapshotsFrom });
  const apollo = await start({ engine: 'apollo' });
  const uncached = await start({ maxStalenessMs: -1 });
  for (const { url } of running) await warm(url);

  console.log('\navailability of 20 variants');
  const cached = availabilityOf({ variants: 20, among: STOCKED, basis: 'CACHED' });
  const asked = availabilityOf({ variants: 20, among: STOCKED, basis: 'CONFIRMED' });
  const slices = await compared([
    { name: 'own gateway, from memory', process: own, work: cached },
    { name: 'own gateway, from the store', process: uncached, work: asked },
    { name: 'stock @apollo/gateway, from memory', process: apollo, work: cached },
  ]);
  const [ours = [], fromStore = [], theirs = []] = slices;
  console.log(
    `  from memory: ${ratio(ours, fromStore)} times as many as from the store, ${ratio(ours, theirs)} times as many as stock @apollo/gateway`,
  );

  console.log('\navailability of 1,000 variants in one request');
  await compared([
    {
      name: 'from memory',
      process: own,
      work: availabilityOf({ variants: 1_000, among: STOCKED, basis: 'CACHED' }),
    },
  ]);

  console.log('\nclaims of one unit');
  await compared([
    { name: 'one hot article', process: own, work: claimOneOf(1) },
    { name: '1,000 articles', process: own, work: claimOneOf(STOCKED) },
  ]);

  console.log(`\na sale at one process, until the memory of another shows it (${sales} sales)`);
  const took = (await changeToVisible(postTo(apollo), postTo(own), sales)).sort((a, b) => a - b);
  const at = (share: number) => (took[Math.floor(took.length * share)] ?? 0).toFixed(1);
  console.log(
    `  p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   worst ${took.at(-1)?.toFixed(1)} ms, the sale itself included`,
  );

  console.log(`\na snapshot of ${rows} rows`);
  const path = join(directory, 'snapshot.csv');
  const lines = Array.from({ length: rows }, (_, index) => `${skuOf(index)},7`);
  await writeFile(path, `sku,quantity\n${lines.join('\n')}\n`);
  const first = await ingested(own, path);
  console.log(`  all of them news:       ${first.seconds.toFixed(1)} s (${JSON.stringify(first.report)})`);
  const again = await ingested(own, path);
  console.log(`  all of them unchanged:  ${again.seconds.toFixed(1)} s (${JSON.stringify(again.report)})`);
} finally {
  for (const started of running) await started.stop();
  await store.stop();
  await rm(directory, { recursive: true, force: true });
}
if (failed) {
  console.error('some requests failed: these figures say nothing');
  process.exitCode = 1;
}

/** Has a process remember everything that is asked for later. */
async function warm(url: string): Promise<void> {
  const all = Array.from({ length: STOCKED }, (_, index) => skuOf(index));
  await askAvailability(postTo({ url }), all);
}

/** Measures the sides slice by slice in turn, after a second of warming each. */
async function compared(
  sides: readonly { name: string; process: InventoryProcess; work: Work }[],
): Promise<Slice[][]> {
  const slices = sides.map((): Slice[] => []);
  const run = (side: (typeof sides)[number], forSeconds: number) =>
    load({ url: side.process.url, token: 'staff', users, seconds: forSeconds, work: side.work });
  for (const side of sides) await run(side, 1);
  for (let cycle = 0; cycle < cycles; cycle += 1)
    for (const [index, side] of sides.entries()) slices[index]?.push(await run(side, seconds));
  for (const [index, { name }] of sides.entries()) console.log(line(name, figuresOf(slices[index] ?? [])));
  return slices;
}

function line(name: string, figures: Figures): string {
  failed ||= figures.failures > 0;
  const { perSecond, p50Ms, p99Ms, failures } = figures;
  return `  ${name.padEnd(36)} ${perSecond.toFixed(0).padStart(6)} /s   p50 ${p50Ms.toFixed(1).padStart(6)} ms   p99 ${p99Ms.toFixed(1).padStart(6)} ms   failures ${failures}`;
}

/** How many times as many, as the median of paired slices. */
function ratio(left: readonly Slice[], right: readonly Slice[]): string {
  const rate = (slice: Slice | undefined) => (slice === undefined ? 1 : slice.requests / slice.seconds);
  return median(left.map((slice, index) => rate(slice) / rate(right[index]))).toFixed(2);
}

function postTo({ url }: Pick<InventoryProcess, 'url'>) {
  const graph = client(url, 'staff');
  return async (body: unknown) => {
    const { query, variables } = body as { query: string; variables: Record<string, unknown> };
    return graph.ask(query, variables);
  };
}

async function ingested({ url }: InventoryProcess, path: string) {
  const sequence = newId();
  const startedAt = performance.now();
  const { data, errors } = await client(url, 'staff').ask<{
    ingestInventorySnapshot: { acceptedRows: number };
  }>(INGEST, {
    input: {
      idempotencyKey: sequence,
      sourceSystem: 'WMS',
      sourceSequence: sequence,
      locationId: place(PLACES[0]),
      asOf: new Date().toISOString(),
      url: pathToFileURL(path).href,
    },
  });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return { seconds: (performance.now() - startedAt) / 1_000, report: data?.ingestInventorySnapshot };
}
