import type { Clock } from '../../../platform/clock.ts';
import { accepted, refused, userError } from '../../../platform/errors.ts';
import { follow } from '../../../platform/graphql/follow.ts';
import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import type { Topic } from '../../../platform/graphql/topic.ts';
import type { Context } from '../context.ts';
import { ageSeconds, type BusinessException as Exception } from '../domain/business-exception.ts';
import type {
  BusinessExceptionResolvers,
  MutationResolvers,
  QueryResolvers,
  SubscriptionResolvers,
} from '../generated.ts';
import type { Room } from '../room.ts';
import { exceptionKey } from '../store/exceptions.ts';
import { needScope } from './access.ts';

export function BusinessException(room: Room): BusinessExceptionResolvers {
  return {
    async __resolveReference({ id }, { caller, loaders }) {
      needScope(caller, 'ops:read');
      const found = await loaders.exceptionById.load(id);
      return found === null ? null : { ...found };
    },
    id: ({ _id }) => _id,
    // Those written down before there were two kinds of people.
    audience: ({ audience }) => audience ?? 'BUSINESS',
    ageSeconds: (exception) => ageSeconds(exception, room.clock.now()),
    operation: ({ operationId }, _args, { loaders }) =>
      operationId === null ? null : loaders.operationById.load(operationId),
  };
}

export function businessExceptions(room: Room): NonNullable<QueryResolvers['businessExceptions']> {
  return async (_parent, { filter, ...args }, { caller }) => {
    needScope(caller, 'ops:read');
    const page = pageRequest(args);
    const olderThanSeconds = filter?.olderThanSeconds ?? null;
    const found = await room.exceptions.listOpen(
      {
        kinds: filter?.kinds ?? undefined,
        openedBefore:
          olderThanSeconds === null
            ? undefined
            : new Date(room.clock.now().getTime() - olderThanSeconds * 1_000),
      },
      page,
    );
    return pageOf(found, page, exceptionKey);
  };
}

/** Closes an exception; one that is closed already stays as it is. */
export function resolveBusinessException(
  room: Room,
): NonNullable<MutationResolvers['resolveBusinessException']> {
  return async (_parent, { input }, { caller, loaders }) => {
    needScope(caller, 'ops:write');
    const resolution = input.resolution.trim();
    const outcome = await room.idempotency.once(
      { identity: caller.identity, mutation: 'resolveBusinessException', key: input.idempotencyKey, input },
      async (session) => {
        if (resolution === '') {
          return refused(
            userError('RESOLUTION_MISSING', 'Say what was done about it.', {
              field: ['input', 'resolution'],
            }),
          );
        }
        const known = await room.exceptions.find(session, input.id);
        if (known === null) {
          return refused(
            userError('EXCEPTION_NOT_FOUND', `There is no exception ${input.id}.`, {
              field: ['input', 'id'],
            }),
          );
        }
        const how = { at: room.clock.now(), resolution, by: caller.identity.subject };
        await room.exceptions.resolve(session, known._id, how);
        return accepted({ operationId: known.operationId });
      },
    );
    if (!outcome.done) return { operation: null, userErrors: [...outcome.errors] };
    room.teller.wake();
    const { operationId } = outcome.value;
    return {
      operation: operationId === null ? null : await loaders.operationById.load(operationId),
      userErrors: [],
    };
  };
}

export function businessExceptionRaised(
  topic: Topic<Exception>,
  clock: Clock,
): NonNullable<SubscriptionResolvers['businessExceptionRaised']> {
  return {
    subscribe(_parent, args, { caller }) {
      needScope(caller, 'ops:read');
      return follow({
        topic,
        clock,
        caller,
        stream: { field: 'businessExceptionRaised', args },
        wanted: ({ kind }) => args.kinds == null || args.kinds.includes(kind),
        events: (raised) => [raised],
        stateOf: ({ _id }) => ({ key: `BusinessException:${_id}` }),
      });
    },
    resolve(raised: unknown, _args: unknown, context: Context) {
      context.loaders = context.newLoaders();
      // What `follow` gives.
      return raised as Exception;
    },
  };
}
