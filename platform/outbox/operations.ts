import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { NewId } from '../ids.ts';
import {
  LANES,
  type Lane,
  type OperationAbout,
  type OperationRecord,
  UNFINISHED,
  withCurrent,
} from './operation.ts';

export interface NewOperation<P> {
  readonly owner: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly aggregate: string;
  /** Default: no channel and no place of its own. */
  readonly about?: OperationAbout;
  readonly correlationId: string;
  readonly idempotencyKey: string;
  readonly lane: Lane;
  readonly steps: readonly { readonly name: string; readonly system: string }[];
  readonly payload: P;
  /** Other aggregates whose unfinished operations go first: the customer's before the order that names them. Default none. */
  readonly after?: readonly string[];
  /** Not to be tried before. Default at once. */
  readonly notBefore?: Date;
}

export interface Operations {
  readonly model: Model<OperationRecord>;
  /** Writes the operation in the transaction of the state that wants it. Answers its id. Call `wake` after the commit. */
  enqueue<P>(session: ClientSession, operation: NewOperation<P>): Promise<string>;
  /** Tells the owner's dispatchers in this process that there may be work now instead of at their next look. */
  wake(owner: string): void;
  /** The same for every owner: a system may be called again. */
  wakeAll(): void;
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
      const { after, notBefore, ...facts } = operation;
      const behind = await lineUp(model, [operation.aggregate, ...(after ?? [])], session);
      const steps = operation.steps.map((step) => ({
        ...step,
        current: false,
        state: 'PENDING' as const,
        attempts: 0,
        surprises: 0,
        lastErrorCode: null,
        lastErrorMessage: null,
        nextAttemptAt: notBefore ?? now,
        lastAttemptAt: null,
        lastSentAt: null,
        externalId: null,
      }));
      await model.create(
        [
          {
            ...facts,
            _id: id,
            laneRank: LANES.indexOf(operation.lane),
            state: 'ACCEPTED',
            ...withCurrent(steps, false),
            repeat: false,
            dueAt: behind.length === 0 ? (notBefore ?? now) : NOT_YET,
            notBefore: notBefore ?? null,
            behind,
            followers: 0,
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
    wakeAll() {
      for (const listener of listeners) listener.wake();
    },
    onWake(owner, wake) {
      const listener = { owner, wake };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * The unfinished operations of these aggregates, each told that one more waits for it. Being told is a write: should one of them end at
 * this very moment, one of the two transactions runs again, and nobody waits for what is over.
 */
async function lineUp(
  model: Model<OperationRecord>,
  aggregates: readonly string[],
  session: ClientSession,
): Promise<string[]> {
  const earlier = await model
    .find(
      { aggregate: { $in: [...aggregates] }, state: { $in: [...UNFINISHED, 'DEAD_LETTERED'] } },
      { _id: 1 },
    )
    .session(session)
    .lean<Pick<OperationRecord, '_id'>[]>();
  const ids = earlier.map(({ _id }) => _id);
  if (ids.length > 0) await model.updateMany({ _id: { $in: ids } }, { $inc: { followers: 1 } }, { session });
  return ids;
}

function operationSchema(): Schema<OperationRecord> {
  const step = new Schema(
    {
      name: String,
      system: String,
      current: { type: Boolean, default: false },
      state: String,
      attempts: Number,
      surprises: { type: Number, default: 0 },
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
      about: new Schema({ channelId: String, locationId: String }, { _id: false }),
      correlationId: String,
      idempotencyKey: String,
      lane: String,
      laneRank: Number,
      state: String,
      steps: [step],
      payload: Schema.Types.Mixed,
      system: { type: String, default: null },
      repeat: { type: Boolean, default: false },
      dueAt: Date,
      notBefore: { type: Date, default: null },
      behind: [String],
      followers: { type: Number, default: 0 },
      leasedBy: { type: String, default: null },
      leasedUntil: { type: Date, default: null },
      createdAt: Date,
      updatedAt: Date,
      completedAt: { type: Date, default: null },
    },
    { versionKey: false, collection: 'operations', minimize: false },
  );
  // What a dispatcher looks for: the oldest due work of one lane for one system, found without reading past the rest.
  schema.index({ owner: 1, system: 1, laneRank: 1, dueAt: 1, _id: 1 });
  schema.index({ behind: 1 });
  schema.index({ aggregate: 1, state: 1, _id: 1 });
  schema.index({ subjectId: 1, _id: 1 });
  schema.index({ state: 1, _id: 1 });
  schema.index(
    { completedAt: 1 },
    { expireAfterSeconds: RETENTION_SECONDS, partialFilterExpression: { state: 'SUCCEEDED' } },
  );
  return schema;
}
