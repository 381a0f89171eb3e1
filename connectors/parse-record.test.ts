import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, nonZeroDecimal, positiveDecimal } from './canonical/values.ts';
import { parseRecord } from './parse-record.ts';

const item = {
  sku: 'L-1',
  title: 'Lamp',
  baseUnit: 'C62',
  taxCategoryCode: 'S',
  trackInventory: true,
  status: 'ACTIVE',
};

describe('a record from outside', () => {
  it('is taken when it is good, with its lists filled in and unknown fields left out', () => {
    expect(parseRecord('items', { ...item, colour: 'red' })).toEqual({
      record: { ...item, unitConversions: [], categories: [] },
    });
  });

  it.each([
    ['items', { ...item, sku: undefined }, 'MISSING_VALUE', ['sku']],
    ['items', { ...item, sku: ' L-1' }, 'INVALID_VALUE', ['sku']],
    [
      'items',
      { ...item, unitConversions: [{ unit: 'BX', factor: '0' }] },
      'INVALID_VALUE',
      ['unitConversions', '0', 'factor'],
    ],
    [
      'locations',
      { code: 'S', name: 'S', kind: 'STORE', capabilities: [], timeZone: 'Mars/Base' },
      'INVALID_VALUE',
      ['timeZone'],
    ],
    ['channels', 'a text', 'INVALID_VALUE', []],
    ['customers', null, 'INVALID_VALUE', []],
  ] as const)('of %s is rejected with its field: %j', (feed, raw, code, field) => {
    expect(parseRecord(feed, raw)).toMatchObject({ rejected: { code, field } });
  });

  it('is rejected when a price ends before it begins, or a receipt takes stock away', () => {
    const price = {
      sku: 'L',
      channelCode: 'web',
      currencyCode: 'EUR',
      list: '1',
      taxIncluded: true,
      priceListCode: 'p',
    };
    const dated = { ...price, validFrom: '2026-03-01T00:00:00Z', validTo: '2026-03-01T00:00:00+01:00' };
    expect(parseRecord('prices', dated)).toMatchObject({ rejected: { field: ['validTo'] } });
    const movement = {
      id: 'M',
      sku: 'L',
      locationCode: 'D',
      quantity: '-1',
      unit: 'C62',
      type: 'RECEIPT',
      occurredAt: '2026-03-01T00:00:00Z',
    };
    expect(parseRecord('stockMovements', movement)).toMatchObject({ rejected: { field: ['quantity'] } });
    expect(parseRecord('stockMovements', { ...movement, type: 'ADJUSTMENT' })).toHaveProperty('record');
  });

  it('never throws, whatever arrives, and keeps at most 2,000 characters of it', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: false }),
        fc.constantFrom('items', 'prices', 'invoices'),
        (raw, feed) => {
          const read = parseRecord(feed, raw);
          if ('rejected' in read) expect(read.rejected.raw.length).toBeLessThanOrEqual(2_000);
        },
      ),
    );
  });
});

describe('a decimal', () => {
  it('is plain: no exponent, no separators, no blank, no number type', () => {
    for (const good of ['0', '-3', '12.50', '0.000001']) expect(decimal.safeParse(good).success).toBe(true);
    for (const bad of ['', '1e3', '1,5', ' 1', '.5', '5.', '007', '+1', 'NaN', 1.5]) {
      expect(decimal.safeParse(bad).success).toBe(false);
    }
  });

  it('knows zero in every spelling', () => {
    for (const zero of ['0', '0.00', '-0', '-0.0']) {
      expect(nonZeroDecimal.safeParse(zero).success).toBe(false);
      expect(positiveDecimal.safeParse(zero).success).toBe(false);
    }
  });
});
