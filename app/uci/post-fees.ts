import { z } from 'zod';
import { accepted, type Decision } from '../../platform/errors.ts';
import { decimal, money, zero } from '../../platform/money.ts';
import { lineAmount, type Part } from './classify.ts';
import { BANK_ACCOUNT, CURRENCY, feeAccount } from './codes.ts';
import type { InvoiceLine } from './invoice-line.ts';
import { type Done, type Graph, stepKey } from './step.ts';
import { USER_ERRORS, userErrorSchema } from './submit.ts';

const RECORD = `mutation ($input: RecordJournalEntryInput!) {
  payload: recordJournalEntry(input: $input) {
    entry { id number lines { account debit { amount } credit { amount } } } replayed ${USER_ERRORS}
  }
}`;
const amountSchema = z.object({ amount: z.string() }).nullable();
const recordSchema = z.object({
  entry: z
    .object({
      id: z.string(),
      number: z.string(),
      lines: z.array(z.object({ account: z.string(), debit: amountSchema, credit: amountSchema })),
    })
    .nullable(),
  replayed: z.boolean(),
  userErrors: z.array(userErrorSchema),
});

/** Posts an invoice's fees to the ledger: each fee account against the bank. */
export async function postFees(part: Extract<Part, { kind: 'fees' }>, graph: Graph): Promise<Decision<Done>> {
  const { invoice, lines } = part;
  const answer = await graph.submit(
    RECORD,
    {
      idempotencyKey: stepKey(invoice, 'fees'),
      reference: `UCI-${invoice}-FEES`,
      // The day in London, where the books are.
      postedOn: (lines[0]?.soldAt ?? '').slice(0, 10),
      memo: `Online Retail invoice ${invoice}: ${[...new Set(lines.map(({ sku }) => sku))].join(', ')}`,
      lines: lines.flatMap(journalLines),
    },
    recordSchema,
  );
  if (!answer.ok) return answer;
  const { entry, replayed } = answer.value;
  if (entry === null) throw new Error(`invoice ${invoice}: an entry without errors was not made either`);
  const value = entry.lines
    .filter(({ account }) => account === BANK_ACCOUNT)
    .reduce(
      (sum, { debit, credit }) =>
        sum.plus(decimal(debit?.amount ?? '0')).minus(decimal(credit?.amount ?? '0')),
      zero,
    );
  return accepted({ replayed, value });
}

/** What we were paid debits the bank, what we paid credits it; the fee's account takes the other side. */
export function journalLines(line: InvoiceLine) {
  const signed = lineAmount(line);
  const amount = money(signed.abs(), CURRENCY);
  const fee = feeAccount(line.sku) ?? line.sku;
  return signed.gt(zero)
    ? [
        { account: BANK_ACCOUNT, debit: amount },
        { account: fee, credit: amount },
      ]
    : [
        { account: fee, debit: amount },
        { account: BANK_ACCOUNT, credit: amount },
      ];
}
