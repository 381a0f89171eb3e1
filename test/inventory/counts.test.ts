import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { until } from '../kit/until.ts';
import { adjust } from './adjust.ts';
import { auditStock } from './audit.ts';
import { item, location, place, receipt, variant } from './erp-records.ts';
import { levelOf } from './levels.ts';
import { reserve } from './reserve.ts';
import { type StartedInventory, shopper, startInventory } from './start-inventory.ts';
import { recordCount } from './stock-calls.ts';

const RUNS = 8;
const ORDERED = Array.from({ length: RUNS }, (_, run) => `ANY${run}`);
let inventory: StartedInventory;
beforeAll(async () => {
  const skus = ['POS', 'NONE', 'HELD', 'TWICE', ...ORDERED];
  inventory = await startInventory({
    locations: [location('DC')],
    items: [...skus.map((sku) => item(sku)), item('FEE', { trackInventory: false })],
    stockMovements: ['POS', 'HELD', 'TWICE'].map((sku) => receipt(sku, 'DC', 50)),
  });
});
afterAll(() => inventory.stop());

async function countsOf(sku: string) {
  const { inventoryCounts } = await inventory.ask<{
    inventoryCounts: { edges: { node: { expected: { value: string }; accuracy: string } }[] };
  }>(
    `query Counts($locationId: ID!, $variantId: ID!) { inventoryCounts(locationId: $locationId, variantId: $variantId) { edges { node {
      countedAt counted { value } expected { value } difference { value } accuracy } } } }`,
    { locationId: place('DC'), variantId: variant(sku) },
  );
  return inventoryCounts.edges.map(({ node }) => node);
}

describe('a count of 10:00', () => {
  it('arrives at 10:20, the sales of 09:55 and 10:05 at 10:30: each counts when it happened', async () => {
    const { transactions, userErrors } = await recordCount(inventory, 'DC', '2026-03-01T10:00:00Z', {
      POS: 46,
    });
    expect(userErrors).toEqual([]);
    expect(transactions).toMatchObject([
      {
        type: 'COUNT',
        fromState: 'AVAILABLE',
        toState: null,
        quantity: { value: '4' },
        reasonCode: 'COUNTED',
      },
    ]);
    expect(await levelOf(inventory, 'POS', 'DC')).toMatchObject({ onHand: 46, available: 46 });
    expect(await countsOf('POS')).toMatchObject([{ expected: { value: '50' }, accuracy: '0.9200' }]);

    const sale = (id: string, occurredAt: string, quantity: string) => ({
      ...receipt('POS', 'DC', 1),
      id,
      type: 'ADJUSTMENT' as const,
      reasonCode: 'SOLD_OFFLINE',
      quantity,
      occurredAt,
    });
    inventory.records.stockMovements.push(
      sale('till-2', '2026-03-01T10:05:00Z', '-2'),
      sale('till-1', '2026-03-01T09:55:00Z', '-3'),
    );
    await until(
      'the batch of the till is booked',
      async () => (await levelOf(inventory, 'POS', 'DC'))?.onHand === 44,
    );
    // What was sold before the count explains most of what it found missing.
    expect(await countsOf('POS')).toMatchObject([
      {
        counted: { value: '46' },
        expected: { value: '47' },
        difference: { value: '-1' },
        accuracy: '0.9787',
      },
    ]);
    await auditStock(inventory.store.dependencies.store.database('inventory'), [variant('POS')]);
  });

  it('of nothing, where nothing was ever booked, is remembered: what comes late from before it changes nothing', async () => {
    expect((await recordCount(inventory, 'DC', '2026-03-01T10:00:00Z', { NONE: 0 })).transactions).toEqual(
      [],
    );
    await adjust(inventory, 'NONE', '5', { occurredAt: '2026-03-01T09:00:00Z' });
    expect(await levelOf(inventory, 'NONE', 'DC')).toMatchObject({ onHand: 0, available: 0 });
    await adjust(inventory, 'NONE', '5', { occurredAt: '2026-03-01T11:00:00Z' });
    expect(await levelOf(inventory, 'NONE', 'DC')).toMatchObject({ onHand: 5, available: 5 });
  });

  it('counts what is claimed as well, and leaves the claims', async () => {
    await reserve(inventory, [['HELD', 20]]);
    await recordCount(inventory, 'DC', new Date().toISOString(), { HELD: 48 });
    expect(await levelOf(inventory, 'HELD', 'DC')).toMatchObject({ onHand: 48, available: 28, reserved: 20 });
  });

  it('is applied once for each key', async () => {
    const more = { idempotencyKey: newId() };
    const first = await recordCount(inventory, 'DC', '2026-03-01T10:00:00Z', { TWICE: 40 }, more);
    const again = await recordCount(inventory, 'DC', '2026-03-01T10:00:00Z', { TWICE: 40 }, more);
    expect(again).toEqual({ ...first, replayed: true });
    expect((await levelOf(inventory, 'TWICE', 'DC'))?.onHand).toBe(40);
    expect(await recordCount(inventory, 'DC', '2026-03-01T10:00:00Z', { TWICE: 41 }, more)).toMatchObject({
      transactions: [],
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
    });
  });

  it.each([
    ['is of tomorrow', { countedAt: '2199-01-01T00:00:00Z' }, { POS: 1 }, 'COUNTED_AT_INVALID'],
    ['finds less than nothing', {}, { POS: -1 }, 'QUANTITY_INVALID'],
    ['finds a half', {}, { POS: '0.5' }, 'QUANTITY_INVALID'],
    ['is of a place nobody knows', { locationId: place('NOWHERE') }, { POS: 1 }, 'LOCATION_UNKNOWN'],
    ['is of something nobody knows', {}, { WHAT: 1 }, 'VARIANT_UNKNOWN'],
    ['is of what is not counted', {}, { FEE: 1 }, 'VARIANT_NOT_TRACKED'],
    ['is of nothing', {}, {}, 'LINES_INVALID'],
  ])('is refused when it %s', async (_, more, found, code) => {
    const payload = await recordCount(inventory, 'DC', '2026-03-01T10:00:00Z', found, more);
    expect(payload).toMatchObject({ transactions: [], userErrors: [{ code }] });
  });

  it('is for staff', async () => {
    await expect(
      recordCount(inventory, 'DC', '2026-03-01T10:00:00Z', { POS: 1 }, {}, shopper('ann')),
    ).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });
});

