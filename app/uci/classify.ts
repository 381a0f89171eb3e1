import { type UserErrorValue, userError } from '../../platform/errors.ts';
import { decimal, isZero, money, roundMoney, zero } from '../../platform/money.ts';
import { CURRENCY, feeAccount, isService, reasonCode } from './codes.ts';
import { exactValue, type InvoiceLine } from './invoice-line.ts';

/** Where a line's value ends up in the report. */
export type Bucket = 'orders' | 'returns' | 'adjustments' | 'fees';

/** All lines of one invoice number, in the order of the file; never empty. */
export interface Invoice {
  readonly number: string;
  readonly lines: readonly InvoiceLine[];
}

interface PartOfInvoice {
  readonly invoice: string;
  readonly bucket: Bucket;
  readonly lines: readonly InvoiceLine[];
}

/** One thing the graph is asked to do for an invoice, or refused before it is asked. */
export type Part =
  /** A sale that is placed as an order; no customer: a guest. */
  | (PartOfInvoice & { readonly kind: 'order'; readonly customer: string | null })
  /** Goods or services credited without naming the sale they undo. */
  | (PartOfInvoice & { readonly kind: 'return'; readonly customer: string | null })
  /** Stock written up or down for one reason. */
  | (PartOfInvoice & { readonly kind: 'adjustment'; readonly reasonCode: string })
  /** The company's own money: marketplace fees, bank charges, charity, bad debt. */
  | (PartOfInvoice & { readonly kind: 'fees' })
  | (PartOfInvoice & { readonly kind: 'refused'; readonly refusal: UserErrorValue });

/**
 * What becomes of an invoice. Fee lines are split off; the rest is a return when the number begins with C, a change of stock
 * when nobody bought it and nothing was paid, and an order otherwise. Every line is in exactly one part.
 */
export function classify(invoice: Invoice): Part[] {
  const fees = invoice.lines.filter(({ sku }) => feeAccount(sku) !== undefined);
  const rest = invoice.lines.filter(({ sku }) => feeAccount(sku) === undefined);
  return [...classifyFees(invoice.number, fees), ...classifyRest(invoice.number, rest)];
}

/** The line's quantity times price, rounded half up to pennies as an invoice does; signed. */
export function lineAmount(line: InvoiceLine) {
  return decimal(roundMoney(money(exactValue(line), CURRENCY)).amount);
}

/** The sum of rounded line amounts as it is asked of the graph: never negative. */
export function totalOf(lines: readonly InvoiceLine[]): string {
  const sum = lines.reduce((total, line) => total.plus(lineAmount(line)), zero);
  return money(sum.abs(), CURRENCY).amount;
}

function classifyFees(invoice: string, lines: readonly InvoiceLine[]): Part[] {
  const payable = lines.filter((line) => !lineAmount(line).eq(zero));
  const nothing = lines.filter((line) => lineAmount(line).eq(zero));
  const parts: Part[] = [];
  if (payable.length > 0) parts.push({ kind: 'fees', bucket: 'fees', invoice, lines: payable });
  if (nothing.length > 0)
    parts.push({
      kind: 'refused',
      bucket: 'fees',
      invoice,
      lines: nothing,
      refusal: userError('NOTHING_TO_POST', 'The fee comes to less than a penny.', { field: ['UnitPrice'] }),
    });
  return parts;
}

function classifyRest(invoice: string, lines: readonly InvoiceLine[]): Part[] {
  const [first] = lines;
  if (first === undefined) return [];
  const isCredit = invoice.startsWith('C');
  const isFree = lines.every(({ unitPrice }) => isZero(money(unitPrice, CURRENCY)));
  const isNobody = lines.every(({ customer }) => customer === null);
  if (!isCredit && isNobody && isFree) return classifyStockMove(invoice, lines);
  const bucket = isCredit ? 'returns' : 'orders';
  const refusal = refuse(lines, isCredit);
  if (refusal !== null) return [{ kind: 'refused', bucket, invoice, lines, refusal }];
  return isCredit
    ? [{ kind: 'return', bucket: 'returns', invoice, lines, customer: first.customer }]
    : [{ kind: 'order', bucket: 'orders', invoice, lines, customer: first.customer }];
}

/** Why an invoice is neither an order nor a return as a whole. */
function refuse(lines: readonly InvoiceLine[], isCredit: boolean): UserErrorValue | null {
  if (new Set(lines.map(({ customer }) => customer)).size > 1)
    return userError('CUSTOMER_AMBIGUOUS', 'The lines of the invoice name more than one customer.', {
      field: ['CustomerID'],
    });
  if (lines.some(({ quantity }) => quantity < 0 !== isCredit))
    return userError(
      'QUANTITY_INVALID',
      isCredit ? 'A credit may not have positive quantities.' : 'A sale may not have negative quantities.',
      { field: ['Quantity'] },
    );
  if (lines.some(({ unitPrice }) => decimal(unitPrice).lt(zero)))
    return userError('PRICE_INVALID', 'Only fees may have a negative price.', { field: ['UnitPrice'] });
  return null;
}

/** One adjustment for each reason, since the graph books one reason at a time; what has no stock cannot be adjusted. */
function classifyStockMove(invoice: string, lines: readonly InvoiceLine[]): Part[] {
  const byReason = new Map<string, InvoiceLine[]>();
  const unstocked: InvoiceLine[] = [];
  for (const line of lines) {
    if (isService(line.sku)) unstocked.push(line);
    else {
      const reason = reasonCode(line.description);
      byReason.set(reason, [...(byReason.get(reason) ?? []), line]);
    }
  }
  const parts = [...byReason].map(
    ([reason, ofReason]): Part => ({
      kind: 'adjustment',
      bucket: 'adjustments',
      invoice,
      lines: ofReason,
      reasonCode: reason,
    }),
  );
  if (unstocked.length > 0)
    parts.push({
      kind: 'refused',
      bucket: 'adjustments',
      invoice,
      lines: unstocked,
      refusal: userError('NOT_STOCKED', 'A service has no stock that could be written up or down.', {
        field: ['StockCode'],
      }),
    });
  return parts;
}
