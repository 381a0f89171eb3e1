import { performance } from 'node:perf_hooks';
import { skuOf } from './stocked-store.ts';
import { askAvailability, sellOne } from './work.ts';

type Post = (body: unknown) => Promise<unknown>;

const GIVE_UP_AFTER_MS = 10_000;

/**
 * How long a sale takes to be seen: from the moment a till sends it to one process until an answer from the memory of another one shows
 * it, asked without a pause. One latency for each sale.
 */
export async function changeToVisible(till: Post, shopper: Post, sales: number): Promise<number[]> {
  const tookMs: number[] = [];
  for (let index = 0; index < sales; index += 1) {
    const sku = skuOf(index % 50);
    const before = await promised(shopper, sku);
    const sentAt = performance.now();
    const sold = sellOne(till, sku);
    while ((await promised(shopper, sku)) !== before - 1) {
      if (performance.now() - sentAt > GIVE_UP_AFTER_MS) throw new Error('a sale was never seen');
    }
    tookMs.push(performance.now() - sentAt);
    if (!(await sold)) throw new Error('a sale was refused');
  }
  return tookMs;
}

async function promised(post: Post, sku: string): Promise<number> {
  const { data } = await askAvailability(post, [sku]);
  return Number(data?.availability?.[0]?.availableToPromise.value);
}
