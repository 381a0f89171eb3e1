import { describe } from 'vitest';
import type {
  ConformanceFault,
  ConformanceHarness,
  FeedDriver,
} from '../../connectors/conformance/harness.ts';
import { describeConnectorConformance } from '../../connectors/conformance/suite.ts';
import type { DocumentKind } from '../../connectors/documents.ts';
import { countStock, makeProduct, makeWarehouse } from './company.ts';
import { cancellation, journalEntry, salesOrder, salesReturn } from './documents.ts';
import type { Passage } from './erp-proxy.ts';
import { preparedIn, startTrytonUnderTest } from './tryton-under-test.ts';

describe.skipIf(preparedIn === undefined)('Tryton, a real one', () => {
  describeConnectorConformance({
    name: 'Tryton 6.0',
    // Prices before channels: a price is given once for each web shop, and the tests of channels add some.
    feeds: ['items', 'prices', 'locations', 'stockMovements', 'customers', 'invoices', 'channels'],
    documents: ['salesOrder', 'salesOrderCancellation', 'salesReturn', 'journalEntry'],
    // Tryton has no feed of its own that could give a change twice or out of order.
    faults: ['down', 'slow', 'throttled', 'lossy-ack', 'wrong'],
    start,
  });
});

/** The call after which a document is all there: its answer is the one whose loss leaves a doubt that asking resolves. */
const LAST_CALL: Readonly<Record<string, string>> = {
  salesOrder: 'model.sale.sale.confirm',
  salesOrderCancellation: 'model.sale.sale.write',
  salesReturn: 'model.account.invoice.post',
  journalEntry: 'model.account.move.post',
};

