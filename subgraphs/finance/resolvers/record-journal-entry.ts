import { accepted, GraphError, refused, userError } from '../../../platform/errors.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import { type Money, money } from '../../../platform/money.ts';
import { entryId } from '../domain/document-id.ts';
import { decideJournal, type JournalLineRequest } from '../domain/journal.ts';
import type { JournalLineInput, MoneyInput, MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import type { JournalEntryRecord } from '../store/documents.ts';
import { enqueueJournal } from '../store/outbox.ts';

/** Writes a balanced entry down as a draft and posts it to the ERP in the background. */
export function recordJournalEntry(room: Room): NonNullable<MutationResolvers['recordJournalEntry']> {
  const { documents } = room.finance;
  return async (_parent, { input }, { caller, loaders }) => {
    if (!hasScope(caller.identity, 'finance:post'))
      throw new GraphError('FORBIDDEN', 'recording journal entries needs the scope finance:post');
    const outcome = await room.idempotency.once(
      { identity: caller.identity, mutation: 'recordJournalEntry', key: input.idempotencyKey, input },
      async (session) => {
        const lines = input.lines.map(lineOf);
        const decided = decideJournal({ reference: input.reference, memo: input.memo, lines });
        if (!decided.ok) return decided;
        const id = entryId(input.reference);
        if ((await documents.entry(id, session)) !== null) {
          return refused(
            userError('REFERENCE_USED', `There is a journal entry ${input.reference} already.`, {
              field: ['input', 'reference'],
            }),
          );
        }
        const entry: JournalEntryRecord = {
          _id: id,
          type: 'JOURNAL_ENTRY',
          number: input.reference,
          reference: input.reference,
          state: 'DRAFT',
          total: decided.value,
          orderNumber: null,
          rmaNumber: null,
          postedOn: input.postedOn,
          memo: input.memo,
          lines,
          settledAt: null,
        };
        await documents.insertEntry(session, entry);
        const { currencyCode } = decided.value;
        await enqueueJournal(session, room, { id, currencyCode, correlationId: caller.correlationId });
        return accepted({ id });
      },
    );
    if (!outcome.done) return { entry: null, replayed: false, userErrors: [...outcome.errors] };
    room.integration.operations.wake('finance');
    const entry = await loaders.documentById.load(outcome.value.id);
    return {
      entry: entry?.type === 'JOURNAL_ENTRY' ? entry : null,
      replayed: outcome.replayed,
      userErrors: [],
    };
  };
}

function lineOf(line: JournalLineInput): JournalLineRequest {
  return {
    account: line.account,
    debit: moneyOf(line.debit),
    credit: moneyOf(line.credit),
    costCenter: line.costCenter || null,
    locationCode: line.locationCode || null,
  };
}

function moneyOf(input: MoneyInput | null | undefined): Money | null {
  return input == null ? null : money(input.amount, input.currencyCode);
}
