import { documentStep } from '../../../connectors/document-step.ts';
import type { OperationHandler } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import type { Room } from '../room.ts';
import type { JournalPayload } from '../store/outbox.ts';

/** How a journal entry gets into the ERP's general ledger. */
export function journalOperation(room: Room): OperationHandler {
  const { documents } = room.finance;
  // Written by store/outbox.ts with this payload.
  const payloadOf = (operation: OperationRecord) => operation.payload as JournalPayload;
  return {
    kind: 'journal.post',
    steps: {
      post: documentStep({
        connector: room.erp,
        clock: room.clock,
        kind: 'journalEntry',
        keep: 'number',
        async documentOf(operation) {
          const { entryId, currencyCode } = payloadOf(operation);
          const entry = await documents.entry(entryId);
          if (entry === null) throw new Error(`journal entry ${entryId} is gone`);
          return {
            reference: entry.reference,
            postedOn: entry.postedOn,
            currencyCode,
            memo: entry.memo,
            correlationId: operation.correlationId,
            lines: entry.lines.map((line) => ({
              account: line.account,
              debit: line.debit?.amount,
              credit: line.credit?.amount,
              costCenter: line.costCenter ?? undefined,
              locationCode: line.locationCode ?? undefined,
            })),
          };
        },
      }),
    },
    async onStep(session, operation, step) {
      const { entryId } = payloadOf(operation);
      if (step.state === 'SUCCEEDED') {
        const number = step.externalId ?? undefined;
        await documents.settleEntry(session, entryId, {
          state: 'POSTED',
          settledAt: operation.updatedAt,
          ...(number === undefined ? {} : { number }),
        });
      } else if (step.state === 'FAILED')
        await documents.settleEntry(session, entryId, {
          state: 'REJECTED',
          settledAt: operation.updatedAt,
        });
    },
  };
}
