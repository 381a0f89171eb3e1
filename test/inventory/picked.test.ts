import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { auditStock } from './audit.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { levelOf } from './levels.ts';
import { allocationsOf, type ClaimedOrder, ordered, tellOf } from './orders.ts';
import { type StartedInventory, startInventory } from './start-inventory.ts';
import { move } from './stock-calls.ts';

const SKUS = ['SHIP', 'PART', 'SOLD', 'STALE', 'CANCEL', 'LATE', 'TWICE', 'HAND', 'STAYS', 'MOVES'];
let inventory: StartedInventory;
beforeAll(async () => {
  inventory = await startInventory({
    locations: [location('DC'), location('OTHER')],
    items: SKUS.map((sku) => item(sku)),
    stockMovements: [
      ...SKUS.map((sku) => receipt(sku, 'DC', 10)),
      receipt('STAYS', 'OTHER', 10),
      receipt('MOVES', 'OTHER', 10),
    ],
  });
});
afterAll(async () => {
  // Whatever happened, the balance held at every position, and the level is what orders hold.
  await auditStock(inventory.store.dependencies.store.database('inventory'), SKUS.map(variant));
  await inventory.stop();
});

async function given(sku: string, units: number) {
  const order = await ordered(inventory, [sku, units, 'DC']);
  const [claim] = order.claims;
  if (claim === undefined) throw new Error('nothing was claimed');
  return { order, claim };
}

const picked = (sku: string, units: number) =>
  until(`${units} are picked`, async () => (await levelOf(inventory, sku, 'DC'))?.picked === units);

const seenAt = async ({ workId }: ClaimedOrder['claims'][number]) => {
  const [allocation] = await allocationsOf(inventory, workId);
  return [allocation?.state, allocation?.picked.value, allocation?.reservation.state];
};

const pickedAt = async (claim: ClaimedOrder['claims'][number]) => (await seenAt(claim)).slice(0, 2);

