import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentByKind, DocumentKind, DocumentReceipt } from '../../connectors/documents.ts';
import type { Connector } from '../../connectors/port.ts';
import { cancellation, journalEntry, salesOrder, salesReturn } from './documents.ts';
import { salesLedger } from './sales-ledger.ts';
import { preparedIn, startTrytonUnderTest, type TrytonUnderTest } from './tryton-under-test.ts';

const ALL_CUTS_MS = 300_000;
const isRead = (method: string) =>
  /^common\.|\.(search_read|get_preferences)$|^wizard\..*\.(create|delete)$/.test(method);

/** A document takes several calls. Whichever of them is carried out and not heard of, asking and sending again ends with one document, and all of it. */
describe.skipIf(preparedIn === undefined)('a document of which one answer was lost', () => {
  let erp: TrytonUnderTest;
  let connector: Connector;
  let ledger: ReturnType<typeof salesLedger>;
  beforeAll(async () => {
    erp = await startTrytonUnderTest();
    connector = erp.connect();
    ledger = salesLedger(erp.tryton.clerk);
  });
  afterAll(async () => {
    await connector?.close();
    await erp?.stop();
  });
  const signal = () => AbortSignal.timeout(60_000);

  /** As the outbox does: send, after a doubt ask, and send again what is not there. */
  async function deliver<K extends DocumentKind>(
    kind: K,
    document: DocumentByKind[K],
  ): Promise<DocumentReceipt> {
    const request = { key: document.reference, signal: signal() };
    try {
      return await connector.createDocument(kind, document, request);
    } catch (error) {
      expect(error).toMatchObject({ outcome: 'in-doubt', code: 'CONNECTION_LOST' });
    }
    const found = await connector.findDocument(kind, document.reference, request);
    return found ?? connector.createDocument(kind, document, request);
  }

  /** Delivers a new document once whole and once for each of its writes with that answer cut; answers the references. */
  async function cutEach<K extends DocumentKind>(
    kind: K,
    make: (reference: string) => Promise<DocumentByKind[K]>,
  ): Promise<{ writes: string[]; receipts: DocumentReceipt[] }> {
    const first = await make(`${kind}-whole`);
    erp.proxy.forget();
    const receipts = [await deliver(kind, first)];
    const writes = erp.proxy.called.filter((method) => !isRead(method));
    for (const [index, cut] of writes.entries()) {
      const document = await make(`${kind}-cut-${index}`);
      let written = -1;
      erp.proxy.conduct((method) => {
        if (isRead(method)) return 'through';
        written += 1;
        return written === index ? 'answer-lost' : 'through';
      });
      receipts.push(await deliver(kind, document));
      erp.proxy.conduct(() => 'through');
      expect(written, `${cut} was cut`).toBeGreaterThanOrEqual(index);
    }
    return { writes, receipts };
  }

  it('an order: one sale in the making, with one shipment', { timeout: ALL_CUTS_MS }, async () => {
    const { writes, receipts } = await cutEach('salesOrder', async (reference) => salesOrder(reference));
    expect(writes).toEqual(['create', 'quote', 'confirm'].map((button) => `model.sale.sale.${button}`));
    for (const { reference, number } of receipts) {
      expect(await ledger.count(reference)).toBe(1);
      const sale = await ledger.sale(reference);
      expect(sale).toMatchObject({ state: 'processing', number });
      expect(sale['shipments']).toHaveLength(1);
    }
  });

  it('a return: one sale below zero, one receipt of goods, one posted credit note', {
    timeout: ALL_CUTS_MS,
  }, async () => {
    const before = await ledger.onHand('KETTLE', 'SHOP');
    const { writes, receipts } = await cutEach('salesReturn', async (reference) => salesReturn(reference));
    expect(writes).toEqual([
      'model.sale.sale.create',
      'model.sale.sale.quote',
      'model.sale.sale.confirm',
      'model.stock.shipment.out.return.create',
      'model.stock.shipment.out.return.receive',
      'model.stock.shipment.out.return.done',
      'model.account.invoice.post',
    ]);
    for (const { reference } of receipts) {
      expect(await ledger.count(reference)).toBe(1);
      const { invoices } = await ledger.sale(reference);
      expect(invoices).toHaveLength(1);
      const note = await erp.tryton.clerk.one(
        'account.invoice',
        [['id', 'in', invoices]],
        ['state', 'total_amount'],
      );
      expect(note).toMatchObject({ state: 'posted', total_amount: { decimal: '-49.95' } });
    }
    expect(await ledger.onHand('KETTLE', 'SHOP')).toBe(before + receipts.length);
  });

  it('a cancellation: nothing is left to send', { timeout: ALL_CUTS_MS }, async () => {
    const { writes, receipts } = await cutEach('salesOrderCancellation', async (reference) => {
      const order = salesOrder(`order-of-${reference}`);
      await connector.createDocument('salesOrder', order, { key: order.reference, signal: signal() });
      return cancellation(reference, order.reference);
    });
    expect(writes.at(-1)).toBe('model.sale.sale.write');
    for (const { reference } of receipts) {
      const { shipments } = await ledger.sale(`order-of-${reference}`);
      const states = await erp.tryton.clerk.find('stock.shipment.out', [['id', 'in', shipments]], ['state']);
      expect(states.map(({ state }) => state)).toEqual(['cancelled']);
      const order = await connector.findDocument('salesOrder', `order-of-${reference}`, { signal: signal() });
      expect(order?.state).toBe('CANCELED');
    }
  });

  it('a journal entry: posted once', { timeout: ALL_CUTS_MS }, async () => {
    const { receipts } = await cutEach('journalEntry', async (reference) => journalEntry(reference));
    for (const { reference } of receipts) {
      const pattern = `%journalEntry ${reference} (%`;
      const entry = await erp.tryton.clerk.one('account.move', [['description', 'like', pattern]], ['state']);
      expect(entry['state']).toBe('posted');
    }
  });

  it('is listed with what it comes to, for comparing both books', async () => {
    const list = (kind: DocumentKind, cursor: string | null) =>
      connector.listDocuments?.(kind, cursor, { limit: 3, signal: signal() });
    const orders = await list('salesOrder', null);
    expect(orders?.more).toBe(true);
    expect(orders?.documents[0]).toMatchObject({
      reference: 'salesOrder-whole',
      total: '149.85',
      currencyCode: 'EUR',
      state: 'PROCESSING',
    });
    const next = await list('salesOrder', orders?.cursor ?? null);
    expect(next?.documents.map(({ reference }) => reference)).not.toContain('salesOrder-whole');
    const returns = await list('salesReturn', null);
    expect(returns?.documents[0]).toMatchObject({ reference: 'salesReturn-whole', total: '49.95' });
  });
});
