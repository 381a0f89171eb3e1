import type { ClientSession, Model } from 'mongoose';
import type { Clock } from '../clock.ts';
import { accepted, type Decision, refused, userError } from '../errors.ts';
import { type OperationRecord, withCurrent } from './operation.ts';

/**
 * Puts a parked operation back to work, from its failed step or from `fromStep`. Refuses with OPERATION_NOT_FOUND,
 * OPERATION_NOT_PARKED (it is running or done) or STEP_UNKNOWN. Steps before the chosen one keep what they achieved; external
 * keys stay the same, so a step that did happen after all is recognised by its system. The chosen step asks before it sends.
 */
export async function replayOperation(
  session: ClientSession,
  request: { id: string; fromStep: string | null; notBefore?: Date },
  options: { model: Model<OperationRecord>; clock: Clock },
): Promise<Decision<OperationRecord>> {
  const operation = await options.model.findById(request.id).session(session).lean<OperationRecord>();
  if (operation === null)
    return refused(
      userError('OPERATION_NOT_FOUND', `There is no operation ${request.id}.`, { field: ['input', 'id'] }),
    );
  if (operation.state !== 'DEAD_LETTERED') {
    return refused(
      userError(
        'OPERATION_NOT_PARKED',
        `The operation is ${operation.state}; only a dead-lettered one can be replayed.`,
        { field: ['input', 'id'] },
      ),
    );
  }
  const from =
    request.fromStep === null
      ? operation.steps.findIndex((step) => step.state === 'FAILED')
      : operation.steps.findIndex((step) => step.name === request.fromStep);
  if (from < 0) {
    const names = operation.steps.map((step) => step.name).join(', ');
    return refused(
      userError('STEP_UNKNOWN', `The operation has no such step; it has: ${names}.`, {
        field: ['input', 'fromStep'],
      }),
    );
  }
  const now = options.clock.now();
  const dueAt = request.notBefore ?? now;
  operation.steps.forEach((step, index) => {
    if (index < from) return;
    step.state = index === from ? 'IN_DOUBT' : 'PENDING';
    step.attempts = 0;
    step.surprises = 0;
    step.nextAttemptAt = dueAt;
  });
  const change = {
    ...withCurrent(operation.steps, false),
    state: 'IN_PROGRESS' as const,
    repeat: false,
    dueAt,
    updatedAt: now,
    completedAt: null,
  };
  await options.model.updateOne(
    { _id: operation._id, state: 'DEAD_LETTERED' },
    { $set: change },
    { session },
  );
  return accepted({ ...operation, ...change });
}
