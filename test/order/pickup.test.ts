import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { createShiftingClock } from '../kit/shifting-clock.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { customer, place } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { agent, cashier, line, shopper, wish } from './buying.ts';
import { collecting } from './collecting.ts';

const MINUTE_MS = 60_000;
const clock = createShiftingClock();
let shop: Shop;
let store: ReturnType<typeof collecting>;
beforeAll(async () => {
  shop = await startShop({}, [], { clock });
  store = collecting(shop);
});
afterAll(() => shop.stop());

const codes = async (answer: Promise<{ userErrors: readonly { code: string }[] }>) =>
  (await answer).userErrors.map(({ code }) => code);

describe('buying online and collecting in the store', () => {
  it('given a customer who comes with the code, then the goods are handed over, paid and in the ERP, once', async () => {
    const ada = shopper(customer('C-ADA'));
    const before = await shop.level('LAMP', 'STORE');
    const { order, work, paymentId } = await store.buyForPickup(2, {}, ada);
    expect(order).toMatchObject({
      status: 'CONFIRMED',
      fulfillmentOrders: [{ state: 'OPEN', location: { id: place('STORE') } }],
    });
    await store.levelIs('LAMP', 'STORE', {
      allocated: before.allocated + 2,
      available: before.available - 2,
    });

    expect((await store.take(work)).fulfillmentOrder?.state).toBe('ACCEPTED');
    const [open] = await store.workOf(order.id);
    const picked = await store.pick(work, [{ lineId: open?.lines[0]?.id ?? '', picked: 2 }]);
    expect(picked).toMatchObject({
      fulfillmentOrder: { state: 'IN_PROGRESS', pickup: null, lines: [{ pickedQuantity: { value: '2' } }] },
      userErrors: [],
    });
    const ready = (await store.ready(work)).fulfillmentOrder;
    expect(ready).toMatchObject({
      state: 'READY_FOR_PICKUP',
      pickup: {
        pickedUpAt: null,
        remindersSent: 0,
        pickupCode: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/),
      },
    });
    const { readyAt = '', expiresAt = '' } = ready?.pickup ?? {};
    expect(new Date(expiresAt).getTime() - new Date(readyAt).getTime()).toBe(5 * 24 * 60 * MINUTE_MS);
    expect(await store.order(order.id, ada)).toMatchObject({
      status: 'IN_PROGRESS',
      fulfillmentStatus: 'READY_FOR_PICKUP',
    });

    // The customer reads the code in the own order and says it in their own way.
    const [own] = await store.workOf(order.id, ada);
    const said = own?.pickup?.pickupCode?.toLowerCase().replace('-', ' ') ?? '';
    const pickedUpAt = clock.now().toISOString();
    const idempotencyKey = newId();
    const handed = await store.confirm(work, said, { pickedUpAt, idempotencyKey });
    expect(handed).toMatchObject({ fulfillmentOrder: { state: 'PICKED_UP' }, userErrors: [] });
    expect(new Date(handed.fulfillmentOrder?.pickup?.pickedUpAt ?? 0)).toEqual(new Date(pickedUpAt));
    expect((await store.confirm(work, said, { pickedUpAt, idempotencyKey })).userErrors).toEqual([]);
    expect(await codes(store.confirm(work, said))).toEqual(['WORK_STATE_INVALID']);

    expect(await store.order(order.id, ada)).toMatchObject({
      status: 'COMPLETED',
      fulfillmentStatus: 'FULFILLED',
    });
    await store.levelIs('LAMP', 'STORE', {
      onHand: before.onHand - 2,
      allocated: before.allocated,
      available: before.available - 2,
    });
    expect(await store.paid(paymentId, 'CAPTURED')).toMatchObject({ captured: { amount: '25.00' } });
    const { reservation } = await reservationOf(order.id);
    expect(reservation.state).toBe('CONSUMED');
    await store.acknowledged(order.id);
    expect(await store.inErp('salesOrder', order.number)).toBe(1);
    expect(await store.inErp('salesReturn', `${order.number}-UNCOLLECTED`)).toBe(0);
  });

  it('given one line that is sent and one that is collected, then each goes its way and the money is taken part by part', async () => {
    const { order, paymentId } = await store.buy('37.50', {
      lines: [
        line('LAMP', 1, { locationId: place('DC') }),
        line('LAMP', 2, { method: 'PICKUP_IN_STORE', locationId: place('STORE') }),
      ],
    });
    const [sent, collected] = await store.workOf(order.id);
    expect([sent?.method, collected?.method]).toEqual(['SHIP', 'PICKUP_IN_STORE']);
    const { pickup } = await store.makeReady(order.id, collected?.id ?? '');
    expect((await store.order(order.id))?.fulfillmentStatus).toBe('UNFULFILLED');
    expect((await store.ship(sent?.id ?? '')).userErrors).toEqual([]);
    expect((await store.order(order.id))?.fulfillmentStatus).toBe('READY_FOR_PICKUP');
    await store.paid(paymentId, 'PARTIALLY_CAPTURED');
    expect(await codes(store.confirm(collected?.id ?? '', pickup?.pickupCode ?? ''))).toEqual([]);
    expect(await store.paid(paymentId, 'CAPTURED')).toMatchObject({ captured: { amount: '37.50' } });
    expect((await store.order(order.id))?.status).toBe('COMPLETED');
  });
});

