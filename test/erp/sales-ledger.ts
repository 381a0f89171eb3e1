import type { ErpClient, Row } from './erp-client.ts';

/** What the clerk sees and does with an order: counted and looked up in the ERP itself. */
export function salesLedger(clerk: ErpClient) {
  const sale = (reference: string) =>
    clerk.one(
      'sale.sale',
      [['reference', '=', reference]],
      [
        'state',
        'shipment_state',
        'invoice_state',
        'shipments',
        'invoices',
        'total_amount',
        'number',
        'web_id',
      ],
    );
  return {
    sale,
    /** Sales with our reference, in whatever state. */
    count: (reference: string) => clerk.count('sale.sale', [['reference', '=', reference]]),
    /** Orders anybody would work on. */
    countAccepted: () =>
      clerk.count('sale.sale', [
        ['web_id', 'like', 'salesOrder:%'],
        ['state', 'in', ['processing', 'done']],
      ]),
    /** Picks, packs and sends what waits; the invoice that comes of it is posted. Answers it. */
    async shipAndInvoice(reference: string): Promise<Row> {
      const { shipments } = await sale(reference);
      const isThere = await clerk.call('stock.shipment.out', 'assign_try', shipments);
      if (isThere !== true) throw new Error(`the goods of ${reference} are not there`);
      for (const button of ['pick', 'pack', 'done'])
        await clerk.call('stock.shipment.out', button, shipments);
      const { invoices } = await sale(reference);
      await clerk.call('account.invoice', 'post', invoices);
      return clerk.one(
        'account.invoice',
        [['id', 'in', invoices]],
        ['number', 'state', 'total_amount', 'move'],
      );
    },
    /** What a place holds of a product, all its zones together. */
    async onHand(sku: string, place: string): Promise<number> {
      const { id: warehouse } = await clerk.one('stock.location', [['code', '=', place]]);
      return clerk.onHand(sku, warehouse);
    },
    /** The journal entry behind a document, as code to amount: debit above zero, credit below. */
    async entryOf(move: number): Promise<Record<string, string>> {
      const { state } = await clerk.one('account.move', [['id', '=', move]], ['state']);
      if (state !== 'posted') throw new Error(`the entry is ${state}`);
      const lines = await clerk.find(
        'account.move.line',
        [['move', '=', move]],
        ['account.code', 'debit', 'credit'],
      );
      const sums: Record<string, number> = {};
      for (const line of lines) {
        const code = line['account.'].code;
        sums[code] = (sums[code] ?? 0) + Number(line['debit'].decimal) - Number(line['credit'].decimal);
      }
      return Object.fromEntries(Object.entries(sums).map(([code, sum]) => [code, sum.toFixed(2)]));
    },
  };
}
