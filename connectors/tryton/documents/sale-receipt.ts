import { z } from 'zod';
import type { DocumentReceipt } from '../../documents.ts';
import { referenceOf, type SaleKind } from '../references.ts';
import type { TrytonCalls } from '../rpc.ts';
import { decimalValue, instantOf } from '../wire.ts';
import { hasMark } from './fingerprint.ts';
import type { Sale } from './sale.ts';

const invoiceRow = z.object({ id: z.number().int(), number: z.string(), total_amount: decimalValue });

/** The receipts of sales, each with the invoices and credit notes it has by now. */
export async function saleReceipts(
  calls: TrytonCalls,
  kind: SaleKind,
  sales: readonly Sale[],
): Promise<DocumentReceipt[]> {
  const ids = sales.flatMap(({ invoices }) => invoices);
  const domain = [
    ['id', 'in', ids],
    ['number', '!=', null],
  ];
  const fields = ['number', 'total_amount'];
  const rows = ids.length === 0 ? [] : await calls.search('account.invoice', domain, invoiceRow, fields);
  const invoices = new Map(rows.map((row) => [row.id, row]));
  return sales.map((sale) => ({
    kind,
    reference: referenceOf(kind, sale.web_id) ?? '',
    externalId: String(sale.id),
    number: sale.number ?? '',
    state: stateOf(sale),
    acceptedAt: instantOf(sale.create_date),
    replayed: true,
    total: sale.total_amount.replace(/^-/, ''),
    currencyCode: sale['currency.'].code,
    related: sale.invoices.flatMap((id) => {
      const invoice = invoices.get(id);
      if (invoice === undefined) return [];
      const type = invoice.total_amount.startsWith('-') ? 'CREDIT_NOTE' : 'INVOICE';
      return [{ type, number: invoice.number }];
    }),
  }));
}

/** The receipt of one sale. */
export async function saleReceipt(
  calls: TrytonCalls,
  kind: SaleKind,
  sale: Sale,
  { isNew }: { readonly isNew: boolean },
): Promise<DocumentReceipt> {
  const [receipt] = await saleReceipts(calls, kind, [sale]);
  if (receipt === undefined) throw new RangeError('a sale has one receipt');
  return { ...receipt, replayed: !isNew };
}

/** A sale that was called off after Tryton had begun with it ends as done there, with nothing sent. */
function stateOf({ state, comment }: Sale): string {
  if (state === 'cancelled' || hasMark('salesOrderCancellation', comment)) return 'CANCELED';
  return state.toUpperCase();
}
