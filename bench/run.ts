import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { client } from '../test/kit/client.ts';
import { type House, startHouse } from '../test/kit/house.ts';
import { type Figures, figuresOf, load, median, type Slice, type Work } from './load.ts';
import { openShop, orderDetail, placeOrder, productPage, type Shop } from './work.ts';

/**
 * `npm run bench`: the same operations on the same subgraphs, once behind our engine and once behind stock @apollo/gateway, slice by
 * slice in turn, so that a machine that changes its speed changes it for both. The ratio is the median of the paired slices.
 */
const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    users: { type: 'string', default: '16' },
  },
});
const cycles = Number(values.cycles);
const seconds = Number(values.seconds);
const users = Number(values.users);

interface Side {
  readonly name: string;
  readonly house: House;
  readonly token: string;
  readonly shop: Shop;
}

async function side(name: 'own' | 'apollo'): Promise<Side> {
  const house = await startHouse({
    environment: { GATEWAY_ENGINE: name, NODE_ENV: 'production', LOG_LEVEL: 'silent' },
  });
  const response = await fetch(new URL('/sandbox/token', house.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"role":"admin"}',
  });
  const { token } = (await response.json()) as { token: string };
  return { name, house, token, shop: await openShop(client(house.url, token)) };
}

function line(name: string, figures: Figures): string {
  const { perSecond, p50Ms, p99Ms, failures } = figures;
  return `  ${name.padEnd(8)} ${perSecond.toFixed(0).padStart(6)} /s   p50 ${p50Ms.toFixed(1).padStart(7)} ms   p99 ${p99Ms.toFixed(1).padStart(7)} ms   failures ${failures}`;
}

const sides: Side[] = [];
let failed = false;
try {
  sides.push(await side('own'), await side('apollo'));
  console.log(
    `${users} users, ${cycles} slices of ${seconds} s each, ${cpus().length} cores, Node ${process.version}`,
  );
  const works: readonly (readonly [string, (shop: Shop) => Work])[] = [
    ['product page', productPage],
    ['order detail', orderDetail],
    ['placeOrder (authorize and place)', placeOrder],
  ];
  for (const [title, workOf] of works) {
    const slices = new Map<string, Slice[]>(sides.map(({ name }) => [name, []]));
    for (const { house, token, shop } of sides)
      await load({ url: house.url, token, users, seconds: 1, work: workOf(shop) });
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      for (const { name, house, token, shop } of sides)
        slices.get(name)?.push(await load({ url: house.url, token, users, seconds, work: workOf(shop) }));
    }
    console.log(`\n${title}`);
    for (const { name } of sides) {
      const figures = figuresOf(slices.get(name) ?? []);
      failed ||= figures.failures > 0;
      console.log(line(name, figures));
    }
    const own = slices.get('own') ?? [];
    const apollo = slices.get('apollo') ?? [];
    const ratios = own.map(
      (slice, index) =>
        slice.requests / slice.seconds / ((apollo[index]?.requests ?? 1) / (apollo[index]?.seconds ?? 1)),
    );
    console.log(
      `  own answers ${median(ratios).toFixed(2)} times as many (median of ${ratios.length} pairs)`,
    );
  }
} finally {
  for (const { house } of sides) await house.remove();
}
if (failed) {
  console.error('some requests failed: these figures say nothing');
  process.exitCode = 1;
}
