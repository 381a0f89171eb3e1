import { describe, expect, it } from 'vitest';
import type { Fresh } from '../../../platform/cache/fresh-cache.ts';
import { availabilityOf } from './availability.ts';
import { emptyLevel, type Level } from './level.ts';
import type { Stock } from './stock.ts';

const now = new Date('2026-03-01T12:00:10Z');

function given(available: Record<string, number>, more: Partial<Fresh<Stock>> = {}): Fresh<Stock> {
  const levels = Object.entries(available).map(
    ([place, units]): Level => ({
      ...emptyLevel('variant', place, 'C62'),
      onHand: units,
      available: units,
      version: 2,
    }),
  );
  return { value: { item: null, levels }, asOf: now, basis: 'CACHED', ...more };
}

function ask(stock: Fresh<Stock>, more: { collectAt?: string; trackInventory?: boolean } = {}) {
  return availabilityOf(
    stock,
    {
      variantId: 'variant',
      channelId: 'web',
      collectAt: null,
      trackInventory: null,
      baseUnit: null,
      now,
      ...more,
    },
    (place) => place !== 'STORE',
  );
}

describe('what may be promised', () => {
  it.each([
    [0, 'OUT_OF_STOCK'],
    [1, 'LOW_STOCK'],
    [5, 'LOW_STOCK'],
    [6, 'IN_STOCK'],
  ])('of %i units is called %s', (units, status) => {
    expect(ask(given({ A: units }))).toMatchObject({ status, availableToPromise: { value: String(units) } });
  });

  it('does not let a place that owes stock eat up that of others', () => {
    const { availableToPromise, byLocation } = ask(given({ A: 3, B: -2 }));
    expect(availableToPromise.value).toBe('3');
    expect(byLocation.map(({ locationId, availableToPromise: { value } }) => [locationId, value])).toEqual([
      ['A', '3'],
      ['B', '0'],
    ]);
  });

  it('is counted at places that send, or at the place of collection', () => {
    expect(ask(given({ A: 3, STORE: 9 })).availableToPromise.value).toBe('3');
    expect(ask(given({ A: 3, STORE: 9 }), { collectAt: 'STORE' }).availableToPromise.value).toBe('9');
  });

  it('has no limit where stock is not counted, and is unknown where nobody has told', () => {
    expect(ask(given({}), { trackInventory: false })).toMatchObject({ status: 'IN_STOCK', byLocation: [] });
    expect(ask(given({}, { value: null })).status).toBe('UNKNOWN');
  });

  it('says how old it is, how it was come by, and where the ledger stood', () => {
    const asOf = new Date(now.getTime() - 7_000);
    expect(ask(given({ A: 1, B: 1 }, { asOf, basis: 'FALLBACK' })).freshness).toEqual({
      asOf,
      stalenessMs: 7_000,
      basis: 'FALLBACK',
      sourceSystem: 'INVENTORY',
      sourceSequence: '4',
    });
  });
});
