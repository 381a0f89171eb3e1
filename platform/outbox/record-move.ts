import type { ClientSession, Model } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { Leased } from './lease.ts';
import type { OperationRecord, OperationState, OperationStepRecord, StepMove } from './operation.ts';
import { NOT_YET } from './operations.ts';

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
 * Writes what became of a step, tells the owner in the same transaction, and lets the aggregate's next operation go when this one
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
    const finished = state === 'SUCCEEDED' || state === 'DEAD_LETTERED';
    operation.state = state;
    operation.updatedAt = now;
    operation.completedAt = finished ? now : null;
    operation.dueAt = step.nextAttemptAt ?? now;
    const { modifiedCount } = await model.updateOne(
      { _id: operation._id, leasedBy: worker },
      {
        $set: {
          steps: operation.steps,
          state,
          updatedAt: now,
          completedAt: operation.completedAt,
          dueAt: operation.dueAt,
          leasedBy: null,
          leasedUntil: null,
        },
      },
      { session },
    );
    if (modifiedCount === 0) return;
    await options.onStep?.(session, operation, step);
    if (state === 'SUCCEEDED') await releaseNext(model, operation.aggregate, now, session);
  });
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

/** A parked operation keeps those behind it waiting; a finished one lets the oldest go. */
async function releaseNext(
  model: Model<OperationRecord>,
  aggregate: string,
  now: Date,
  session: ClientSession,
): Promise<void> {
  await model.findOneAndUpdate(
    { aggregate, state: 'ACCEPTED', dueAt: NOT_YET },
    { $set: { dueAt: now } },
    { session, sort: { _id: 1 } },
  );
}
