import type { JournalEntryRecord } from '../../connectors/canonical/journal-entry.ts';
import type {
  SalesOrder,
  SalesOrderCancellation,
  SalesReturn,
} from '../../connectors/canonical/sales-order.ts';
import { CHANNEL } from './company.ts';

/** Small good documents for the tea shop. */
const today = () => new Date().toISOString();

/** Three kettles from the hub: 149.85, of which 26.01 is tax. */
export function salesOrder(reference: string, change: Partial<SalesOrder> = {}): SalesOrder {
  return {
    reference,
    channelCode: CHANNEL,
    currencyCode: 'EUR',
    placedAt: `${today().slice(0, 10)}T00:00:00Z`,
    lines: [
      {
        lineReference: `${reference}/1`,
        sku: 'KETTLE',
        quantity: '3',
        unit: 'C62',
        unitPrice: '49.95',
        amount: '149.85',
        locationCode: 'HUB',
      },
    ],
    charges: [],
    total: '149.85',
    correlationId: `trace-${reference}`,
    ...change,
  };
}

/** One kettle that goes back on the shelf of the shop. */
export function salesReturn(reference: string, change: Partial<SalesReturn> = {}): SalesReturn {
  return {
    reference,
    channelCode: CHANNEL,
    currencyCode: 'EUR',
    returnedAt: `${today().slice(0, 10)}T00:00:00Z`,
    lines: [
      {
        lineReference: `${reference}/1`,
        sku: 'KETTLE',
        quantity: '1',
        unit: 'C62',
        unitPrice: '49.95',
        amount: '49.95',
        restockedAt: 'SHOP',
      },
    ],
    total: '49.95',
    correlationId: `trace-${reference}`,
    ...change,
  };
}

export function cancellation(reference: string, orderReference: string): SalesOrderCancellation {
  return {
    reference,
    orderReference,
    reasonCode: 'CUSTOMER_CHANGED_MIND',
    canceledAt: `${today().slice(0, 10)}T00:00:00Z`,
    correlationId: `trace-${reference}`,
  };
}

export function journalEntry(reference: string, amount = '25.00'): JournalEntryRecord {
  return {
    reference,
    postedOn: today().slice(0, 10),
    currencyCode: 'EUR',
    memo: 'Goods on the way',
    lines: [
      { account: '3000', debit: amount },
      { account: '7000', credit: amount },
    ],
    correlationId: `trace-${reference}`,
  };
}
