import { GraphError } from '../../../platform/errors.ts';
import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import { isShopperOnly } from '../../../platform/identity/identity.ts';
import { quantity } from '../../../platform/quantity.ts';
import type { Context } from '../context.ts';
import type { QueryResolvers, Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { confirmedLevel } from './references.ts';

export function assertStaff({ caller }: Context): void {
  if (isShopperOnly(caller.identity)) throw new GraphError('FORBIDDEN', 'this is shown to staff only');
}

/** What waits for somebody, newest first. */
export function discrepanciesQuery(room: Room): NonNullable<QueryResolvers['inventoryDiscrepancies']> {
  return async (_, args, context) => {
    assertStaff(context);
    const request = pageRequest(args);
    const found = await room.store.discrepancies.list({
      state: args.state ?? 'OPEN',
      locationId: args.locationId ?? null,
      after: request.after,
      limit: request.first + 1,
    });
    return pageOf(found, request, ({ id }) => id);
  };
}

export function discrepancyFields(room: Room): Pick<Resolvers, 'InventoryDiscrepancy'> {
  return {
    InventoryDiscrepancy: {
      async __resolveReference({ id }, { caller }) {
        if (isShopperOnly(caller.identity)) return null;
        const found = (await room.store.discrepancies.byIds([id])).get(id);
        return found === undefined ? null : { ...found };
      },
      async level({ levelId }, _, { loaders }) {
        const level = await loaders.levelById.load(levelId);
        if (level === null) throw new Error(`there is no level ${levelId} any more`);
        return confirmedLevel(level, room.clock.now());
      },
      expected: ({ expected, unit }) => quantity(expected, unit),
      observed: ({ observed, unit }) => quantity(observed, unit),
    },
  };
}
