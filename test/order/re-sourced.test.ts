import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditStock } from '../inventory/audit.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { place, variant } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { line } from './buying.ts';
import { collecting } from './collecting.ts';

let shop: Shop;
let store: ReturnType<typeof collecting>;
beforeAll(async () => {
  shop = await startShop();
  store = collecting(shop);
});
afterAll(() => shop.stop());

const audit = () => auditStock(shop.store.dependencies.store.database('inventory'), [variant('LAMP')]);

/** Waits until the order has a piece of work in a state at a place. */
const workAt = (orderId: string, code: string, state: string) =>
  until(`there is ${state} work at ${code}`, async () =>
    (await store.workOf(orderId)).find((work) => work.state === state && work.location.id === place(code)),
  );

async function openCall(orderId: string) {
  const { businessExceptions } = await shop.ask<{
    businessExceptions: { edges: { node: { kind: string; subjectId: string; detail: string } }[] };
  }>('operations', '{ businessExceptions(first: 100) { edges { node { kind subjectId detail } } } }');
  return businessExceptions.edges.map(({ node }) => node).find(({ subjectId }) => subjectId === orderId);
}

const callFor = (orderId: string) => until('somebody is called', () => openCall(orderId));

describe('a store that will not do its work', () => {
  it('given goods that are sent, then another place sends them and the customer sees one order', async () => {
    const [storeBefore, dcBefore] = [await shop.level('LAMP', 'STORE'), await shop.level('LAMP', 'DC')];
    const { order, paymentId } = await store.buy('25.00', {
      lines: [line('LAMP', 2, { method: 'SHIP_FROM_STORE', locationId: place('STORE') })],
    });
    const work = order.fulfillmentOrders[0]?.id ?? '';
    const rejected = await store.reject(work, { reasonCode: 'NO_STAFF' });
    expect(rejected).toMatchObject({ fulfillmentOrder: { state: 'REJECTED' }, userErrors: [] });
    const sibling = await workAt(order.id, 'DC', 'OPEN');
    expect(sibling).toMatchObject({ method: 'SHIP_FROM_STORE', lines: [{ quantity: { value: '2' } }] });
    await store.levelIs('LAMP', 'STORE', {
      available: storeBefore.available,
      allocated: storeBefore.allocated,
    });
    await store.levelIs('LAMP', 'DC', {
      available: dcBefore.available - 2,
      allocated: dcBefore.allocated + 2,
    });

    expect((await store.ship(sibling.id)).userErrors).toEqual([]);
    expect(await store.order(order.id)).toMatchObject({
      status: 'COMPLETED',
      fulfillmentStatus: 'FULFILLED',
    });
    expect((await store.workOf(order.id)).map(({ state }) => state)).toEqual(['REJECTED', 'SHIPPED']);
    await store.paid(paymentId, 'CAPTURED');
    await store.levelIs('LAMP', 'DC', { onHand: dcBefore.onHand - 2, allocated: dcBefore.allocated });
    await audit();
  });

  it('given goods that a customer collects, then nobody else can serve them and people are called', async () => {
    const before = await shop.level('LAMP', 'STORE');
    const { order, work } = await store.buyForPickup(2);
    expect((await store.reject(work)).userErrors).toEqual([]);
    expect(await callFor(order.id)).toMatchObject({
      kind: 'ORDER_STUCK',
      detail: expect.stringContaining('2 of LAMP'),
    });
    expect((await store.workOf(order.id)).map(({ state }) => state)).toEqual(['REJECTED']);
    await store.levelIs('LAMP', 'STORE', { available: before.available, allocated: before.allocated });
    expect((await store.cancel(order.id)).userErrors).toEqual([]);
    await audit();
  });
});

describe('goods that are not on the shelf', () => {
  it('given some of a line, then the rest goes on, another place sends what is missing and the shelf is corrected', async () => {
    const before = await shop.level('LAMP', 'STORE');
    const { order, paymentId } = await store.buy('37.50', {
      lines: [line('LAMP', 3, { method: 'SHIP_FROM_STORE', locationId: place('STORE') })],
    });
    const work = order.fulfillmentOrders[0]?.id ?? '';
    await store.take(work);
    const [piece] = await store.workOf(order.id);
    const lineId = piece?.lines[0]?.id ?? '';
    const picked = await store.pick(work, [{ lineId, picked: 2, short: 1, reasonCode: 'NOT_FOUND' }]);
    expect(picked).toMatchObject({
      fulfillmentOrder: {
        state: 'IN_PROGRESS',
        lines: [{ quantity: { value: '2' }, pickedQuantity: { value: '2' } }],
      },
      userErrors: [],
    });
    expect(await workAt(order.id, 'STORE', 'INCOMPLETE')).toMatchObject({
      lines: [{ quantity: { value: '1' }, shortQuantity: { value: '1' } }],
    });
    const sibling = await workAt(order.id, 'DC', 'OPEN');
    expect(sibling.lines).toMatchObject([{ quantity: { value: '1' } }]);
    expect((await store.ship(work)).userErrors).toEqual([]);
    expect((await store.ship(sibling.id)).userErrors).toEqual([]);
    expect(await store.order(order.id)).toMatchObject({ status: 'COMPLETED' });
    expect(await store.paid(paymentId, 'CAPTURED')).toMatchObject({ captured: { amount: '37.50' } });
    // Two left, and one was never there.
    await store.levelIs('LAMP', 'STORE', { onHand: before.onHand - 3, available: before.available - 3 });
    await audit();
  });

  it('given none of what a customer collects, then the work is INCOMPLETE and people are called', async () => {
    const before = await shop.level('LAMP', 'STORE');
    const { order, work } = await store.buyForPickup(1);
    await store.take(work);
    const [piece] = await store.workOf(order.id);
    const lineId = piece?.lines[0]?.id ?? '';
    const { fulfillmentOrder } = await store.pick(work, [
      { lineId, picked: 0, short: 1, reasonCode: 'DAMAGED' },
    ]);
    expect(fulfillmentOrder).toMatchObject({
      state: 'INCOMPLETE',
      lines: [{ shortQuantity: { value: '1' } }],
    });
    await callFor(order.id);
    await store.levelIs('LAMP', 'STORE', { onHand: before.onHand - 1, available: before.available - 1 });
    expect((await store.cancel(order.id)).userErrors).toEqual([]);
    await until('nobody is called any more', async () => (await openCall(order.id)) === undefined);
    await audit();
  });
});
