import { decimal, parseDecimal } from '../../platform/money.ts';
import { wholeUnits } from '../../platform/quantity.ts';
import { isLocalTime } from './london-time.ts';

/** The columns of the Online Retail file, all needed, in any order. */
export const COLUMNS = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const;

export type Column = (typeof COLUMNS)[number];

/** One line of an invoice, as the file says it. */
export interface InvoiceLine {
  /** Where it stands in the file, counted from 1 with the header. */
  readonly line: number;
  readonly invoice: string;
  /** Upper case: the file has 112 codes in both cases, and they are the same goods. */
  readonly sku: string;
  readonly description: string;
  /** Whole pieces, never zero; negative where goods came back or were written off. */
  readonly quantity: number;
  /** Wall-clock time in London. */
  readonly soldAt: string;
  /** Pounds sterling; up to three decimals in the file, negative on bad debts. */
  readonly unitPrice: string;
  /** The account number without the `.0` it is written with; null on guest sales and stock moves. */
  readonly customer: string | null;
  readonly country: string;
}

export interface LineProblem {
  readonly code: 'MISSING_VALUE' | 'INVALID_NUMBER' | 'INVALID_DATE';
  readonly message: string;
  readonly column: Column;
}

/** The invoice a line belongs to; empty when it does not say. */
export function invoiceNumber(values: Readonly<Record<string, string>>): string {
  return (values['InvoiceNo'] ?? '').trim().toUpperCase();
}

/** Reads the values of a line, or says what is wrong with the first one that is. */
export function parseLine(
  line: number,
  values: Readonly<Record<string, string>>,
): InvoiceLine | { readonly problem: LineProblem } {
  const text = (column: Column) => (values[column] ?? '').trim();
  const wrong = (column: Column, code: LineProblem['code'], what: string) => ({
    problem: { code, column, message: `${column} "${text(column).slice(0, 40)}" ${what}` },
  });
  const invoice = invoiceNumber(values);
  const sku = text('StockCode').toUpperCase();
  const quantity = wholeUnits(text('Quantity'));
  const account = /^(\d+)(\.0+)?$/.exec(text('CustomerID'));
  if (invoice === '') return wrong('InvoiceNo', 'MISSING_VALUE', 'is needed');
  if (sku === '') return wrong('StockCode', 'MISSING_VALUE', 'is needed');
  if (quantity === null || quantity === 0)
    return wrong('Quantity', 'INVALID_NUMBER', 'is not a whole number other than zero');
  if (!isLocalTime(text('InvoiceDate')))
    return wrong('InvoiceDate', 'INVALID_DATE', 'is not a time such as 2010-12-01 08:26:00');
  if (parseDecimal(text('UnitPrice')) === null)
    return wrong('UnitPrice', 'INVALID_NUMBER', 'is not a plain decimal such as 2.55');
  if (account === null && text('CustomerID') !== '')
    return wrong('CustomerID', 'INVALID_NUMBER', 'is not an account number such as 17850.0');
  return {
    line,
    invoice,
    sku,
    description: text('Description'),
    quantity,
    soldAt: text('InvoiceDate'),
    unitPrice: text('UnitPrice'),
    customer: account?.[1] ?? null,
    country: text('Country'),
  };
}

/** What a line is worth as far as it can be read at all: quantity times price, or null. */
export function readableValue(values: Readonly<Record<string, string>>) {
  const quantity = parseDecimal((values['Quantity'] ?? '').trim());
  const unitPrice = parseDecimal((values['UnitPrice'] ?? '').trim());
  return quantity === null || unitPrice === null ? null : quantity.times(unitPrice);
}

/** Quantity times price, exactly; negative where goods came back. */
export function exactValue({ quantity, unitPrice }: Pick<InvoiceLine, 'quantity' | 'unitPrice'>) {
  return decimal(String(quantity)).times(decimal(unitPrice));
}
