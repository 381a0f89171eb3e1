import { type Connection, type Model, Schema } from 'mongoose';
import { documentStep } from '../../connectors/document-step.ts';
import type { Connector } from '../../connectors/port.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import type { Integration } from '../../platform/integration.ts';
import type { OperationHandler } from '../../platform/outbox/dispatcher.ts';
import type { Store } from '../../platform/store/store.ts';

/** The owner and the kind of the operations that are measured. */
export const OWNER = 'bench';
const KIND = 'bench.post';

interface Entry {
  _id: string;
  state: string;
  number: string | null;
}

/** What wants the effect: an entry of ours, written with its operation, told what became of it: what every room does. */
export function entriesOf(connection: Connection): Model<Entry> {
  return connection.model<Entry>(
    'Entry',
    new Schema<Entry>(
      { _id: String, state: String, number: { type: String, default: null } },
      { versionKey: false, collection: 'entries' },
    ),
  );
}

export function cpuMs({ user, system }: NodeJS.CpuUsage): number {
  return Math.round((user + system) / 1_000);
}

/** Writes `count` entries with their operations in one transaction. */
export function submit(
  { store, integration, entries }: { store: Store; integration: Integration; entries: Model<Entry> },
  count: number,
): Promise<void> {
  return store.transaction(async (session) => {
    for (let n = 0; n < count; n += 1) {
      const id = newId();
      await entries.create([{ _id: id, state: 'DRAFT', number: null }], { session });
      await integration.operations.enqueue(session, {
        owner: OWNER,
        kind: KIND,
        subjectId: id,
        aggregate: `entry:${id}`,
        correlationId: id,
        idempotencyKey: id,
        lane: 'order',
        steps: [{ name: 'post', system: 'erp' }],
        payload: {},
      });
    }
  });
}

/** Files the entry with the ERP over HTTP and writes its number onto it. */
export function ledgerHandler(options: {
  erp: Connector;
  clock: Clock;
  entries: Model<Entry>;
}): OperationHandler {
  const { erp, clock, entries } = options;
  return {
    kind: KIND,
    steps: {
      post: documentStep({
        connector: erp,
        kind: 'journalEntry',
        clock,
        keep: 'number',
        documentOf: ({ subjectId, correlationId }) => ({
          reference: subjectId,
          postedOn: '2026-01-01',
          currencyCode: 'EUR',
          memo: 'bench',
          correlationId,
          lines: [
            { account: '1000', debit: '10.00' },
            { account: '8000', credit: '10.00' },
          ],
        }),
      }),
    },
    async onStep(session, operation, step) {
      if (step.state !== 'SUCCEEDED') return;
      await entries.updateOne(
        { _id: operation.subjectId },
        { $set: { state: 'POSTED', number: step.externalId } },
        { session },
      );
    },
  };
}