/** The types of the ledger lines of a piece of work, each with when it happened. */
async function linesOf({ workId }: ClaimedOrder['claims'][number]) {
  const data = await inventory.ask<{
    _entities: {
      inventoryTransactions: {
        edges: { node: { type: string; fromState: string; toState: string | null; occurredAt: string } }[];
      };
    }[];
  }>(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on WorkOrder { inventoryTransactions {
      edges { node { type fromState toState occurredAt } } } } } }`,
    { of: [{ __typename: 'WorkOrder', id: workId }] },
  );
  return (data._entities[0]?.inventoryTransactions.edges ?? []).map(({ node }) => node);
}

async function transfer(id: string, code: string) {
  const { transferReservation } = await inventory.ask<{
    transferReservation: {
      reservations: { quantity: { value: string }; location: { code: string } }[];
      userErrors: { code: string }[];
    };
  }>(
    `mutation ($input: TransferReservationInput!) { transferReservation(input: $input) {
      reservations { quantity { value } location { code } } userErrors { code } } }`,
    { input: { idempotencyKey: newId(), id, toLocationId: place(code) } },
  );
  return transferReservation;
}

describe('goods that are picked for their order', () => {
  it('are on hand still, and leave from where they were put, as of when they left', async () => {
    const { order, claim } = await given('SHIP', 4);
    await tellOf(inventory, 'order.picked', 'SHIP', order, claim, { at: '2026-03-01T12:00:00Z' });
    await picked('SHIP', 4);
    expect(await levelOf(inventory, 'SHIP', 'DC')).toMatchObject({ onHand: 10, available: 6, allocated: 0 });
    expect(await seenAt(claim)).toEqual(['PICKED', '4', 'ALLOCATED']);
    await tellOf(inventory, 'order.shipped', 'SHIP', order, claim, { at: '2026-03-01T13:00:00Z' });
    await picked('SHIP', 0);
    expect(await levelOf(inventory, 'SHIP', 'DC')).toMatchObject({ onHand: 6, available: 6, allocated: 0 });
    expect(await seenAt(claim)).toEqual(['CONSUMED', '0', 'CONSUMED']);
    expect((await linesOf(claim)).slice(2)).toEqual([
      { type: 'PICK', fromState: 'ALLOCATED', toState: 'PICKED', occurredAt: '2026-03-01T12:00:00.000Z' },
      { type: 'SHIP', fromState: 'PICKED', toState: null, occurredAt: '2026-03-01T13:00:00.000Z' },
    ]);
  });

  it('may be picked and leave in parts, those that were picked first', async () => {
    const { order, claim } = await given('PART', 5);
    await tellOf(inventory, 'order.picked', 'PART', order, claim, { units: 2 });
    await picked('PART', 2);
    expect(await seenAt(claim)).toEqual(['ALLOCATED', '2', 'ALLOCATED']);
    await tellOf(inventory, 'order.shipped', 'PART', order, claim, { units: 3 });
    await picked('PART', 0);
    expect(await levelOf(inventory, 'PART', 'DC')).toMatchObject({ onHand: 7, allocated: 2, available: 5 });
    await tellOf(inventory, 'order.picked', 'PART', order, claim, { units: 2 });
    await picked('PART', 2);
    expect(await seenAt(claim)).toEqual(['PICKED', '2', 'ALLOCATED']);
  });

  it('are a sale when a customer was handed them', async () => {
    const { order, claim } = await given('SOLD', 2);
    await tellOf(inventory, 'order.picked', 'SOLD', order, claim);
    await tellOf(inventory, 'order.shipped', 'SOLD', order, claim, { handedOver: true });
    await until('they are gone', async () => (await levelOf(inventory, 'SOLD', 'DC'))?.onHand === 8);
    expect((await linesOf(claim)).at(-1)).toMatchObject({ type: 'SALE', fromState: 'PICKED' });
  });

  it('are on sale again when nobody came for them, once, as of when their time was over', async () => {
    const { order, claim } = await given('STALE', 3);
    await tellOf(inventory, 'order.picked', 'STALE', order, claim, { units: 2 });
    await picked('STALE', 2);
    const expired = { at: '2026-03-08T18:00:00Z' };
    await tellOf(inventory, 'order.pickupExpired', 'STALE', order, claim, expired);
    await until('they are back', async () => (await levelOf(inventory, 'STALE', 'DC'))?.available === 10);
    await tellOf(inventory, 'order.pickupExpired', 'STALE', order, claim, expired);
    const { order: next, claim: nextClaim } = await given('STALE', 1);
    expect(next.orderId).not.toBe(order.orderId);
    expect(await levelOf(inventory, 'STALE', 'DC')).toMatchObject({ onHand: 10, available: 9, picked: 0 });
    expect(await seenAt(claim)).toEqual(['DEALLOCATED', '0', 'RELEASED']);
    expect(await seenAt(nextClaim)).toEqual(['ALLOCATED', '0', 'ALLOCATED']);
    const back = (await linesOf(claim)).filter(({ type }) => type === 'RELEASE');
    expect(back).toMatchObject([{ toState: 'AVAILABLE' }, { toState: 'AVAILABLE' }]);
    expect(new Set(back.map(({ occurredAt }) => occurredAt))).toEqual(new Set(['2026-03-08T18:00:00.000Z']));
  });

  it('are on sale again when the order is canceled', async () => {
    const { order, claim } = await given('CANCEL', 3);
    await tellOf(inventory, 'order.picked', 'CANCEL', order, claim, { units: 2 });
    await picked('CANCEL', 2);
    await inventory.publish('order.canceled', {
      orderId: order.orderId,
      reservationIds: [claim.reservationId],
    });
    await until('they are back', async () => (await levelOf(inventory, 'CANCEL', 'DC'))?.available === 10);
    expect(await seenAt(claim)).toEqual(['DEALLOCATED', '0', 'RELEASED']);
  });

  it('stay as they are when it is told too late, or of more than there was', async () => {
    const { order, claim } = await given('LATE', 3);
    await tellOf(inventory, 'order.shipped', 'LATE', order, claim);
    await tellOf(inventory, 'order.picked', 'LATE', order, claim);
    const { order: other, claim: otherClaim } = await given('LATE', 2);
    await tellOf(inventory, 'order.picked', 'LATE', other, otherClaim, { units: 9 });
    await picked('LATE', 2);
    expect(await levelOf(inventory, 'LATE', 'DC')).toMatchObject({ onHand: 7, available: 5, allocated: 0 });
    expect(await seenAt(claim)).toEqual(['CONSUMED', '0', 'CONSUMED']);
  });
});

describe('goods that are picked by hand', () => {
  it('are those of the oldest orders, or of the one that is named, and can be put back', async () => {
    const { claim: first } = await given('HAND', 2);
    const { claim: second } = await given('HAND', 3);
    const pick = { from: 'ALLOCATED', to: 'PICKED', idempotencyKey: newId(), units: 3 };
    const done = await move(inventory, 'HAND', 'DC', pick);
    expect(done.transactions.map(({ type, quantity }) => [type, quantity.value])).toEqual([
      ['PICK', '2'],
      ['PICK', '1'],
    ]);
    expect(await move(inventory, 'HAND', 'DC', pick)).toEqual({ ...done, replayed: true });
    expect([await pickedAt(first), await pickedAt(second)]).toEqual([
      ['PICKED', '2'],
      ['ALLOCATED', '1'],
    ]);
    const back = { from: 'PICKED', to: 'ALLOCATED', units: 2 };
    expect((await move(inventory, 'HAND', 'DC', back)).userErrors).toEqual([]);
    expect([await pickedAt(first), await pickedAt(second)]).toEqual([
      ['ALLOCATED', '0'],
      ['ALLOCATED', '1'],
    ]);
    const data = await inventory.ask<{ _entities: { allocations: { id: string }[] }[] }>(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on WorkOrder { allocations { id } } } }',
      { of: [{ __typename: 'WorkOrder', id: second.workId }] },
    );
    const allocationId = data._entities[0]?.allocations[0]?.id;
    const named = { from: 'ALLOCATED', to: 'PICKED', units: 2, allocationId };
    expect((await move(inventory, 'HAND', 'DC', named)).userErrors).toEqual([]);
    expect(await pickedAt(second)).toEqual(['PICKED', '3']);
    expect(await levelOf(inventory, 'HAND', 'DC')).toMatchObject({ picked: 3, allocated: 2, available: 5 });
  });

  it.each([
    ['there are too few', { units: 99 }, 'INSUFFICIENT_STOCK'],
    ['nobody has such an order', { allocationId: place('NOTHING') }, 'ALLOCATION_UNKNOWN'],
    ['they are free', { from: 'AVAILABLE' }, 'STATE_NOT_ALLOWED'],
    ['they do not move', { from: 'PICKED' }, 'STATE_UNCHANGED'],
  ])('stay when %s', async (_, more, code) => {
    const before = await levelOf(inventory, 'HAND', 'DC');
    const wish = { from: 'ALLOCATED', to: 'PICKED', units: 1, ...more };
    expect((await move(inventory, 'HAND', 'DC', wish)).userErrors).toMatchObject([{ code }]);
    expect(await levelOf(inventory, 'HAND', 'DC')).toEqual(before);
  });
});

describe('a claim of which a part is picked', () => {
  it('is moved as far as it lies on the shelf, and its order is still found when it is canceled', async () => {
    const { order, claim } = await given('MOVES', 5);
    await tellOf(inventory, 'order.picked', 'MOVES', order, claim, { units: 2 });
    await picked('MOVES', 2);
    const moved = await transfer(claim.reservationId, 'OTHER');
    expect(moved.userErrors).toEqual([]);
    expect(moved.reservations).toMatchObject([{ quantity: { value: '3' }, location: { code: 'OTHER' } }]);
    expect(await levelOf(inventory, 'MOVES', 'DC')).toMatchObject({ picked: 2, allocated: 0, available: 8 });
    expect(await levelOf(inventory, 'MOVES', 'OTHER')).toMatchObject({ allocated: 3, available: 7 });
    await inventory.publish('order.canceled', {
      orderId: order.orderId,
      reservationIds: [claim.reservationId],
    });
    await until('all is back', async () => (await levelOf(inventory, 'MOVES', 'OTHER'))?.available === 10);
    expect(await levelOf(inventory, 'MOVES', 'DC')).toMatchObject({ picked: 0, available: 10 });
  });

  it('is not moved when all of it is picked', async () => {
    const { order, claim } = await given('STAYS', 2);
    await tellOf(inventory, 'order.picked', 'STAYS', order, claim);
    await picked('STAYS', 2);
    expect((await transfer(claim.reservationId, 'OTHER')).userErrors).toMatchObject([
      { code: 'GOODS_PICKED' },
    ]);
  });
});
