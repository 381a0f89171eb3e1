import { z } from 'zod';
import type { TrytonFeed } from '../read-feed.ts';
import { referenceOf } from '../references.ts';
import type { TrytonCalls } from '../rpc.ts';
import { dayValue, decimalValue, lastWrite, writtenAt } from '../wire.ts';

const invoiceRow = z.object({
  id: z.number().int(),
  number: z.string(),
  state: z.string(),
  total_amount: decimalValue,
  tax_amount: decimalValue,
  invoice_date: dayValue.nullable(),
  sales: z.array(z.number().int()),
  'currency.': z.object({ code: z.string() }),
  ...writtenAt,
});
const INVOICE_FIELDS = [
  'number',
  'state',
  'total_amount',
  'tax_amount',
  'invoice_date',
  'sales',
  'currency.code',
  'write_date',
  'create_date',
];
const saleRow = z.object({
  id: z.number().int(),
  web_id: z.string().nullable(),
  origin: z.string().nullable(),
});
type SaleRow = z.infer<typeof saleRow>;

const STATES: Readonly<Record<string, string>> = { posted: 'POSTED', paid: 'PAID', cancelled: 'VOID' };

/** Customer invoices from the moment they have a number; one below zero is a credit note. Which order or return of ours it is for follows from its sale. */
export const invoices: TrytonFeed = {
  sources: [
    {
      model: 'account.invoice',
      domain: [
        ['type', '=', 'out'],
        ['number', '!=', null],
        ['state', 'in', Object.keys(STATES)],
      ],
    },
  ],
  async read(calls, ids) {
    const found = await calls.search('account.invoice', [['id', 'in', ids]], invoiceRow, INVOICE_FIELDS);
    const sales = await readSales(calls, found);
    return new Map(
      found.map((invoice) => {
        const isCredit = invoice.total_amount.startsWith('-');
        const sale = invoice.sales.map((id) => sales.get(id)).find((one) => one?.web_id != null);
        const raw = {
          type: isCredit ? 'CREDIT_NOTE' : 'INVOICE',
          number: invoice.number,
          state: STATES[invoice.state],
          orderReference: orderReference(sale, sales),
          returnReference: referenceOf('salesReturn', sale?.web_id ?? null) ?? undefined,
          currencyCode: invoice['currency.'].code,
          total: withoutSign(invoice.total_amount),
          taxTotal: withoutSign(invoice.tax_amount),
          issuedOn: invoice.invoice_date ?? undefined,
        };
        return [invoice.id, { at: lastWrite(invoice), entries: [{ key: `invoice-${invoice.id}`, raw }] }];
      }),
    );
  },
};

/** The sales of the invoices, and the sales that those give goods back of. */
async function readSales(
  calls: TrytonCalls,
  found: readonly z.infer<typeof invoiceRow>[],
): Promise<Map<number, SaleRow>> {
  const byId = new Map<number, SaleRow>();
  const read = async (ids: readonly number[]) => {
    const wanted = [...new Set(ids)].filter((id) => !byId.has(id));
    if (wanted.length === 0) return;
    const rows = await calls.search('sale.sale', [['id', 'in', wanted]], saleRow, ['web_id', 'origin']);
    for (const row of rows) byId.set(row.id, row);
  };
  await read(found.flatMap(({ sales }) => sales));
  await read([...byId.values()].flatMap((sale) => originOf(sale) ?? []));
  return byId;
}

function orderReference(sale: SaleRow | undefined, sales: ReadonlyMap<number, SaleRow>): string | undefined {
  if (sale === undefined) return undefined;
  const own = referenceOf('salesOrder', sale.web_id);
  if (own !== null) return own;
  const origin = sales.get(originOf(sale) ?? 0);
  return referenceOf('salesOrder', origin?.web_id ?? null) ?? undefined;
}

function originOf({ origin }: SaleRow): number | null {
  const [model, id] = (origin ?? '').split(',');
  return model === 'sale.sale' ? Number(id) : null;
}

function withoutSign(amount: string): string {
  return amount.replace(/^-/, '');
}
