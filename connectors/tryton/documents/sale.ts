import { z } from 'zod';
import { decimal } from '../../../platform/money.ts';
import { CONNECTOR_CODES, ConnectorError } from '../../connector-error.ts';
import type { DocumentKind } from '../../documents.ts';
import { brokenAnswer, ERP_REFUSED, rejected } from '../answer-error.ts';
import { type SaleKind, webIdOf } from '../references.ts';
import type { TrytonCalls } from '../rpc.ts';
import { decimalValue, momentValue } from '../wire.ts';
import { type DocumentMark, findMark } from './fingerprint.ts';
import { productsOf } from './master-data.ts';
import { type PricedLine, ROUNDING_SKU, roundingLine, roundingTolerance } from './sale-lines.ts';

const id = z.number().int();
const saleRow = z.object({
  id,
  number: z.string().nullable(),
  web_id: z.string().nullable(),
  state: z.string(),
  comment: z.string().nullable(),
  'currency.': z.object({ code: z.string() }),
  party: id,
  warehouse: id.nullable(),
  invoices: z.array(id),
  shipments: z.array(id),
  total_amount: decimalValue,
  create_date: momentValue,
});
const SALE_FIELDS = [
  'number',
  'web_id',
  'state',
  'comment',
  'currency.code',
  'party',
  'warehouse',
  'invoices',
  'shipments',
  'total_amount',
  'create_date',
];

/** A sale as it stands in Tryton. */
export type Sale = z.infer<typeof saleRow>;

/** Tryton works on it, or is done with it; before that a sale is a note that anybody may throw away. */
const ACCEPTED = new Set(['processing', 'done', 'cancelled']);

export async function findSale(
  calls: TrytonCalls,
  kind: SaleKind,
  reference: string,
): Promise<Sale | undefined> {
  const [sale] = await calls.search(
    'sale.sale',
    [['web_id', '=', webIdOf(kind, reference)]],
    saleRow,
    SALE_FIELDS,
  );
  return sale;
}

/** Sales of a kind in the order they were made, from after an id; those that Tryton never took are left out. */
export function salesAfter(
  calls: TrytonCalls,
  kind: SaleKind,
  after: number,
  limit: number,
): Promise<Sale[]> {
  const domain = [
    ['web_id', 'like', webIdOf(kind, '%')],
    ['id', '>', after],
    ['state', 'in', [...ACCEPTED]],
  ];
  return calls.search('sale.sale', domain, saleRow, SALE_FIELDS, { order: [['id', 'ASC']], limit });
}

export function isAccepted(sale: Sale): boolean {
  return ACCEPTED.has(sale.state);
}

export interface SaleToMake {
  readonly kind: SaleKind;
  readonly mark: DocumentMark;
  /** What `sale.sale.create` is to be given. */
  readonly values: () => Promise<Record<string, unknown>>;
  readonly lines: readonly PricedLine[];
  /** What the sale must come to with tax; below zero for a return. */
  readonly total: string;
}

/**
 * Makes the sale and has Tryton process it, or goes on with the one that is there. Tryton's own uniqueness of the web id is what keeps two processes
 * from making two. A sale that Tryton will not take is taken away again.
 */
export async function makeSale(
  calls: TrytonCalls,
  system: string,
  wanted: SaleToMake,
): Promise<{ sale: Sale; isNew: boolean }> {
  const { kind, mark } = wanted;
  const found = await findSale(calls, kind, mark.reference);
  if (found !== undefined) return { sale: await process(calls, system, found, wanted), isNew: false };

  const values = await wanted.values();
  try {
    await calls.call('sale.sale', 'create', [values]);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== ERP_REFUSED) throw error;
    const other = await findSale(calls, kind, mark.reference);
    if (other === undefined) throw error;
    return { sale: await process(calls, system, other, wanted), isNew: false };
  }
  const made = await findSale(calls, kind, mark.reference);
  if (made === undefined) throw brokenAnswer(system, `no sale ${mark.reference} after it was made`);
  return { sale: await process(calls, system, made, wanted), isNew: true };
}

/** Presses on from wherever the sale stands. Buttons that are not its turn do nothing. */
async function process(calls: TrytonCalls, system: string, sale: Sale, wanted: SaleToMake): Promise<Sale> {
  assertSame(system, wanted.kind, sale.comment, wanted.mark);
  if (isAccepted(sale)) return sale;
  if (sale.state === 'draft') {
    try {
      await roundOff(calls, system, sale, wanted);
      await calls.press('sale.sale', 'quote', [sale.id]);
      await calls.press('sale.sale', 'confirm', [sale.id]);
    } catch (error) {
      if (error instanceof ConnectorError && error.outcome === 'rejected') await discard(calls, sale);
      throw error;
    }
  } else await calls.press('sale.sale', 'confirm', [sale.id]);
  const confirmed = await findSale(calls, wanted.kind, wanted.mark.reference);
  if (confirmed !== undefined && isAccepted(confirmed)) return confirmed;
  // Confirmed, and the server ended before the second half of it.
  await calls.press('sale.sale', 'process', [sale.id]);
  const processed = await findSale(calls, wanted.kind, wanted.mark.reference);
  if (processed !== undefined && isAccepted(processed)) return processed;
  throw brokenAnswer(system, `the sale ${wanted.mark.reference} is ${processed?.state ?? 'gone'}`);
}

/** Refuses to take a document for one that has the same reference only. A person may have rewritten the text: then it is believed. */
export function assertSame(
  system: string,
  kind: DocumentKind,
  text: string | null,
  mark: DocumentMark,
): void {
  const kept = findMark(kind, mark.reference, text);
  if (kept === null || kept.content === mark.content) return;
  const message = `has another document ${mark.reference}`;
  throw rejected(system, CONNECTOR_CODES.referenceReused, message, ['reference']);
}

/** Adds the cents that Tryton's total misses ours by. Rejects with TOTAL_MISMATCH when it is more than rounding can explain. */
async function roundOff(calls: TrytonCalls, system: string, sale: Sale, wanted: SaleToMake): Promise<void> {
  const difference = decimal(wanted.total).minus(decimal(sale.total_amount));
  if (difference.eq(decimal('0'))) return;
  if (difference.abs().gt(roundingTolerance(wanted.lines))) {
    const message = `it comes to ${sale.total_amount} with this system's taxes, not ${wanted.total}`;
    throw rejected(system, 'TOTAL_MISMATCH', message, ['total']);
  }
  const products = await productsOf(calls, [ROUNDING_SKU]);
  const line = roundingLine(difference.toFixed(), products.get(ROUNDING_SKU));
  if (line === null) {
    const message = `there is no product ${ROUNDING_SKU} to book a difference of ${difference.toFixed()} on`;
    throw rejected(system, 'ROUNDING_PRODUCT_MISSING', message, ['total']);
  }
  await calls.call('sale.sale', 'write', [sale.id], { lines: [['create', [line]]] });
}

/** What a person reads when the sale was refused is the refusal, whatever becomes of the leftover: it counts for nothing until it is processed. */
async function discard(calls: TrytonCalls, { id: saleId }: Sale): Promise<void> {
  try {
    await calls.call('sale.sale', 'draft', [saleId]);
    await calls.call('sale.sale', 'delete', [saleId]);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
  }
}
