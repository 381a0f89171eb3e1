import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { adjust } from './adjust.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { ledgerSums, levelOf } from './levels.ts';
import { type StartedInventory, shopper, startInventory } from './start-inventory.ts';

let inventory: StartedInventory;

beforeAll(async () => {
  inventory = await startInventory({
    locations: [location('DC')],
    items: [item('E')],
    stockMovements: [receipt('E', 'DC', 6)],
  });
});
afterAll(() => inventory.stop());

describe('a correction', () => {
  it('is written to the ledger with its reason, once', async () => {
    const more = { idempotencyKey: newId() };
    const first = await adjust(inventory, 'E', '-2', { ...more, reasonCode: 'THEFT' });
    expect(first.data).toMatchObject({
      adjustInventory: {
        transactions: [
          {
            type: 'ADJUSTMENT',
            fromState: 'AVAILABLE',
            toState: null,
            quantity: { value: '2' },
            reasonCode: 'THEFT',
          },
        ],
        userErrors: [],
      },
    });
    expect(await adjust(inventory, 'E', '-2', { ...more, reasonCode: 'THEFT' })).toEqual(first);
    expect(await levelOf(inventory, 'E', 'DC')).toMatchObject({ onHand: 4, available: 4 });
    expect(await ledgerSums(inventory, 'E', 'DC')).toEqual({ onHand: 4, available: 4 });
  });

  it.each([
    [
      'takes more than is free',
      { changes: [{ variantId: variant('E'), delta: { value: '-50', unit: 'C62' } }] },
      'INSUFFICIENT_STOCK',
    ],
    ['is of a place nobody knows', { locationId: place('NOWHERE') }, 'LOCATION_UNKNOWN'],
    ['is of nothing', { changes: [] }, 'LINES_INVALID'],
    [
      'changes nothing',
      { changes: [{ variantId: variant('E'), delta: { value: '0', unit: 'C62' } }] },
      'QUANTITY_INVALID',
    ],
    [
      'counts in another unit',
      { changes: [{ variantId: variant('E'), delta: { value: '1', unit: 'KGM' } }] },
      'UNIT_MISMATCH',
    ],
    [
      'saw an older level',
      { changes: [{ variantId: variant('E'), delta: { value: '1', unit: 'C62' }, expectedVersion: 99 }] },
      'VERSION_CONFLICT',
    ],
    ['has no reason', { reasonCode: ' ' }, 'REASON_INVALID'],
    ['lies in the future', { occurredAt: '2199-01-01T00:00:00Z' }, 'OCCURRED_AT_INVALID'],
  ])('is refused when it %s', async (_, more, code) => {
    const before = await levelOf(inventory, 'E', 'DC');
    const { data } = await adjust(inventory, 'E', '1', more);
    expect(data).toMatchObject({ adjustInventory: { transactions: [], userErrors: [{ code }] } });
    expect(await levelOf(inventory, 'E', 'DC')).toEqual(before);
  });

  it('needs the scope for it', async () => {
    const { errors } = await adjust(inventory, 'E', '1', {}, shopper('ann'));
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});
