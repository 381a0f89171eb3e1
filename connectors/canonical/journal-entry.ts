import { z } from 'zod';
import { code, currencyCode, day, positiveDecimal, text } from './values.ts';

/** A posting to the general ledger. Debits equal credits to the last decimal, or the ERP refuses it. */
export interface JournalEntryRecord {
  reference: string;
  postedOn: string;
  currencyCode: string;
  memo: string;
  lines: JournalLine[];
  correlationId: string;
}

/** Exactly one of `debit` and `credit` is given, above zero. */
export interface JournalLine {
  account: string;
  debit?: string | undefined;
  credit?: string | undefined;
  costCenter?: string | undefined;
  locationCode?: string | undefined;
}

export const journalEntrySchema = z.object({
  reference: code,
  postedOn: day,
  currencyCode,
  memo: text,
  lines: z
    .array(
      z
        .object({
          account: code,
          debit: positiveDecimal.optional(),
          credit: positiveDecimal.optional(),
          costCenter: code.optional(),
          locationCode: code.optional(),
        })
        .refine(({ debit, credit }) => (debit === undefined) !== (credit === undefined), {
          path: ['debit'],
          message: 'exactly one of debit and credit must be given',
        }),
    )
    .min(2, 'must have at least two lines')
    .max(5_000),
  correlationId: code,
}) satisfies z.ZodType<JournalEntryRecord, unknown>;
