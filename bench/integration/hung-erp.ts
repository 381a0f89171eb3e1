import { client } from '../../test/kit/client.ts';
import { type House, startHouse } from '../../test/kit/house.ts';
import { buy, fault } from '../../test/kit/shopping.ts';
import { figuresOf, load, type Slice } from '../load.ts';
import { openShop, productPage } from '../work.ts';

const USERS = 8;
const SLICE_SECONDS = 4;
const CYCLES = 2;
const HUNG_MS = 60_000;
const BUY_EVERY_MS = 500;

/** Reads that have nothing to do with the ERP, while it answers and while it hangs and orders wait for it, slice by slice in turn. */
export async function hungErp(): Promise<void> {
  const house = await startHouse({ environment: { NODE_ENV: 'production', LOG_LEVEL: 'silent' } });
  try {
    await measure(house);
  } finally {
    await house.remove();
  }
}

async function measure({ url }: House): Promise<void> {
  const response = await fetch(new URL('/sandbox/token', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"role":"admin"}',
  });
  // The route answers {"token"} or an error, which the next request would show.
  const { token } = (await response.json()) as { token: string };
  const admin = client(url, token);
  const work = productPage(await openShop(admin));
  const read = () => load({ url, token, users: USERS, seconds: SLICE_SECONDS, work });
  await load({ url, token, users: USERS, seconds: 2, work });

  const slices: { well: Slice[]; hung: Slice[] } = { well: [], hung: [] };
  let isOpen = true;
  // The same orders are placed in both, so that only the ERP differs.
  const buying = (async () => {
    while (isOpen) {
      await buy(admin, 'HP701-WHITE').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, BUY_EVERY_MS));
    }
  })();
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    await fault(url, 'none');
    slices.well.push(await read());
    await fault(url, 'slow', { latencyMs: HUNG_MS });
    slices.hung.push(await read());
  }
  isOpen = false;
  await fault(url, 'none');
  await buying;
  const well = figuresOf(slices.well);
  const hung = figuresOf(slices.hung);
  console.log(
    `  product page, ERP well: ${well.perSecond.toFixed(0)} /s, p99 ${well.p99Ms.toFixed(1)} ms; ERP hung: ${hung.perSecond.toFixed(0)} /s, p99 ${hung.p99Ms.toFixed(1)} ms (${(hung.p99Ms / well.p99Ms).toFixed(2)} times); failures ${well.failures + hung.failures}`,
  );
}
