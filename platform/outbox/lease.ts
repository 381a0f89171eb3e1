import type { Model } from 'mongoose';
import type { Clock } from '../clock.ts';
import { currentStep, type OperationRecord } from './operation.ts';

export interface LeaseOptions {
  readonly model: Model<OperationRecord>;
  readonly clock: Clock;
  /** Names this dispatcher; a lease of another one is respected until it runs out. */
  readonly worker: string;
  /** A lease that ran out means that its holder died: the living renew theirs in time. */
  readonly leaseMs: number;
}

/** The work a dispatcher may take on next. */
export interface Wanted {
  readonly owner: string;
  readonly system: string;
  readonly laneRank: number;
  /** Whether calls that repeat a failed one are wanted as well. */
  readonly repeats: boolean;
}

/** A leased operation and whether its current step was on the wire when an earlier holder vanished. */
export interface Leased {
  readonly operation: OperationRecord;
  readonly stepIndex: number;
  readonly wasInFlight: boolean;
  /** When the step was last sent before this lease. */
  readonly lastSentAt: Date | null;
}

/** Whether there is anything to do at once. */
export async function hasDue(
  wanted: Pick<Wanted, 'owner' | 'system'> & {
    readonly laneRank: number | { readonly $in: readonly number[] };
  },
  { model, clock }: Pick<LeaseOptions, 'model' | 'clock'>,
): Promise<boolean> {
  const { owner, system } = wanted;
  const laneRank = typeof wanted.laneRank === 'number' ? wanted.laneRank : { $in: [...wanted.laneRank.$in] };
  return (await model.exists({ owner, system, laneRank, dueAt: { $lte: clock.now() } })) !== null;
}

/**
 * Takes the longest due operation that is wanted and marks its current step IN_FLIGHT, durably and in one write, before anything is
 * sent. Null: nothing is due. A leased operation is due again when its lease runs out: then its holder has died.
 */
export async function leaseNext(wanted: Wanted, options: LeaseOptions): Promise<Leased | null> {
  const { model, clock, worker, leaseMs } = options;
  const { owner, system, laneRank, repeats } = wanted;
  const now = clock.now();
  const leasedUntil = new Date(now.getTime() + leaseMs);
  const before = await model
    .findOneAndUpdate(
      { owner, system, laneRank, dueAt: { $lte: now }, ...(repeats ? {} : { repeat: false }) },
      {
        $set: {
          leasedBy: worker,
          leasedUntil,
          dueAt: leasedUntil,
          state: 'IN_PROGRESS',
          updatedAt: now,
          'steps.$[now].state': 'IN_FLIGHT',
          'steps.$[now].lastAttemptAt': now,
          // Whoever is in doubt asks before anything is sent: when the doubt began must outlive the asking.
          'steps.$[fresh].lastSentAt': now,
        },
        $inc: { 'steps.$[now].attempts': 1 },
      },
      {
        sort: { dueAt: 1, _id: 1 },
        returnDocument: 'before',
        arrayFilters: [{ 'now.current': true }, { 'fresh.current': true, 'fresh.state': 'PENDING' }],
      },
    )
    .lean<OperationRecord>();
  if (before === null) return null;
  const stepIndex = currentStep(before.steps);
  const operation = structuredClone(before);
  const step = operation.steps[stepIndex];
  if (step === undefined) return { operation, stepIndex, wasInFlight: false, lastSentAt: null };
  const { lastSentAt } = step;
  const wasInFlight = step.state === 'IN_FLIGHT' || step.state === 'IN_DOUBT';
  step.attempts += 1;
  step.lastAttemptAt = now;
  if (!wasInFlight) step.lastSentAt = now;
  return { operation, stepIndex, wasInFlight, lastSentAt };
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
  const leasedUntil = new Date(clock.now().getTime() + leaseMs);
  await model.updateOne(
    { _id: operation._id, leasedBy: worker },
    { $set: { leasedUntil, dueAt: leasedUntil } },
  );
}
