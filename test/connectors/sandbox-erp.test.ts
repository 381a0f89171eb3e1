import { z } from 'zod';
import type { ConformanceHarness, FeedDriver } from '../../connectors/conformance/harness.ts';
import { describeConnectorConformance } from '../../connectors/conformance/suite.ts';
import type { DocumentKind } from '../../connectors/documents.ts';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { CHANNEL, item, journalEntry, LOCATION, salesOrder, salesReturn } from './sandbox-erp-records.ts';
import { startSandboxUnderTest, TOKEN } from './sandbox-under-test.ts';

describeConnectorConformance({
  name: 'sandbox ERP',
  feeds: [
    'items',
    'prices',
    'locations',
    'channels',
    'customers',
    'stockMovements',
    'expectedSupplies',
    'locationSignals',
    'invoices',
  ],
  documents: ['salesOrder', 'salesOrderCancellation', 'salesReturn', 'journalEntry'],
  faults: ['down', 'slow', 'throttled', 'lossy-ack', 'duplicating', 'reordering', 'wrong'],
  start,
});

const allTaken = z.object({ rejected: z.array(z.unknown()).length(0) });

async function start(): Promise<ConformanceHarness> {
  const sandbox = await startSandboxUnderTest();
  const { erpUrl } = sandbox.systems;
  const open = (timeoutMs: number) => createSandboxErpConnector({ url: erpUrl, token: TOKEN, timeoutMs });
  const bulk = async (path: string, record: object) => {
    const { status, body } = await sandbox.post(`${erpUrl}/erp/${path}:bulk`, { records: [record] });
    if (status !== 200 || !allTaken.safeParse(body).success)
      throw new Error(`not taken: ${JSON.stringify(body)}`);
  };
  await bulk('channels', CHANNEL);
  await bulk('locations', LOCATION);
  await bulk('items', item('LAMP-1'));
  const order = async (reference: string) => {
    const { status } = await sandbox.post(`${erpUrl}/erp/sales-orders`, salesOrder(reference));
    if (status !== 201 && status !== 409) throw new Error(`order ${reference} was not taken`);
  };

  /** A feed of records that name themselves in one field; `bad` is what a reader cannot take although the ERP does. */
  const feed = (path: string, key: string, record: object, bad?: object): FeedDriver => ({
    write: (name) => bulk(path, { ...record, [key]: name }),
    nameOf: (read) => String(Reflect.get(Object(read), key)),
    ...(bad && {
      async spoil() {
        await bulk(path, { ...record, [key]: `${path}-spoilt`, ...bad });
        return Object.keys(bad)[0] ?? '';
      },
    }),
  });
  const price = {
    channelCode: 'web-nl',
    currencyCode: 'EUR',
    list: '9.95',
    taxIncluded: true,
    priceListCode: 'default',
  };
  const count = (kind: DocumentKind) => (reference: string) => sandbox.count('erp', kind, reference);

  return {
    connector: open(5_000),
    withTimeout: open,
    setFault: (fault) => sandbox.setFault('erp', fault),
    stop: sandbox.stop,
    feeds: {
      items: feed('items', 'sku', item('x'), { baseUnit: 'piece' }),
      prices: feed('prices', 'sku', price, { list: 9.95 }),
      locations: feed('locations', 'code', LOCATION, { timeZone: 'Amsterdam' }),
      channels: feed('channels', 'code', CHANNEL, { defaultCurrency: 'euro' }),
      customers: feed('customers', 'code', { givenName: 'Mia' }, { email: 'mia at example.org' }),
      // The ERP books these two itself, so it never holds one that cannot be read.
      stockMovements: feed('stock-movements', 'id', movement),
      expectedSupplies: feed('expected-supplies', 'id', SUPPLY, { expectedAt: 'soon' }),
      locationSignals: feed('location-signals', 'locationCode', { seenAt: LATER }, { seenAt: 'now' }),
      invoices: { write: order, nameOf: (read) => String(Reflect.get(Object(read), 'orderReference')) },
    },
    documents: {
      salesOrder: {
        make: async (reference) =>
          salesOrder(reference, reference.endsWith('other') ? { placedAt: LATER } : {}),
        refused: async (reference) => ({
          document: salesOrder(reference, { lines: [{ ...lineOf(reference), sku: 'NO-SUCH' }] }),
          code: 'UNKNOWN_SKU',
          field: ['lines', '0', 'sku'],
        }),
        count: count('salesOrder'),
      },
      salesOrderCancellation: {
        async make(reference) {
          await order(`order-of-${reference}`);
          return cancellation(reference);
        },
        refused: async (reference) => ({
          document: cancellation(reference),
          code: 'ORDER_NOT_FOUND',
          field: ['orderReference'],
        }),
        count: count('salesOrderCancellation'),
      },
      salesReturn: {
        make: async (reference) =>
          salesReturn(reference, reference.endsWith('other') ? { returnedAt: LATER } : {}),
        refused: async (reference) => ({
          document: salesReturn(reference, { total: '99.00' }),
          code: 'TOTAL_MISMATCH',
          field: ['total'],
        }),
        count: count('salesReturn'),
      },
      journalEntry: {
        make: async (reference) => journalEntry(reference, reference.endsWith('other') ? '26.00' : '25.00'),
        refused: async (reference) => {
          const entry = journalEntry(reference);
          return {
            document: { ...entry, lines: [...entry.lines, { account: '9999', debit: '0.01' }] },
            code: 'NOT_BALANCED',
            field: ['lines'],
          };
        },
        count: count('journalEntry'),
      },
    },
  };
}

const LATER = '2026-03-31T10:00:00Z';
const SUPPLY = {
  sku: 'LAMP-1',
  locationCode: 'DC-1',
  quantity: '5',
  unit: 'C62',
  expectedAt: LATER,
  source: 'PO-1',
  isRelease: false,
};
const movement = {
  sku: 'LAMP-1',
  locationCode: 'DC-1',
  quantity: '10',
  unit: 'C62',
  type: 'RECEIPT',
  occurredAt: '2026-03-01T08:00:00Z',
};

function lineOf(reference: string) {
  const [line] = salesOrder(reference).lines;
  if (line === undefined) throw new Error('the order has no line');
  return line;
}

function cancellation(reference: string) {
  return {
    reference,
    orderReference: `order-of-${reference}`,
    reasonCode: 'CUSTOMER_CHANGED_MIND',
    canceledAt: '2026-03-02T10:00:00Z',
    correlationId: `trace-${reference}`,
  };
}
