import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { NewId } from '../ids.ts';
import { LANES, type Lane, type OperationRecord, UNFINISHED } from './operation.ts';

export interface NewOperation<P> {
  readonly owner: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly aggregate: string;
  readonly correlationId: string;
  readonly idempotencyKey: string;
  readonly lane: Lane;
  readonly steps: readonly { readonly name: string; readonly system: string }[];
  readonly payload: P;
}

export interface Operations {
  readonly model: Model<OperationRecord>;
  /** Writes the operation in the transaction of the state that wants it. Answers its id. Call `wake` after the commit. */
  enqueue<P>(session: ClientSession, operation: NewOperation<P>): Promise<string>;
  /** Tells the owner's dispatchers in this process that there may be work now instead of at their next look. */
  wake(owner: string): void;
  onWake(owner: string, listener: () => void): () => void;
}

/** Waiting behind an earlier operation of the same aggregate: due when that one ends, at the latest never. */
export const NOT_YET = new Date('9999-01-01T00:00:00Z');
/** Finished operations are evidence for a quarter, then they go. Unfinished and parked ones stay. */
const RETENTION_SECONDS = 92 * 24 * 60 * 60;

export function createOperations(options: {
  connection: Connection;
  clock: Clock;
  newId: NewId;
}): Operations {
  const { connection, clock } = options;
  const model: Model<OperationRecord> =
    connection.models['Operation'] ?? connection.model<OperationRecord>('Operation', operationSchema());
  const listeners = new Set<{ readonly owner: string; readonly wake: () => void }>();

  return {
    model,
    async enqueue(session, operation) {
      const now = clock.now();
      const id = options.newId();
      const earlier = await model
        .exists({ aggregate: operation.aggregate, state: { $in: [...UNFINISHED, 'DEAD_LETTERED'] } })
        .session(session);
      await model.create(
        [
          {
            _id: id,
            ...operation,
            laneRank: LANES.indexOf(operation.lane),
            state: 'ACCEPTED',
            steps: operation.steps.map((step) => ({
              ...step,
              state: 'PENDING',
              attempts: 0,
              lastErrorCode: null,
              lastErrorMessage: null,
              nextAttemptAt: now,
              lastAttemptAt: null,
              lastSentAt: null,
              externalId: null,
            })),
            dueAt: earlier === null ? now : NOT_YET,
            leasedBy: null,
            leasedUntil: null,
            createdAt: now,
            updatedAt: now,
            completedAt: null,
          },
        ],
        { session },
      );
      return id;
    },
    wake(owner) {
      for (const listener of listeners) if (listener.owner === owner) listener.wake();
    },
    onWake(owner, wake) {
      const listener = { owner, wake };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function operationSchema(): Schema<OperationRecord> {
  const step = new Schema(
    {
      name: String,
      system: String,
      state: String,
      attempts: Number,
      lastErrorCode: { type: String, default: null },
      lastErrorMessage: { type: String, default: null },
      nextAttemptAt: { type: Date, default: null },
      lastAttemptAt: { type: Date, default: null },
      lastSentAt: { type: Date, default: null },
      externalId: { type: String, default: null },
    },
    { _id: false },
  );
  const schema = new Schema<OperationRecord>(
    {
      _id: String,
      owner: String,
      kind: String,
      subjectId: String,
      aggregate: String,
      correlationId: String,
      idempotencyKey: String,
      lane: String,
      laneRank: Number,
      state: String,
      steps: [step],
      payload: Schema.Types.Mixed,
      dueAt: Date,
      leasedBy: { type: String, default: null },
      leasedUntil: { type: Date, default: null },
      createdAt: Date,
      updatedAt: Date,
      completedAt: { type: Date, default: null },
    },
    { versionKey: false, collection: 'operations', minimize: false },
  );
  schema.index({ owner: 1, state: 1, laneRank: 1, dueAt: 1 });
  schema.index({ aggregate: 1, state: 1, _id: 1 });
  schema.index({ subjectId: 1, _id: 1 });
  schema.index({ state: 1, _id: 1 });
  schema.index(
    { completedAt: 1 },
    { expireAfterSeconds: RETENTION_SECONDS, partialFilterExpression: { state: 'SUCCEEDED' } },
  );
  return schema;
}
