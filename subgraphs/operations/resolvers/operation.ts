import type { Clock } from '../../../platform/clock.ts';
import { accepted } from '../../../platform/errors.ts';
import { follow } from '../../../platform/graphql/follow.ts';
import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import type { Topic } from '../../../platform/graphql/topic.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import { replayOperation as replay } from '../../../platform/outbox/replay.ts';
import type {
  MutationResolvers,
  OperationResolvers,
  QueryResolvers,
  SubscriptionResolvers,
} from '../generated.ts';
import type { Room } from '../room.ts';
import { listOperations } from '../store/operations.ts';
import { needScope } from './access.ts';

/** Whoever was given an operation, with the order they placed for example, may see it: it is reached through what they may see. */
export const Operation: OperationResolvers = {
  async __resolveReference({ id }, { loaders }) {
    const found = await loaders.operationById.load(id);
    return found === null ? null : { ...found };
  },
  id: ({ _id }) => _id,
};

export const operation: NonNullable<QueryResolvers['operation']> = (_parent, { id }, { caller, loaders }) => {
  needScope(caller, 'ops:read');
  return loaders.operationById.load(id);
};

export function operations(room: Room): NonNullable<QueryResolvers['operations']> {
  return async (_parent, { filter, ...args }, { caller }) => {
    needScope(caller, 'ops:read');
    const page = pageRequest(args);
    const found = await listOperations(
      room.integration.operations.model,
      {
        kinds: filter?.kinds ?? undefined,
        states: filter?.states ?? undefined,
        system: filter?.system ?? undefined,
        subjectId: filter?.subjectId ?? undefined,
        correlationId: filter?.correlationId ?? undefined,
      },
      page,
    );
    return pageOf(found, page, ({ _id }) => _id);
  };
}

export function replayOperation(room: Room): NonNullable<MutationResolvers['replayOperation']> {
  return async (_parent, { input }, { caller, loaders }) => {
    needScope(caller, 'ops:replay');
    const outcome = await room.idempotency.once(
      { identity: caller.identity, mutation: 'replayOperation', key: input.idempotencyKey, input },
      async (session) => {
        const { model } = room.integration.operations;
        const request = { id: input.id, fromStep: input.fromStep ?? null };
        const replayed = await replay(session, request, { model, clock: room.clock });
        return replayed.ok ? accepted({ id: replayed.value._id, owner: replayed.value.owner }) : replayed;
      },
    );
    if (!outcome.done) return { operation: null, userErrors: [...outcome.errors] };
    room.integration.operations.wake(outcome.value.owner);
    room.logger.info(
      { operation: input.id, by: caller.identity.subject, correlationId: caller.correlationId },
      'an operation was put back to work',
    );
    return { operation: await loaders.operationById.load(outcome.value.id), userErrors: [] };
  };
}

export function operationUpdated(
  topic: Topic<OperationRecord>,
  clock: Clock,
): NonNullable<SubscriptionResolvers['operationUpdated']> {
  return {
    subscribe(_parent, args, { caller, loaders }) {
      needScope(caller, 'ops:read');
      return follow({
        topic,
        clock,
        caller,
        stream: { field: 'operationUpdated', args },
        wanted: (changed) => changed._id === args.id,
        events: (changed) => [changed],
        present: async () => [await loaders.operationById.load(args.id)].flatMap((found) => found ?? []),
        stateOf: ({ _id }) => ({ key: `Operation:${_id}` }),
      });
    },
    // What `follow` gives.
    resolve: (changed: unknown) => changed as OperationRecord,
  };
}
