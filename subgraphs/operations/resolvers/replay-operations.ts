import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import { type ReplayMany, replayMany } from '../../../platform/outbox/replay-many.ts';
import type { MutationResolvers, ReplayOperationsInput } from '../generated.ts';
import type { Room } from '../room.ts';
import { needScope } from './access.ts';

const LIMIT_MOST = 1_000;
const LIMIT_DEFAULT = 100;
const PER_SECOND_MOST = 100;
const PER_SECOND_DEFAULT = 10;

/** Puts what is parked back to work in one go, at a rate. */
export function replayOperations(room: Room): NonNullable<MutationResolvers['replayOperations']> {
  return async (_parent, { input }, { caller }) => {
    needScope(caller, 'ops:replay');
    const { operations } = room.integration;
    const outcome = await room.idempotency.once(
      { identity: caller.identity, mutation: 'replayOperations', key: input.idempotencyKey, input },
      async (session) => {
        const request = read(input);
        if (!request.ok) return request;
        const { ids, owners, left, lastDueAt } = await replayMany(session, request.value, {
          model: operations.model,
          clock: room.clock,
        });
        return accepted({ replayed: ids.length, left, owners, lastDueAt: lastDueAt?.toISOString() ?? null });
      },
    );
    if (!outcome.done) return { replayed: 0, left: 0, lastDueAt: null, userErrors: [...outcome.errors] };
    const { replayed, left, owners, lastDueAt } = outcome.value;
    for (const owner of owners) operations.wake(owner);
    room.logger.info(
      { replayed, left, by: caller.identity.subject, correlationId: caller.correlationId },
      'operations were put back to work',
    );
    return { replayed, left, lastDueAt, userErrors: [] };
  };
}

function read(input: ReplayOperationsInput): Decision<ReplayMany> {
  const limit = input.limit ?? LIMIT_DEFAULT;
  const perSecond = input.perSecond ?? PER_SECOND_DEFAULT;
  const problems: UserErrorValue[] = [];
  if (limit < 1 || limit > LIMIT_MOST) problems.push(outOfRange('limit', LIMIT_MOST));
  if (perSecond < 1 || perSecond > PER_SECOND_MOST) problems.push(outOfRange('perSecond', PER_SECOND_MOST));
  if (problems.length > 0) return refused(...problems);
  return accepted({
    system: input.system ?? null,
    kinds: input.kinds ?? null,
    errorCode: input.errorCode ?? null,
    limit,
    perSecond,
  });
}

function outOfRange(field: string, most: number): UserErrorValue {
  return userError('OUT_OF_RANGE', `${field} is 1 to ${most}.`, { field: ['input', field] });
}
