import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { levelOf } from './levels.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, startAnother, startInventory } from './start-inventory.ts';
import { recordCount } from './stock-calls.ts';

const SKUS = ['ELSE', 'NOWHERE', 'CART', 'OWED'];
let inventory: StartedInventory;
let other: StartedInventory;
beforeAll(async () => {
  inventory = await startInventory({
    locations: [location('A'), location('B')],
    items: SKUS.map((sku) => item(sku)),
    stockMovements: [...SKUS.map((sku) => receipt(sku, 'A', 10)), receipt('ELSE', 'B', 8)],
  });
  // Both processes look for promises that cannot be kept.
  other = await startAnother(inventory);
});
afterAll(async () => {
  await other.stop();
  await inventory.stop();
});

async function ordered(sku: string, units: number): Promise<{ orderId: string; reservationId: string }> {
  const orderId = newId();
  const before = (await levelOf(inventory, sku, 'A'))?.allocated ?? 0;
  const { reservations } = await reserve(inventory, [[sku, units, 'A']], { ownerId: orderId });
  const reservationId = reservations[0]?.id ?? '';
  const line = { reservationId, orderLineId: `line-${orderId}`, fulfillmentOrderId: `work-${orderId}` };
  await inventory.publish('order.confirmed', { orderId, reservations: [line] });
  await until(
    'it is allocated',
    async () => (await levelOf(inventory, sku, 'A'))?.allocated === before + units,
  );
  return { orderId, reservationId };
}

const found = (sku: string, units: number) =>
  recordCount(inventory, 'A', new Date().toISOString(), { [sku]: units });

function told(type: string, orderId: string) {
  const { model } = inventory.store.dependencies.integration.events;
  return until(`${type} is told`, () => model.findOne({ type, subject: orderId }).lean());
}

async function incidents(sku: string) {
  const { inventoryDiscrepancies } = await inventory.ask<{
    inventoryDiscrepancies: { edges: { node: { level: { variant: { id: string } } } }[] };
  }>(
    `{ inventoryDiscrepancies(first: 50) { edges { node { kind expected { value } observed { value } cause
      level { variant { id } } } } } }`,
  );
  return inventoryDiscrepancies.edges
    .map(({ node }) => node)
    .filter(({ level }) => level.variant.id === variant(sku));
}

async function balanced(sku: string) {
  const level = await levelOf(inventory, sku, 'A');
  expect(level?.available).toBeGreaterThanOrEqual(0);
  const stock = inventory.store.dependencies.store.database('inventory');
  return stock.collection('ledger').countDocuments({ variantId: variant(sku), type: 'COUNT' });
}

describe('a count that finds less than was promised', () => {
  it('moves the latest order to another place that has it, and names what took the goods', async () => {
    const first = await ordered('ELSE', 3);
    const last = await ordered('ELSE', 4);
    await found('ELSE', 4);
    const { data } = await told('inventory.allocationMoved', last.orderId);
    expect(data).toMatchObject({
      orderLineId: `line-${last.orderId}`,
      reservationId: last.reservationId,
      locationId: place('A'),
      toLocationId: place('B'),
      quantity: 4,
      reason: 'STOCK_GONE',
    });
    expect(await levelOf(inventory, 'ELSE', 'A')).toMatchObject({ onHand: 4, available: 1, allocated: 3 });
    expect(await levelOf(inventory, 'ELSE', 'B')).toMatchObject({ onHand: 8, available: 4, allocated: 4 });
    expect(await incidents('ELSE')).toMatchObject([
      {
        kind: 'OVERSOLD',
        expected: { value: '7' },
        observed: { value: '4' },
        cause: expect.stringMatching(/^COUNT COUNTED of INVENTORY/),
      },
    ]);
    expect(await balanced('ELSE')).toBe(1);

    // The order knows its first reservation only, and still finds what it holds.
    await inventory.publish('order.canceled', {
      orderId: last.orderId,
      reservationIds: [last.reservationId],
    });
    await until('it is given back', async () => (await levelOf(inventory, 'ELSE', 'B'))?.available === 8);
    expect(first.orderId).not.toBe(last.orderId);
  });

  it('tells the order that its stock is gone, when no other place has it', async () => {
    const { orderId, reservationId } = await ordered('NOWHERE', 6);
    await found('NOWHERE', 5);
    const { data } = await told('inventory.allocationFailed', orderId);
    expect(data).toMatchObject({ orderId, reservationId, quantity: 6, reason: 'STOCK_GONE' });
    expect(await levelOf(inventory, 'NOWHERE', 'A')).toMatchObject({ onHand: 5, available: 5, allocated: 0 });
    const { reservation } = await inventory.ask<{ reservation: { state: string } }>(
      'query One($id: ID!) { reservation(id: $id) { state } }',
      { id: reservationId },
    );
    expect(reservation.state).toBe('RELEASED');
    expect(await incidents('NOWHERE')).toHaveLength(1);
    await balanced('NOWHERE');
  });

  it('takes from carts before it takes from orders', async () => {
    const { orderId } = await ordered('CART', 4);
    await reserve(inventory, [['CART', 5, 'A']], { ownerType: 'CART' });
    await found('CART', 6);
    await until('the cart gave way', async () => (await levelOf(inventory, 'CART', 'A'))?.reserved === 0);
    expect(await levelOf(inventory, 'CART', 'A')).toMatchObject({ onHand: 6, available: 2, allocated: 4 });
    const { model } = inventory.store.dependencies.integration.events;
    expect(await model.countDocuments({ subject: orderId, source: '/subgraphs/inventory' })).toBe(0);
  });

  it('is an incident once for each fact, and each claim is whole afterwards', async () => {
    await ordered('OWED', 2);
    await ordered('OWED', 2);
    await found('OWED', 3);
    await until('one gave way', async () => (await levelOf(inventory, 'OWED', 'A'))?.allocated === 2);
    await found('OWED', 1);
    await until('both gave way', async () => (await levelOf(inventory, 'OWED', 'A'))?.allocated === 0);
    expect(await incidents('OWED')).toHaveLength(2);
    await balanced('OWED');
  });
});

it('keeps every level what its ledger and its claims say', async () => {
  // A fact may push a level below zero for a moment: that is what is looked for. The sums hold all the time.
  const { auditInventory } = await inventory.ask<{ auditInventory: { discrepancies: { kind: string }[] } }>(
    `mutation Audit($input: AuditInventoryInput!) { auditInventory(input: $input) { discrepancies { kind } } }`,
    { input: { idempotencyKey: newId(), locationId: place('A') } },
  );
  expect(auditInventory.discrepancies).toEqual([]);
});