async function start(): Promise<ConformanceHarness> {
  const { tryton, proxy, connect, stop } = await startTrytonUnderTest();
  const { clerk } = tryton;

  const always = (passage: Passage) => proxy.conduct(() => passage);
  async function setFault(fault: ConformanceFault, kind?: DocumentKind): Promise<void> {
    if (fault === 'down') return proxy.shut();
    await proxy.open();
    if (fault === 'lossy-ack') {
      proxy.conduct((method) => (method === LAST_CALL[kind ?? ''] ? 'answer-lost' : 'through'));
    } else if (fault === 'slow') always('late');
    else if (fault === 'throttled') always('throttled');
    else always(fault === 'wrong' ? 'nonsense' : 'through');
  }

  const price = '10.00';
  const customer = 'C-ADA';
  const named =
    (field: string): FeedDriver['nameOf'] =>
    (record) =>
      String(Reflect.get(Object(record), field));
  const counter = (kind: DocumentKind, model: string, field: string) => (reference: string) =>
    clerk.count(model, [[field, 'like', `%${kind} ${reference} (%`]]);

  return {
    connector: connect(),
    withTimeout: (timeoutMs) => connect({ timeoutMs }),
    setFault,
    stop,
    patienceMs: 60_000,
    feeds: {
      items: {
        write: (name) => makeProduct(clerk, { code: name, name, price }),
        nameOf: named('sku'),
        async spoil() {
          await makeProduct(clerk, { code: null, name: 'Without a code', price });
          return 'sku';
        },
      },
      prices: {
        write: (name) => makeProduct(clerk, { code: name, name, price }),
        nameOf: named('sku'),
        async spoil() {
          await makeProduct(clerk, { code: null, name: 'Without a code', price });
          return 'sku';
        },
      },
      locations: {
        write: async (name) => void (await makeWarehouse(clerk, name, name)),
        nameOf: named('code'),
        async spoil() {
          await makeWarehouse(clerk, null, 'Without a code');
          return 'code';
        },
      },
      stockMovements: {
        async write(name) {
          await makeProduct(clerk, { code: name, name, price });
          await countStock(clerk, 'HUB', { [name]: 7 });
        },
        nameOf: named('sku'),
        async spoil() {
          await makeProduct(clerk, { code: 'PASSING', name: 'Passing', price });
          const product = await clerk.one('product.product', [['code', '=', 'PASSING']]);
          await countStock(clerk, 'HUB', { PASSING: 1 });
          await clerk.call('product.product', 'write', [product['id']], { suffix_code: null });
          return 'sku';
        },
      },
      customers: {
        write: async (name) => void (await clerk.create('party.party', { code: name, name })),
        nameOf: named('code'),
        async spoil() {
          await clerk.create('party.party', {
            code: 'NO-MAIL',
            name: 'No mail',
            contact_mechanisms: [['create', [{ type: 'email', value: 'mia at example.org' }]]],
          });
          return 'email';
        },
      },
      channels: {
        write: async (name) => void (await makeShop(name)),
        nameOf: named('code'),
        async spoil() {
          await makeShop('x'.repeat(121));
          return 'code';
        },
      },
      invoices: { write: invoice, nameOf: named('orderReference') },
    },
    documents: {
      salesOrder: {
        make: async (reference) =>
          salesOrder(reference, { customerCode: reference.endsWith('other') ? 'C-BEN' : customer }),
        refused: async (reference) => ({
          document: salesOrder(reference, {
            lines: salesOrder(reference).lines.map((line) => ({ ...line, sku: 'NO-SUCH' })),
          }),
          code: 'UNKNOWN_SKU',
          field: ['lines', '0', 'sku'],
        }),
        count: counter('salesOrder', 'sale.sale', 'comment'),
      },
      salesOrderCancellation: {
        async make(reference) {
          const order = salesOrder(`order-of-${reference}`);
          const request = { key: order.reference, signal: AbortSignal.timeout(60_000) };
          await connect({ url: tryton.url }).createDocument('salesOrder', order, request);
          return cancellation(reference, order.reference);
        },
        refused: async (reference) => ({
          document: cancellation(reference, 'NO-SUCH-ORDER'),
          code: 'ORDER_NOT_FOUND',
          field: ['orderReference'],
        }),
        count: counter('salesOrderCancellation', 'sale.sale', 'comment'),
      },
      salesReturn: {
        make: async (reference) =>
          salesReturn(reference, reference.endsWith('other') ? { customerCode: customer } : {}),
        refused: async (reference) => ({
          document: salesReturn(reference, { total: '99.00' }),
          code: 'TOTAL_MISMATCH',
          field: ['total'],
        }),
        count: counter('salesReturn', 'sale.sale', 'comment'),
      },
      journalEntry: {
        make: async (reference) => journalEntry(reference, reference.endsWith('other') ? '26.00' : '25.00'),
        refused: async (reference) => ({
          document: {
            ...journalEntry(reference),
            lines: [...journalEntry(reference).lines, { account: '3000', debit: '0.01' }],
          },
          code: 'NOT_BALANCED',
          field: ['lines'],
        }),
        count: counter('journalEntry', 'account.move', 'description'),
      },
    },
  };

  async function makeShop(name: string): Promise<number> {
    const { id, currency } = await clerk.one('company.company', [], ['currency']);
    return clerk.create('web.shop', { name, company: id, currency });
  }

  /** An order with a service only, which Tryton invoices at once; the invoice is then posted. */
  async function invoice(reference: string): Promise<void> {
    const [line] = salesOrder(reference).lines;
    if (line === undefined) throw new Error('the order has no line');
    const wrapping = { ...line, sku: 'WRAPPING', quantity: '1', unitPrice: '2.42', amount: '2.42' };
    const order = salesOrder(reference, { lines: [wrapping], total: '2.42' });
    const request = { key: reference, signal: AbortSignal.timeout(60_000) };
    await connect({ url: tryton.url }).createDocument('salesOrder', order, request);
    const { invoices } = await clerk.one('sale.sale', [['reference', '=', reference]], ['invoices']);
    await clerk.call('account.invoice', 'post', invoices);
  }
}
