import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { auditStock } from './audit.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { levelOf } from './levels.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, shopper, startAnother, startInventory } from './start-inventory.ts';

const SKUS = ['MOVE', 'SHORT', 'SOLD', 'EARLY', 'RACE', 'SAME', 'END'];
let inventory: StartedInventory;
beforeAll(async () => {
  inventory = await startInventory({
    locations: [location('A'), location('B')],
    items: SKUS.map((sku) => item(sku)),
    stockMovements: SKUS.flatMap((sku) => [receipt(sku, 'A', 10), receipt(sku, 'B', 3)]),
  });
});
afterAll(() => inventory.stop());

interface TransferPayload {
  reservations: { id: string; state: string; location: { code: string }; expiresAt: string }[];
  replayed: boolean;
  userErrors: { code: string; field: string[]; availableQuantity: { value: string } | null }[];
}

async function transfer(id: string, more: Record<string, unknown> = {}, identity = shopper('staff')) {
  const { transferReservation } = await inventory.ask<{ transferReservation: TransferPayload }>(
    `mutation Transfer($input: TransferReservationInput!) { transferReservation(input: $input) {
      reservations { id state location { code } expiresAt version } replayed
      userErrors { code field availableQuantity { value } } } }`,
    { input: { idempotencyKey: newId(), id, toLocationId: place('B'), ...more } },
    { ...identity, roles: identity.subject === 'staff' ? ['associate'] : ['shopper'] },
  );
  return transferReservation;
}

async function reserved(sku: string, units: number, more: Record<string, unknown> = {}): Promise<string> {
  const { reservations } = await reserve(inventory, [[sku, units, 'A']], more);
  const id = reservations[0]?.id;
  if (id === undefined) throw new Error('nothing was reserved');
  return id;
}

async function confirmed(orderId: string, reservationId: string): Promise<void> {
  await inventory.publish('order.confirmed', {
    orderId,
    reservations: [{ reservationId, orderLineId: 'line', fulfillmentOrderId: `work-${orderId}` }],
  });
}

const levels = async (sku: string) => [
  await levelOf(inventory, sku, 'A'),
  await levelOf(inventory, sku, 'B'),
];
const balanced = (sku: string) =>
  auditStock(inventory.store.dependencies.store.database('inventory'), [variant(sku)]);

describe('a reservation that is transferred', () => {
  it('goes on at the other place under another id, until the same moment', async () => {
    const id = await reserved('MOVE', 2, { ttlSeconds: 600 });
    const key = { idempotencyKey: newId() };
    const first = await transfer(id, key);
    expect(first).toMatchObject({
      reservations: [{ state: 'ACTIVE', location: { code: 'B' } }],
      replayed: false,
      userErrors: [],
    });
    expect(await transfer(id, key)).toEqual({ ...first, replayed: true });
    expect(await levels('MOVE')).toMatchObject([
      { available: 10, reserved: 0 },
      { available: 1, reserved: 2 },
    ]);
    const { reservation } = await inventory.ask<{ reservation: unknown }>(
      'query Old($id: ID!) { reservation(id: $id) { state transferredTo { id } } }',
      { id },
    );
    expect(reservation).toEqual({ state: 'TRANSFERRED', transferredTo: { id: first.reservations[0]?.id } });
    expect(await transfer(id)).toMatchObject({ userErrors: [{ code: 'RESERVATION_NOT_ACTIVE' }] });
    await balanced('MOVE');
  });

  it('stays where it is when the other place has too little', async () => {
    const id = await reserved('SHORT', 4);
    expect(await transfer(id)).toMatchObject({
      reservations: [],
      userErrors: [{ code: 'INSUFFICIENT_STOCK', availableQuantity: { value: '3' } }],
    });
    expect(await levels('SHORT')).toMatchObject([{ reserved: 4 }, { reserved: 0, available: 3 }]);
    await balanced('SHORT');
  });

  it('takes the stock of its confirmed order with it, and a cancellation finds it there', async () => {
    const orderId = newId();
    const id = await reserved('SOLD', 3);
    await confirmed(orderId, id);
    await until('it is allocated', async () => (await levelOf(inventory, 'SOLD', 'A'))?.allocated === 3);
    expect(await transfer(id)).toMatchObject({
      reservations: [{ state: 'ALLOCATED', location: { code: 'B' } }],
    });
    expect(await levels('SOLD')).toMatchObject([
      { available: 10, allocated: 0 },
      { available: 0, allocated: 3 },
    ]);
    const work = await inventory.ask<{
      _entities: { allocations: unknown; inventoryTransactions: { edges: { node: { type: string } }[] } }[];
    }>(
      `query Work($representations: [_Any!]!) { _entities(representations: $representations) { ... on WorkOrder {
        allocations { state location { code } }
        inventoryTransactions { edges { node { type ledgerPosition } } } } } }`,
      { representations: [{ __typename: 'WorkOrder', id: `work-${orderId}` }] },
    );
    expect(work._entities[0]?.allocations).toEqual(
      expect.arrayContaining([
        { state: 'REALLOCATED', location: { code: 'A' } },
        { state: 'ALLOCATED', location: { code: 'B' } },
      ]),
    );
    expect(work._entities[0]?.inventoryTransactions.edges.map(({ node }) => node.type).toSorted()).toEqual([
      'ALLOCATE',
      'ALLOCATE',
      'RELEASE',
      'RESERVE',
    ]);

    await inventory.publish('order.canceled', { orderId, reservationIds: [id] });
    await until('it is given back', async () => (await levelOf(inventory, 'SOLD', 'B'))?.available === 3);
    expect(await levels('SOLD')).toMatchObject([{ allocated: 0 }, { allocated: 0 }]);
    await balanced('SOLD');
  });

  it('is found by its order though the order knows the old id only', async () => {
    const id = await reserved('EARLY', 1);
    await transfer(id);
    await confirmed(newId(), id);
    await until('it is allocated', async () => (await levelOf(inventory, 'EARLY', 'B'))?.allocated === 1);
    expect(await levels('EARLY')).toMatchObject([
      { available: 10, allocated: 0, reserved: 0 },
      { available: 2, reserved: 0 },
    ]);
    await balanced('EARLY');
  });

  it.each([
    ['names no place', { toLocationId: place('NOWHERE') }, 'LOCATION_UNKNOWN'],
    ['names its own place', { toLocationId: place('A') }, 'LOCATION_UNCHANGED'],
    ['saw an older one', { expectedVersion: 7 }, 'VERSION_CONFLICT'],
  ])('is refused when it %s', async (_, more, code) => {
    const id = await reserved('SAME', 1);
    expect(await transfer(id, more)).toMatchObject({ reservations: [], userErrors: [{ code }] });
  });

  it('is not found by another shopper', async () => {
    const id = await reserved('SAME', 1);
    expect(await transfer(id, {}, shopper('bob'))).toMatchObject({
      userErrors: [{ code: 'RESERVATION_NOT_FOUND' }],
    });
  });
});

