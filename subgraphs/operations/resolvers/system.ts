import type { Clock } from '../../../platform/clock.ts';
import { accepted, refused, userError } from '../../../platform/errors.ts';
import { systemState } from '../domain/system-state.ts';
import type { MutationResolvers, QueryResolvers, SystemResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { needScope } from './access.ts';

export function System(clock: Clock): SystemResolvers {
  return {
    async __resolveReference({ code }, { caller, loaders }) {
      needScope(caller, 'ops:read');
      const found = await loaders.systemByCode.load(code);
      return found === null ? null : { ...found };
    },
    code: ({ _id }) => _id,
    state: async (system, _args, { loaders }) =>
      systemState(system, await loaders.backlogBySystem.load(system._id), clock.now()),
    pausedAt: ({ paused }) => paused?.at ?? null,
    pauseReason: ({ paused }) => paused?.reason ?? null,
    backlog: async ({ _id }, _args, { loaders }) => (await loaders.backlogBySystem.load(_id)).count,
    async oldestBacklogSeconds({ _id }, _args, { loaders }) {
      const { oldestAt } = await loaders.backlogBySystem.load(_id);
      if (oldestAt === null) return null;
      return Math.max(0, Math.floor((clock.now().getTime() - oldestAt.getTime()) / 1_000));
    },
  };
}

export function systems(room: Room): NonNullable<QueryResolvers['systems']> {
  return (_parent, _args, { caller }) => {
    needScope(caller, 'ops:read');
    return room.integration.health.model.find().sort({ _id: 1 }).lean();
  };
}

export const pauseSystem = (room: Room): NonNullable<MutationResolvers['pauseSystem']> =>
  systemAction(room, 'pause');
export const resumeSystem = (room: Room): NonNullable<MutationResolvers['resumeSystem']> =>
  systemAction(room, 'resume');

function systemAction(room: Room, action: 'pause' | 'resume'): NonNullable<MutationResolvers['pauseSystem']> {
  return async (_parent, { input }, { caller, loaders }) => {
    needScope(caller, 'ops:write');
    const { health, operations } = room.integration;
    const by = caller.identity.subject;
    const reason = input.reason.trim();
    const outcome = await room.idempotency.once(
      { identity: caller.identity, mutation: `${action}System`, key: input.idempotencyKey, input },
      async (session) => {
        if (reason === '')
          return refused(userError('REASON_MISSING', 'Say why.', { field: ['input', 'reason'] }));
        const known =
          action === 'pause'
            ? await health.pause(session, input.code, { by, reason })
            : await health.resume(session, input.code);
        return known
          ? accepted({ code: input.code })
          : refused(
              userError('SYSTEM_NOT_FOUND', `There is no system ${input.code}.`, {
                field: ['input', 'code'],
              }),
            );
      },
    );
    if (!outcome.done) return { system: null, userErrors: [...outcome.errors] };
    if (action === 'resume') operations.wakeAll();
    room.logger.info(
      { system: input.code, action, by, reason, correlationId: caller.correlationId },
      'calls to a system',
    );
    return { system: await loaders.systemByCode.load(outcome.value.code), userErrors: [] };
  };
}
