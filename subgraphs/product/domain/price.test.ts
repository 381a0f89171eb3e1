import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PriceRow, priceAt } from './price.ts';

function row(
  list: string,
  validFrom: string | null,
  validTo: string | null,
  priceListCode = 'base',
): PriceRow {
  return {
    id: `${priceListCode}-${validFrom}`,
    variantId: 'v',
    channelId: 'c',
    priceListCode,
    currencyCode: 'GBP',
    list,
    sale: null,
    taxIncluded: true,
    validFrom: validFrom === null ? null : new Date(validFrom),
    validTo: validTo === null ? null : new Date(validTo),
    sourceAt: new Date('2026-01-01T00:00:00Z'),
  };
}

const at = (rows: PriceRow[], instant: string) => priceAt(rows, new Date(instant))?.list ?? null;

describe('the price at a time', () => {
  const rows = [
    row('20.00', null, null),
    row('15.00', '2026-11-27T00:00:00Z', '2026-11-30T00:00:00Z', 'friday'),
  ];

  it('is that of the campaign while it runs, from its first instant to before its last', () => {
    expect(at(rows, '2026-11-26T23:59:59.999Z')).toBe('20.00');
    expect(at(rows, '2026-11-27T00:00:00Z')).toBe('15.00');
    expect(at(rows, '2026-11-29T23:59:59.999Z')).toBe('15.00');
    expect(at(rows, '2026-11-30T00:00:00Z')).toBe('20.00');
  });

  it('is nothing when no row holds', () => {
    expect(at([], '2026-11-27T00:00:00Z')).toBeNull();
    expect(at([row('9.00', '2027-01-01T00:00:00Z', null)], '2026-11-27T00:00:00Z')).toBeNull();
  });

  it('is the same in every process, whatever order the rows are read in, and always of a row that holds', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((d) => `2026-02-${String(d).padStart(2, '0')}T00:00:00Z`);
    const anyRow = fc
      .tuple(fc.option(day), fc.option(day), fc.constantFrom('a', 'b', 'c'))
      .map(([from, to, list]) => row(`${list}${from}${to}`, from, to, list));
    const distinct = fc.uniqueArray(anyRow, { selector: (r) => r.id, maxLength: 8 });
    fc.assert(
      fc.property(distinct, day, (some, instant) => {
        const chosen = priceAt(some, new Date(instant));
        expect(priceAt(some.toReversed(), new Date(instant))).toEqual(chosen);
        if (chosen === null) return;
        expect(chosen.validFrom === null || chosen.validFrom <= new Date(instant)).toBe(true);
        expect(chosen.validTo === null || chosen.validTo > new Date(instant)).toBe(true);
      }),
    );
  });
});
