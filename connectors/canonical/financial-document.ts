import { z } from 'zod';
import { code, currencyCode, day, instant, nonNegativeDecimal } from './values.ts';

/** An invoice or credit note that the ERP made. It owns the number and the state; we only mirror them. */
export interface FinancialDocumentRecord {
  type: 'INVOICE' | 'CREDIT_NOTE';
  /** The ERP's document number. */
  number: string;
  state: 'DRAFT' | 'POSTED' | 'PAID' | 'VOID';
  /** Our order number, when the document belongs to an order of ours. */
  orderReference?: string | undefined;
  /** Our RMA number, when a credit note answers a return of ours. */
  returnReference?: string | undefined;
  /** The invoice a credit note corrects. */
  correctsNumber?: string | undefined;
  currencyCode: string;
  /** Never negative: a credit note of 10.00 says `10.00`. */
  total: string;
  /** The part of `total` that is tax, where the ERP says so. */
  taxTotal?: string | undefined;
  issuedOn: string;
  dueOn?: string | undefined;
  postedAt?: string | undefined;
}

export const financialDocumentSchema = z.object({
  type: z.enum(['INVOICE', 'CREDIT_NOTE']),
  number: code,
  state: z.enum(['DRAFT', 'POSTED', 'PAID', 'VOID']),
  orderReference: code.optional(),
  returnReference: code.optional(),
  correctsNumber: code.optional(),
  currencyCode,
  total: nonNegativeDecimal,
  taxTotal: nonNegativeDecimal.optional(),
  issuedOn: day,
  dueOn: day.optional(),
  postedAt: instant.optional(),
}) satisfies z.ZodType<FinancialDocumentRecord, unknown>;
