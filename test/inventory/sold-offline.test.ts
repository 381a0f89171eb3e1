import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { auditStock } from './audit.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { ledgerSums, levelOf } from './levels.ts';
import { type StartedInventory, startInventory } from './start-inventory.ts';

const SKUS = ['TWICE', 'COUNTED', 'NEVER', 'FINE'];
const HOUR_MS = 60 * 60_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS).toISOString();

describe('what a till sold without the line, as order tells it', () => {
  let inventory: StartedInventory;
  beforeAll(async () => {
    inventory = await startInventory({
      locations: [location('STORE', { kind: 'STORE', capabilities: ['PICKUP'] })],
      items: SKUS.map((sku) => item(sku)),
      stockMovements: ['TWICE', 'COUNTED', 'FINE'].map((sku) => receipt(sku, 'STORE', 10)),
    });
  });
  afterAll(() => inventory.stop());

  const ticket = (sku: string, more: Record<string, unknown> = {}) => ({
    orderId: newId(),
    number: 'UC-1',
    locationId: place('STORE'),
    registerId: 'R1',
    registerTransactionId: `${sku}-1`,
    occurredAt: ago(3),
    lines: [{ orderLineId: 'line-1', variantId: variant(sku), quantity: 2 }],
    ...more,
  });
  const tell = (data: Record<string, unknown>) => inventory.publish('order.soldOffline', data);
  const onHand = (sku: string, units: number) =>
    until(
      `${units} of ${sku} are on hand`,
      async () => (await levelOf(inventory, sku, 'STORE'))?.onHand === units,
    );
  const exceptions = (type: 'raised' | 'cleared') =>
    inventory.store.dependencies.integration.events.model
      .find({ type: `businessException.${type}`, 'data.kind': 'INVENTORY_DISCREPANCY' })
      .lean();

  it('is booked once for a ticket, whichever event tells of it', async () => {
    await tell(ticket('TWICE'));
    await tell(ticket('TWICE'));
    await tell(ticket('FINE'));
    await onHand('FINE', 8);
    await onHand('TWICE', 8);
    expect(await ledgerSums(inventory, 'TWICE', 'STORE')).toMatchObject({ onHand: 8, available: 8 });
  });

  it('given the shelf was counted after it and before it is told, then the count had seen it', async () => {
    const { recordInventoryCount } = await inventory.ask<{ recordInventoryCount: { userErrors: unknown[] } }>(
      'mutation ($input: RecordInventoryCountInput!) { recordInventoryCount(input: $input) { userErrors { code } } }',
      {
        input: {
          idempotencyKey: newId(),
          locationId: place('STORE'),
          countedAt: ago(2),
          counts: [{ variantId: variant('COUNTED'), counted: { value: '8', unit: 'C62' } }],
        },
      },
    );
    expect(recordInventoryCount.userErrors).toEqual([]);
    await onHand('COUNTED', 8);
    await tell(ticket('COUNTED'));
    await tell(ticket('COUNTED', { registerTransactionId: 'COUNTED-2', occurredAt: ago(1) }));
    await onHand('COUNTED', 6);
    const counts = await inventory.store.dependencies.store
      .database('inventory')
      .collection<{ difference: number }>('counts')
      .find({ variantId: variant('COUNTED') })
      .toArray();
    expect(counts).toMatchObject([{ difference: 0 }]);
  });

  it('given the books never had it there, then somebody is called to count, once, and sent away when it is put right', async () => {
    await tell(ticket('NEVER'));
    await tell(ticket('NEVER', { registerTransactionId: 'NEVER-2' }));
    await onHand('NEVER', -4);
    const [called, ...others] = await exceptions('raised');
    expect(others).toEqual([]);
    expect(called?.data).toMatchObject({
      detail: expect.stringContaining('NEVER at STORE: register R1 sold more than the books had there'),
      ownerTeam: 'stores',
    });
    expect(await exceptions('cleared')).toEqual([]);

    inventory.records.stockMovements.push(receipt('NEVER', 'STORE', 5));
    await onHand('NEVER', 1);
    const [cleared] = await until('they are sent away', async () => {
      const found = await exceptions('cleared');
      return found.length > 0 && found;
    });
    expect(cleared?.subject).toBe(called?.subject);
  });

  it('keeps the balance at every position', async () => {
    const database = inventory.store.dependencies.store.database('inventory');
    expect(await auditStock(database, SKUS.map(variant), { mayOwe: true })).toMatchObject({ levels: 4 });
  });

  it('given it is of a place nobody knows, then it is set aside and holds up no other', async () => {
    await tell(ticket('FINE', { locationId: newId(), registerTransactionId: 'FINE-2' }));
    await tell(ticket('FINE', { registerTransactionId: 'FINE-3' }));
    await onHand('FINE', 6);
    const { connection } = inventory.store.dependencies.integration;
    expect(
      await connection.collection('quarantine').findOne({ feed: 'inventory/events/order.soldOffline' }),
    ).toMatchObject({ code: 'LOCATION_UNKNOWN' });
  });
});