describe('the work of a place', () => {
  it('is told step by step to who does it there, and to nobody without the right to read orders', async () => {
    const watch = 'subscription ($at: ID!) { fulfillmentOrderUpdated(locationId: $at) { id state version } }';
    const told: { id: string; state: string; version: number }[] = [];
    const stream = await shop.listen('order', watch, { at: place('STORE') }, cashier);
    const hearing = (async () => {
      for await (const { data } of stream)
        told.push(data?.['fulfillmentOrderUpdated'] as (typeof told)[number]);
    })();
    const { order, work } = await store.buyForPickup();
    const elsewhere = await store.buy('12.50', { lines: [line('LAMP', 1, { locationId: place('DC') })] });
    await store.makeReady(order.id, work);
    const statesOf = (id: string) => told.filter((one) => one.id === id).map(({ state }) => state);
    await until('it is ready', () => statesOf(work).includes('READY_FOR_PICKUP'));
    await stream.return?.();
    await hearing;
    expect([...new Set(statesOf(work))]).toEqual(['OPEN', 'ACCEPTED', 'IN_PROGRESS', 'READY_FOR_PICKUP']);
    expect(statesOf(elsewhere.order.fulfillmentOrders[0]?.id ?? '')).toEqual([]);
    const versions = told.filter(({ id }) => id === work).map(({ version }) => version);
    expect(versions).toEqual(versions.toSorted((left, right) => left - right));
    await expect(
      shop.listen('order', watch, { at: place('STORE') }, shopper(customer('C-ADA'))),
    ).rejects.toThrow('order:read');
  });
});

describe('the code', () => {
  it('is seen by the customer and by who hands over, and by nobody else', async () => {
    const ada = shopper(customer('C-ADA'));
    const { order, work } = await store.buyForPickup(1, {}, ada);
    await store.makeReady(order.id, work);
    const seenBy = async (identity: typeof agent) =>
      (await store.workOf(order.id, identity))[0]?.pickup?.pickupCode ?? null;
    const auditor = { ...agent, subject: 'auditor', roles: ['finance' as const], scopes: ['order:read'] };
    expect(await seenBy(ada)).toMatch(/-/);
    expect(await seenBy(cashier)).toMatch(/-/);
    expect(await seenBy(auditor)).toBeNull();
    expect(await store.workOf(order.id, shopper(customer('C-BEN')))).toEqual([]);
  });

  it('given five wrong ones, then none is tried for an hour, not even the right one, and each is in the history', async () => {
    const { order, work } = await store.buyForPickup();
    const code = (await store.makeReady(order.id, work)).pickup?.pickupCode ?? '';
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      const { fulfillmentOrder, userErrors } = await store.confirm(work, 'AAAA-AAAA');
      expect(userErrors).toMatchObject([{ code: 'PICKUP_CODE_WRONG', field: ['input', 'pickupCode'] }]);
      expect(fulfillmentOrder?.state).toBe('READY_FOR_PICKUP');
    }
    expect((await store.confirm(work, code)).userErrors).toMatchObject([
      { code: 'CODE_LOCKED', retryable: true },
    ]);
    const told = (await store.order(order.id))?.timeline.edges.map(({ node }) => node.type);
    expect(told?.filter((type) => type === 'PICKUP_CODE_WRONG')).toHaveLength(5);
    clock.shift(61 * MINUTE_MS);
    expect(await codes(store.confirm(work, code))).toEqual([]);
  });

  it('given a wrong one under a key, then the same request is answered alike and counts once', async () => {
    const { order, work } = await store.buyForPickup();
    await store.makeReady(order.id, work);
    const again = { idempotencyKey: newId(), pickedUpAt: clock.now().toISOString() };
    for (let time = 1; time <= 3; time += 1)
      expect(await codes(store.confirm(work, 'WRONG', again))).toEqual(['PICKUP_CODE_WRONG']);
    const told = (await store.order(order.id))?.timeline.edges.map(({ node }) => node.type);
    expect(told?.filter((type) => type === 'PICKUP_CODE_WRONG')).toHaveLength(1);
  });
});

