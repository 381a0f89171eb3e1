import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditStock } from '../inventory/audit.ts';
import { createShiftingClock } from '../kit/shifting-clock.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { variant } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { collecting } from './collecting.ts';

/** Every pair in the long run, some of them each time. */
const PAIRS = process.env['LONG_TESTS'] === '1' ? 50 : 10;
const AT_ONCE = 5;
/** Before the first of them ends, when the race begins. */
const HEAD_START_MS = 1_500;
const DAY_MS = 24 * 60 * 60_000;
const clock = createShiftingClock();
let shop: Shop;
let store: ReturnType<typeof collecting>;
beforeAll(async () => {
  shop = await startShop({}, [], { clock, pickupTimes: { keepForMs: DAY_MS, remindBeforeMs: [] } });
  store = collecting(shop);
});
afterAll(() => shop.stop());

interface Pair {
  readonly orderId: string;
  readonly work: string;
  readonly code: string;
  readonly endsAtMs: number;
  readonly paymentId: string;
}

async function prepare(): Promise<Pair> {
  const { order, work, paymentId } = await store.buyForPickup();
  const { pickup } = await store.makeReady(order.id, work);
  const endsAtMs = new Date(pickup?.expiresAt ?? 0).getTime();
  return { orderId: order.id, work, code: pickup?.pickupCode ?? '', endsAtMs, paymentId };
}

/** The customer and whoever tidies the shelf come at the end, each some milliseconds before or after it. */
async function race({ work, code, endsAtMs }: Pair, beforeMs: number, afterMs: number) {
  const waitUntil = (atMs: number) => clock.delay(Math.max(0, atMs - clock.now().getTime()));
  const [confirmed, expired] = await Promise.all([
    waitUntil(endsAtMs - beforeMs).then(() => store.confirm(work, code)),
    waitUntil(endsAtMs + afterMs).then(() => store.expire(work)),
  ]);
  return {
    handedOver: confirmed.userErrors.length === 0,
    told: confirmed.userErrors[0]?.code,
    gaveUp: expired.userErrors.length === 0,
  };
}

it('given a customer who comes at the very end of the time, then either the goods are handed over or they are given up, with all that follows from it', async () => {
  const before = await shop.level('LAMP', 'STORE');
  const pairs: Pair[] = [];
  while (pairs.length < PAIRS)
    pairs.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => prepare()))));
  const firstEndsAtMs = Math.min(...pairs.map(({ endsAtMs }) => endsAtMs));
  clock.shift(firstEndsAtMs - HEAD_START_MS - clock.now().getTime());

  const outcomes = await Promise.all(
    pairs.map((pair, index) => race(pair, (index % 7) * 20 - 20, ((index * 3) % 5) * 10 - 10)),
  );
  let collected = 0;
  for (const [index, pair] of pairs.entries()) {
    const outcome = outcomes[index];
    const [work] = await until('it is decided', async () => {
      const found = await store.workOf(pair.orderId);
      return found[0]?.state === 'READY_FOR_PICKUP' ? null : found;
    });
    expect(work?.state).toBe(outcome?.handedOver === true ? 'PICKED_UP' : 'PICKUP_EXPIRED');
    if (outcome?.handedOver === true) {
      collected += 1;
      expect(outcome.gaveUp).toBe(false);
      await store.paid(pair.paymentId, 'CAPTURED');
    } else {
      expect(outcome?.told).toBe('PICKUP_EXPIRED');
      await store.paid(pair.paymentId, 'VOIDED');
    }
    const told = await shop.store.dependencies.integration.events.model
      .find({ 'data.fulfillmentOrderId': pair.work, type: { $in: ['order.shipped', 'order.pickupExpired'] } })
      .lean();
    expect(told).toHaveLength(1);
  }
  // A race in which one side always wins shows nothing.
  expect(collected).toBeGreaterThan(0);
  expect(collected).toBeLessThan(pairs.length);
  await store.levelIs('LAMP', 'STORE', {
    onHand: before.onHand - collected,
    available: before.available - collected,
    allocated: before.allocated,
  });
  await auditStock(shop.store.dependencies.store.database('inventory'), [variant('LAMP')]);
}, 90_000);