describe('counts, corrections and claims', () => {
  it('come to the same stock in whatever order they arrive', async () => {
    const minute = (at: number) => `2026-03-01T10:${String(at).padStart(2, '0')}:00Z`;
    const skus = ORDERED.values();
    const told: [at: number, units: number][] = [
      [1, 30],
      [5, -4],
      [15, 6],
      [20, -7],
      [30, 2],
    ];
    const found: [at: number, units: number][] = [
      [10, 25],
      [10, 24],
      [25, 20],
    ];
    const levels = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8, maxLength: 8 }),
        async (order) => {
          const sku = skus.next().value ?? '';
          // What facts take must be there when they are corrections by hand: these are guarded.
          await adjust(inventory, sku, '100', { occurredAt: minute(0) });
          for (const which of order) {
            const fact = told[which];
            const count = found[which - told.length];
            if (fact !== undefined)
              await adjust(inventory, sku, String(fact[1]), { occurredAt: minute(fact[0]) });
            // Counts of one moment are put in order by their ids, which follow from the key.
            if (count !== undefined)
              await recordCount(
                inventory,
                'DC',
                minute(count[0]),
                { [sku]: count[1] },
                {
                  idempotencyKey: `${sku}-${count[0]}-${count[1]}`,
                },
              );
          }
          const level = await levelOf(inventory, sku, 'DC');
          levels.add(`${level?.onHand} ${level?.available}`);
          const stock = inventory.store.dependencies.store.database('inventory');
          await auditStock(stock, [variant(sku)]);
        },
      ),
      { numRuns: RUNS },
    );
    expect([...levels]).toEqual(['22 22']);
  }, 60_000);
});
