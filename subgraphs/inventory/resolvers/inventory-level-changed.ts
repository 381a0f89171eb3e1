import { GraphError } from '../../../platform/errors.ts';
import { follow } from '../../../platform/graphql/follow.ts';
import { isShopperOnly } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import type { LevelRecord } from '../store/records.ts';
import { confirmedLevel } from './references.ts';

export function inventoryLevelChanged(
  room: Room,
): NonNullable<SubscriptionResolvers['inventoryLevelChanged']> {
  return {
    subscribe(_, args, { caller }) {
      if (isShopperOnly(caller.identity))
        throw new GraphError('FORBIDDEN', 'stock levels are shown to staff only');
      return follow({
        topic: room.levelChanges,
        clock: room.clock,
        caller,
        stream: { field: 'inventoryLevelChanged', args },
        wanted: (level: LevelRecord) => level.locationId === args.locationId,
        events: (level) => [level],
        stateOf: ({ _id }) => ({ key: `InventoryLevel:${_id}` }),
      });
    },
    resolve: (level: LevelRecord, _: unknown, context: Context) => {
      context.loaders = context.newLoaders();
      return confirmedLevel(level, room.clock.now());
    },
  };
}