describe('what happens to a claim at the same moment', () => {
  it('has one winner: goods that are handed over while their order ends are used up or given back, not both', async () => {
    const other = await startAnother(inventory);
    for (let round = 0; round < 5; round += 1) {
      const orderId = newId();
      const id = await reserved('END', 1);
      await confirmed(orderId, id);
      await until('it is allocated', async () => (await levelOf(inventory, 'END', 'A'))?.allocated === 1);
      const line = { orderLineId: 'line', variantId: variant('END'), locationId: place('A'), quantity: 1 };
      await Promise.all([
        inventory.publish('order.shipped', {
          orderId,
          fulfillmentOrderId: `work-${orderId}`,
          shipmentId: newId(),
          shippedAt: new Date().toISOString(),
          lines: [line],
        }),
        other.publish('order.canceled', { orderId, reservationIds: [id] }),
      ]);
      await until(
        'both were heard',
        async () => (await levelOf(inventory, 'END', 'A'))?.onHand === 9 - round,
      );
      await balanced('END');
      const { reservation } = await inventory.ask<{ reservation: { state: string } }>(
        'query One($id: ID!) { reservation(id: $id) { state } }',
        { id },
      );
      expect(['CONSUMED', 'RELEASED']).toContain(reservation.state);
    }
    expect(await levelOf(inventory, 'END', 'A')).toMatchObject({ onHand: 5, available: 5, allocated: 0 });
    await other.stop();
  });

  it('has one winner: released, transferred, allocated or canceled, its units are counted once', async () => {
    for (let round = 0; round < 6; round += 1) {
      const orderId = newId();
      const id = await reserved('RACE', 1);
      await Promise.all([
        transfer(id),
        inventory.ask(
          'mutation Release($input: ReservationActionInput!) { releaseReservation(input: $input) { userErrors { code } } }',
          { input: { idempotencyKey: newId(), id } },
        ),
        confirmed(orderId, id),
        inventory.publish('order.canceled', { orderId, reservationIds: [id] }),
      ]);
      await confirmed(`after-${orderId}`, 'unknown');
      await until('all of it was heard', () =>
        inventory.store.dependencies.integration.events.model.exists({
          type: 'inventory.allocationFailed',
          subject: `after-${orderId}`,
        }),
      );
      await balanced('RACE');
    }
    const [a, b] = await levels('RACE');
    expect((a?.onHand ?? 0) + (b?.onHand ?? 0)).toBe(13);
  });
});
