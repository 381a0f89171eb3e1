import type { Clock } from '../../../platform/clock.ts';
import { systemState } from '../domain/system-state.ts';
import type { QueryResolvers, SystemResolvers } from '../generated.ts';
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
