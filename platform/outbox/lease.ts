import type { Model } from 'mongoose';
import type { Clock } from '../clock.ts';
import { type OperationRecord, UNFINISHED } from './operation.ts';

export interface LeaseOptions {
  readonly model: Model<OperationRecord>;
  readonly clock: Clock;
  /** Names this dispatcher; a lease of another one is respected until it runs out. */
  readonly worker: string;
  /** A lease that ran out means that its holder died: the living renew theirs in time. */
  readonly leaseMs: number;
}

/** A leased operation and whether its current step was on the wire when an earlier holder vanished. */
export interface Leased {
  readonly operation: OperationRecord;
  readonly stepIndex: number;
  readonly wasInFlight: boolean;
  /** When the step was last sent before this lease. */
  readonly lastSentAt: Date | null;
}

/** Takes the most urgent due operation of `owner` and marks its current step IN_FLIGHT, durably, before anything is sent. Null: nothing is due. */
export async function leaseNext(owner: string, options: LeaseOptions): Promise<Leased | null> {
  const { model, clock, worker, leaseMs } = options;
  const now = clock.now();
  const before = await model
    .findOneAndUpdate(
      {
        owner,
        state: { $in: [...UNFINISHED] },
        dueAt: { $lte: now },
        $or: [{ leasedUntil: null }, { leasedUntil: { $lte: now } }],
      },
      {
        $set: {
          leasedBy: worker,
          leasedUntil: new Date(now.getTime() + leaseMs),
          state: 'IN_PROGRESS',
          updatedAt: now,
        },
      },
      { sort: { laneRank: 1, dueAt: 1, _id: 1 }, returnDocument: 'before' },
    )
    .lean<OperationRecord>();
  if (before === null) return null;
  const stepIndex = before.steps.findIndex((step) => step.state !== 'SUCCEEDED' && step.state !== 'SKIPPED');
  const step = before.steps[stepIndex];
  if (step === undefined)
    return { operation: before, stepIndex: before.steps.length, wasInFlight: false, lastSentAt: null };
  const wasInFlight = step.state === 'IN_FLIGHT' || step.state === 'IN_DOUBT';
  // Whoever is in doubt asks before anything is sent: when the doubt began must outlive the asking.
  const lastSentAt = wasInFlight ? step.lastSentAt : now;
  await model.updateOne(
    { _id: before._id, leasedBy: worker },
    {
      $set: {
        [`steps.${stepIndex}.state`]: 'IN_FLIGHT',
        [`steps.${stepIndex}.lastAttemptAt`]: now,
        [`steps.${stepIndex}.lastSentAt`]: lastSentAt,
      },
      $inc: { [`steps.${stepIndex}.attempts`]: 1 },
    },
  );
  const operation = structuredClone(before);
  const taken = operation.steps[stepIndex];
  if (taken !== undefined) {
    taken.attempts += 1;
    taken.lastAttemptAt = now;
    taken.lastSentAt = lastSentAt;
  }
  return { operation, stepIndex, wasInFlight, lastSentAt: step.lastSentAt };
}

/** Writes down, durably, that the leased step goes out once more after all; answers when. Throws when the lease was lost: another has it. */
export async function markSent(
  { operation, stepIndex }: Leased,
  { model, clock, worker }: Pick<LeaseOptions, 'model' | 'clock' | 'worker'>,
): Promise<Date> {
  const now = clock.now();
  const { matchedCount } = await model.updateOne(
    { _id: operation._id, leasedBy: worker },
    { $set: { [`steps.${stepIndex}.lastSentAt`]: now } },
  );
  if (matchedCount === 0) throw new Error(`the lease of operation ${operation._id} was lost`);
  return now;
}

/** Holds a leased operation for another `leaseMs` from now. Nothing happens when the lease was lost. */
export async function renewLease(
  { operation }: Leased,
  { model, clock, worker, leaseMs }: LeaseOptions,
): Promise<void> {
  await model.updateOne(
    { _id: operation._id, leasedBy: worker },
    { $set: { leasedUntil: new Date(clock.now().getTime() + leaseMs) } },
  );
}
