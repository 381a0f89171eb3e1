import { z } from 'zod';
import { code, countryCode, currencyCode, decimal, nonNegativeDecimal, text } from './values.ts';

/** Asks what tax is in, or comes on top of, the lines of an order. Nothing is owed by asking. */
export interface TaxQuoteRequest {
  /** Our name of the question: the same lines asked again have the same. */
  reference: string;
  /** Our order number. */
  orderReference: string;
  /** Where the goods are sold to. */
  country: string;
  currencyCode: string;
  /** Whether the lines' amounts contain their tax. */
  pricesIncludeTax: boolean;
  lines: TaxableLine[];
  correlationId: string;
}

export interface TaxableLine {
  lineReference: string;
  /** The tax category of the article, as the ERP names it. */
  taxCategory: string;
  /** What the line comes to. */
  amount: string;
}

/** Makes what was quoted owed. */
export interface TaxDocument {
  /** Our order number: of one order one document stands. */
  reference: string;
  /** The tax system's id of the quote. */
  quoteExternalId: string;
  correlationId: string;
}

/** Takes a tax document back: nothing of the order is sold. */
export interface TaxVoid {
  reference: string;
  /** The reference of the document that is taken back. */
  documentReference: string;
  reasonCode: string;
  correlationId: string;
}

/** What a tax system makes of an order. */
export interface TaxResult {
  /** The tax of the whole order, rounded as the tax office wants it. */
  total: string;
  /** What `total` is more, or with a minus less, than the sum of the lines. */
  roundingAdjustment: string;
  lines: TaxResultLine[];
}

export interface TaxResultLine {
  lineReference: string;
  /** Whose tax it is: `GB`. */
  jurisdiction: string;
  /** The tax system's name of the rate that applies: `STANDARD`. */
  taxCode: string;
  /** `0.2` is twenty in a hundred. */
  rate: string;
  /** What the tax is on, without it. */
  taxable: string;
  amount: string;
}

/** As many as a sales order may have. */
const MAX_LINES = 5_000;

export const taxQuoteRequestSchema = z.strictObject({
  reference: code,
  orderReference: code,
  country: countryCode,
  currencyCode,
  pricesIncludeTax: z.boolean(),
  lines: z
    .array(z.strictObject({ lineReference: code, taxCategory: code, amount: nonNegativeDecimal }))
    .min(1, 'must have at least one line')
    .max(MAX_LINES),
  correlationId: code,
}) satisfies z.ZodType<TaxQuoteRequest, unknown>;

export const taxDocumentSchema = z.strictObject({
  reference: code,
  quoteExternalId: code,
  correlationId: code,
}) satisfies z.ZodType<TaxDocument, unknown>;

export const taxVoidSchema = z.strictObject({
  reference: code,
  documentReference: code,
  reasonCode: text,
  correlationId: code,
}) satisfies z.ZodType<TaxVoid, unknown>;

export const taxResultSchema = z.object({
  total: decimal,
  roundingAdjustment: decimal,
  lines: z.array(
    z.object({
      lineReference: code,
      jurisdiction: code,
      taxCode: code,
      rate: nonNegativeDecimal,
      taxable: decimal,
      amount: decimal,
    }),
  ),
}) satisfies z.ZodType<TaxResult, unknown>;