describe('what a store may not do', () => {
  it('given work that is not there yet, is sent, is another version or nobody’s business, then it says so', async () => {
    const { order, work } = await store.buyForPickup(2);
    const ada = shopper(customer('C-ADA'));
    const [{ lines: [first] = [] } = {}] = await store.workOf(order.id);
    const lineId = first?.id ?? '';
    expect(await codes(store.pick(work, [{ lineId, picked: 1 }]))).toEqual(['WORK_STATE_INVALID']);
    expect(await codes(store.ready(work))).toEqual(['WORK_STATE_INVALID']);
    await store.take(work);
    expect(await codes(store.ready(work))).toEqual(['WORK_STATE_INVALID']);
    expect(await codes(store.pick(work, []))).toEqual(['LINES_INVALID']);
    expect(await codes(store.pick(work, [{ lineId: newId(), picked: 1 }]))).toEqual(['LINE_UNKNOWN']);
    expect(await codes(store.pick(work, [{ lineId, picked: 3 }]))).toEqual(['PICK_EXCEEDS_WORK']);
    expect(await codes(store.pick(work, [{ lineId, picked: 1, short: 1 }]))).toEqual(['REASON_REQUIRED']);
    expect(await codes(store.pick(work, [{ lineId, picked: 1 }]))).toEqual([]);
    expect(await codes(store.ready(work))).toEqual(['NOT_PICKED']);
    expect(await codes(store.ship(work))).toEqual(['METHOD_INVALID']);
    expect(await codes(store.ready(work, { expectedVersion: 1 }))).toEqual(['VERSION_CONFLICT']);
    expect(await codes(store.pick(work, [{ lineId, picked: 1 }], ada))).toEqual(['FORBIDDEN']);
    expect(await codes(store.pick(work, [{ lineId, picked: 1 }]))).toEqual([]);
    expect(await codes(store.confirm(work, 'AAAA-AAAA'))).toEqual(['WORK_STATE_INVALID']);
    const { fulfillmentOrder } = await store.ready(work);
    const code = fulfillmentOrder?.pickup?.pickupCode ?? '';
    expect(await codes(store.confirm(work, code, {}, ada as typeof cashier))).toEqual(['FORBIDDEN']);
    expect(await codes(store.expire(work))).toEqual(['PICKUP_NOT_EXPIRED']);
    expect(
      await codes(
        store.confirm(work, code, {
          pickedUpAt: new Date(clock.now().getTime() - 60 * MINUTE_MS).toISOString(),
        }),
      ),
    ).toEqual(['PICKED_UP_AT_INVALID']);
    expect(await codes(store.reject(work))).toEqual(['WORK_STATE_INVALID']);
  });

  it.each([
    ['no place', {}, 'LOCATION_REQUIRED'],
    ['a place where nobody collects', { locationId: place('DC') }, 'PICKUP_NOT_OFFERED'],
    ['a place that is none', { locationId: newId() }, 'PICKUP_NOT_OFFERED'],
  ])('given goods to collect and %s, then nothing is bought', async (_what, where, code) => {
    const { order, userErrors } = await store.place(
      wish({
        lines: [line('LAMP', 1, { method: 'CURBSIDE', ...where })],
        paymentIds: [await store.pay('12.50')],
      }),
    );
    expect(order).toBeNull();
    expect(userErrors).toMatchObject([{ code, field: ['input', 'lines', '0', 'locationId'] }]);
  });

  it('given an order that is canceled while its goods lie ready, then they are on sale again and the code opens nothing', async () => {
    const before = await shop.level('LAMP', 'STORE');
    const { order, work, paymentId } = await store.buyForPickup(3);
    const code = (await store.makeReady(order.id, work)).pickup?.pickupCode ?? '';
    await until(
      'they are picked',
      async () => (await shop.level('LAMP', 'STORE')).available === before.available - 3,
    );
    expect(await codes(store.cancel(order.id))).toEqual([]);
    expect(await codes(store.confirm(work, code))).toEqual(['WORK_STATE_INVALID']);
    await store.paid(paymentId, 'VOIDED');
    await store.levelIs('LAMP', 'STORE', { onHand: before.onHand, available: before.available });
  });
});

async function reservationOf(orderId: string) {
  const { order } = await shop.ask<{ order: { lines: { reservation: { id: string } }[] } }>(
    'order',
    'query ($id: ID!) { order(id: $id) { lines { reservation { id } } } }',
    { id: orderId },
  );
  const id = order.lines[0]?.reservation.id ?? '';
  return until('the reservation is over', async () => {
    const { _entities } = await shop.ask<{ _entities: [{ state: string }] }>(
      'inventory',
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Reservation { state } } }',
      { of: [{ __typename: 'Reservation', id }] },
    );
    const [reservation] = _entities;
    return reservation.state === 'ALLOCATED' ? null : { reservation };
  });
}
