import type { ClientSession, Model } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { Leased } from './lease.ts';
import {
  type OperationRecord,
  type OperationState,
  type OperationStepRecord,
  type StepMove,
  withCurrent,
} from './operation.ts';
import { NOT_YET } from './operations.ts';

/** Why a step is asked about again although its system is well. */
export const STILL_SETTLING = 'STILL_SETTLING';

export interface RecordMoveOptions {
  readonly store: Store;
  readonly model: Model<OperationRecord>;
  readonly clock: Clock;
  readonly worker: string;
  readonly onStep:
    | ((session: ClientSession, operation: OperationRecord, step: OperationStepRecord) => Promise<void>)
    | undefined;
}

/**
 * Writes what became of a step, tells the owner in the same transaction, and lets those go that waited for this operation when it
 * succeeded. Nothing is written when the lease was lost meanwhile: whoever has it finds out for itself.
 */
export async function recordMove(leased: Leased, move: StepMove, options: RecordMoveOptions): Promise<void> {
  const { model, clock, worker } = options;
  return options.store.transaction(async (session) => {
    const operation = structuredClone(leased.operation);
    const step = operation.steps[leased.stepIndex];
    if (step === undefined) return;
    const now = clock.now();
    applyMove(step, move, now);
    const state = stateAfter(operation, move);
    const ended = state === 'SUCCEEDED' || state === 'DEAD_LETTERED';
    const next = withCurrent(operation.steps, ended);
    const changed = {
      ...next,
      state,
      repeat: isRepeat(step, move),
      updatedAt: now,
      completedAt: ended ? now : null,
      dueAt: ended ? NOT_YET : (step.nextAttemptAt ?? now),
      leasedBy: null,
      leasedUntil: null,
    };
    Object.assign(operation, changed);
    const kept = await model
      .findOneAndUpdate(
        { _id: operation._id, leasedBy: worker },
        { $set: changed },
        { session, returnDocument: 'after', projection: { followers: 1 } },
      )
      .lean<Pick<OperationRecord, 'followers'>>();
    if (kept === null) return;
    await options.onStep?.(session, operation, step);
    if (state === 'SUCCEEDED' && kept.followers > 0) await letGo(model, operation._id, now, session);
  });
}

/** The question after a doubtful call is no repeat of it, nor is asking again while the system settles. */
function isRepeat({ attempts, lastErrorCode }: OperationStepRecord, move: StepMove): boolean {
  if (move.step === 'PENDING') return true;
  return move.step === 'IN_DOUBT' && attempts > 1 && lastErrorCode !== STILL_SETTLING;
}

function applyMove(step: OperationStepRecord, move: StepMove, now: Date): void {
  step.state = move.step;
  if (move.step === 'SUCCEEDED') {
    step.externalId = move.externalId;
    step.nextAttemptAt = null;
    step.lastErrorCode = null;
    step.lastErrorMessage = null;
    return;
  }
  step.lastErrorCode = move.code;
  step.lastErrorMessage = move.message.slice(0, 1_000);
  step.nextAttemptAt = move.step === 'FAILED' ? null : new Date(now.getTime() + move.retryInMs);
}

function stateAfter(operation: OperationRecord, move: StepMove): OperationState {
  if (move.step === 'FAILED') return 'DEAD_LETTERED';
  return operation.steps.every((step) => step.state === 'SUCCEEDED' || step.state === 'SKIPPED')
    ? 'SUCCEEDED'
    : 'IN_PROGRESS';
}

/** Those that waited for this one alone are due now. A parked operation keeps those behind it waiting. */
async function letGo(
  model: Model<OperationRecord>,
  id: string,
  now: Date,
  session: ClientSession,
): Promise<void> {
  const waiting = await model
    .find({ behind: id }, { behind: 1, notBefore: 1 })
    .session(session)
    .lean<Pick<OperationRecord, '_id' | 'behind' | 'notBefore'>[]>();
  for (const { _id, behind, notBefore } of waiting) {
    const left = behind.filter((other) => other !== id);
    const dueAt = left.length > 0 ? NOT_YET : notBefore !== null && notBefore > now ? notBefore : now;
    await model.updateOne({ _id }, { $set: { behind: left, dueAt } }, { session });
  }
}
