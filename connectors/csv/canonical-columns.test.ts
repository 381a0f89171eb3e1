import { describe, expect, it } from 'vitest';
import { parseRecord } from '../parse-record.ts';
import { CANONICAL_COLUMNS, type CsvFeedName } from './canonical-columns.ts';

function read(feed: CsvFeedName, values: Record<string, string>) {
  return parseRecord(feed, CANONICAL_COLUMNS[feed].toRecord(values));
}

describe('a row of a canonical file', () => {
  const store = { code: 'S1', name: 'Store', kind: 'STORE', timeZone: 'Europe/London' };

  it('tells the hours of a place and the countries it sends to', () => {
    const row = {
      ...store,
      capabilities: 'PICKUP',
      openingHours: '1=09:00-18:00|6=10:00-24:00',
      shipsTo: 'GB|IE',
    };
    expect(read('locations', row)).toMatchObject({
      record: {
        openingHours: [
          { weekday: 1, from: '09:00', to: '18:00' },
          { weekday: 6, from: '10:00', to: '24:00' },
        ],
        shipsTo: ['GB', 'IE'],
      },
    });
    expect(read('locations', { ...store, openingHours: '', shipsTo: '' })).toMatchObject({
      record: { openingHours: [] },
    });
  });

  it.each(['8=09:00-18:00', '1=09:00', '1=18:00-09:00', 'MON=09:00-18:00', '1=9-18'])(
    'is refused with the hours %s',
    (openingHours) => {
      expect(read('locations', { ...store, openingHours })).toMatchObject({
        rejected: { field: expect.arrayContaining(['openingHours', '0']) },
      });
    },
  );

  it('tells what is expected, for the first time or not', () => {
    const row = { id: '1', sku: 'A', locationCode: 'S1', quantity: '5', unit: 'C62', source: 'PO-1' };
    const expectedAt = '2026-05-01T00:00:00Z';
    expect(read('expectedSupplies', { ...row, expectedAt, isRelease: 'true' })).toMatchObject({
      record: { isRelease: true },
    });
    expect(read('expectedSupplies', { ...row, expectedAt, isRelease: '' })).toMatchObject({
      record: { isRelease: false },
    });
  });

  it.each([
    ['SALE', '5'],
    ['SCRAP', '1'],
    ['RETURN', '-1'],
    ['RECEIPT', '-2'],
  ])('is refused as a %s of %s', (type, quantity) => {
    const row = { id: '1', sku: 'A', locationCode: 'S1', unit: 'C62', occurredAt: '2026-05-01T00:00:00Z' };
    expect(read('stockMovements', { ...row, type, quantity })).toMatchObject({
      rejected: { field: ['quantity'] },
    });
  });
});
