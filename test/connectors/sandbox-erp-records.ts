import type { Item } from '../../connectors/canonical/item.ts';
import type { JournalEntryRecord } from '../../connectors/canonical/journal-entry.ts';
import type { LocationRecord } from '../../connectors/canonical/location.ts';
import type { SalesOrder, SalesReturn } from '../../connectors/canonical/sales-order.ts';

/** Small good records, as the sandbox ERP's tests need them. */
export const CHANNEL = {
  code: 'web-nl',
  name: 'Web shop NL',
  market: 'NL',
  defaultCurrency: 'EUR',
  priceIncludesTax: true,
};

export const LOCATION: LocationRecord = {
  code: 'DC-1',
  name: 'Distribution centre 1',
  kind: 'DISTRIBUTION_CENTER',
  capabilities: ['SHIP'],
  timeZone: 'Europe/Amsterdam',
};

export function item(sku: string): Item {
  return {
    sku,
    title: `Article ${sku}`,
    baseUnit: 'C62',
    unitConversions: [{ unit: 'BX', factor: '6' }],
    taxCategoryCode: 'STANDARD',
    trackInventory: true,
    categories: [{ code: 'lamps', name: 'Lamps' }],
    status: 'ACTIVE',
  };
}

export function salesOrder(reference: string, change: Partial<SalesOrder> = {}): SalesOrder {
  return {
    reference,
    channelCode: 'web-nl',
    currencyCode: 'EUR',
    placedAt: '2026-03-01T10:00:00Z',
    lines: [
      {
        lineReference: `${reference}/1`,
        sku: 'LAMP-1',
        quantity: '2',
        unit: 'C62',
        unitPrice: '12.50',
        amount: '25.00',
        locationCode: 'DC-1',
      },
    ],
    charges: [{ code: 'SHIPPING', amount: '4.95' }],
    total: '29.95',
    correlationId: `trace-${reference}`,
    ...change,
  };
}

export function salesReturn(reference: string, change: Partial<SalesReturn> = {}): SalesReturn {
  return {
    reference,
    channelCode: 'web-nl',
    currencyCode: 'EUR',
    returnedAt: '2026-03-09T10:00:00Z',
    lines: [
      {
        lineReference: `${reference}/1`,
        sku: 'LAMP-1',
        quantity: '1',
        unit: 'C62',
        unitPrice: '12.50',
        amount: '12.50',
        restockedAt: 'DC-1',
      },
    ],
    total: '12.50',
    correlationId: `trace-${reference}`,
    ...change,
  };
}

export function journalEntry(reference: string, amount = '25.00'): JournalEntryRecord {
  return {
    reference,
    postedOn: '2026-03-01',
    currencyCode: 'EUR',
    memo: `Shipment of ${reference}`,
    lines: [
      { account: '7000', debit: amount },
      { account: '3000', credit: amount },
    ],
    correlationId: `trace-${reference}`,
  };
}
