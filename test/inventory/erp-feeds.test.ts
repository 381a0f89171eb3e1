import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../kit/until.ts';
import { item, location, place, receipt } from './erp-records.ts';
import { ledgerSums, levelOf } from './levels.ts';
import { type StartedInventory, startInventory } from './start-inventory.ts';

let inventory: StartedInventory;
afterEach(() => inventory.stop());

function quarantined() {
  const { connection } = inventory.store.dependencies.integration;
  return connection.collection<{ code: string; raw: string }>('quarantine').find().toArray();
}

describe('stock movements of the ERP', () => {
  it('are booked once, however often and in whatever order they arrive', async () => {
    const [first, second] = [receipt('A', 'DC', 10), receipt('A', 'DC', 5)];
    const loss = {
      ...receipt('A', 'DC', 1),
      quantity: '-3',
      type: 'ADJUSTMENT' as const,
      reasonCode: 'COUNT',
    };
    inventory = await startInventory({
      locations: [location('DC')],
      items: [item('A')],
      stockMovements: [loss, first, first, second, loss],
    });
    inventory.records.stockMovements.push(second, receipt('A', 'DC', 1));
    await until('the last is booked', async () => (await levelOf(inventory, 'A', 'DC'))?.onHand === 13);
    expect(await ledgerSums(inventory, 'A', 'DC')).toEqual({ onHand: 13, available: 13 });
    expect(await levelOf(inventory, 'A', 'DC')).toMatchObject({ onHand: 13, available: 13 });
    expect(await quarantined()).toEqual([]);
  });

  it('that name nothing we know are set aside with the reason, and hold up no other', async () => {
    inventory = await startInventory({
      locations: [location('DC')],
      items: [item('A'), item('OIL', { baseUnit: 'LTR' })],
      stockMovements: [
        receipt('A', 'NOWHERE', 1),
        { ...receipt('A', 'DC', 1), quantity: '0.5' },
        receipt('OIL', 'DC', 1),
        receipt('A', 'DC', 7),
      ],
    });
    expect(await levelOf(inventory, 'A', 'DC')).toMatchObject({ onHand: 7 });
    expect((await quarantined()).map(({ code }) => code).toSorted()).toEqual([
      'LOCATION_UNKNOWN',
      'QUANTITY_INVALID',
      'UNIT_MISMATCH',
    ]);
  });

  it('wait for a place that is on its way', async () => {
    inventory = await startInventory({ locations: [location('DC')], items: [item('A')] });
    inventory.records.stockMovements.push(receipt('A', 'NEW', 4));
    inventory.records.locations.push(location('NEW'));
    await until('the stock is there', async () => (await levelOf(inventory, 'A', 'NEW'))?.onHand === 4);
    expect(await quarantined()).toEqual([]);
    const { location: found } = await inventory.ask<{ location: { code: string } }>(
      'query Find($id: ID!) { location(id: $id) { code } }',
      { id: place('NEW') },
    );
    expect(found.code).toBe('NEW');
  });

  it('of a whole catalogue are in the books within seconds', async () => {
    const skus = Array.from({ length: 4_000 }, (_, n) => `SKU${n}`);
    const startedAt = performance.now();
    inventory = await startInventory({
      locations: [location('DC')],
      items: skus.map((sku) => item(sku)),
      stockMovements: skus.map((sku) => receipt(sku, 'DC', 9)),
    });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    const levels = inventory.store.dependencies.store.database('inventory').collection('levels');
    expect(await levels.countDocuments({ onHand: 9, available: 9 })).toBe(4_000);
  }, 30_000);
});
