import { GraphError } from '../../../platform/errors.ts';
import { follow } from '../../../platform/graphql/follow.ts';
import { isShopperOnly } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import type { Availability } from '../domain/availability.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import type { LevelRecord } from '../store/collections.ts';
import { assertFewVariants, loadAvailability, MAX_VARIANTS } from './availability.ts';
import { confirmedLevel } from './references.ts';

export function availabilityChanged(room: Room): NonNullable<SubscriptionResolvers['availabilityChanged']> {
  return {
    async subscribe(_, args, context) {
      assertFewVariants(args.variantIds, MAX_VARIANTS.subscription);
      const variantIds = new Set(args.variantIds);
      const locationIds = args.locationIds == null ? null : new Set(args.locationIds);
      const lastStatus = new Map<string, string>();
      const load = (variantId: string) => {
        context.loaders = context.newLoaders();
        return loadAvailability(room, context, { id: variantId }, args);
      };
      return follow({
        topic: room.levelChanges,
        clock: room.clock,
        caller: context.caller,
        stream: { field: 'availabilityChanged', args },
        wanted: ({ variantId, locationId }: LevelRecord) =>
          variantIds.has(variantId) && (locationIds === null || locationIds.has(locationId)),
        async events({ variantId }) {
          const availability = await load(variantId);
          if (args.thresholdsOnly !== true) return [availability];
          const isSame = lastStatus.get(variantId) === availability.status;
          lastStatus.set(variantId, availability.status);
          return isSame ? [] : [availability];
        },
        stateOf: ({ variantId }) => ({ key: `Availability:${variantId}` }),
        ...(args.thresholdsOnly === true && {
          async begin() {
            for (const { variantId, status } of await Promise.all([...variantIds].map(load)))
              lastStatus.set(variantId, status);
          },
          memory: statusMemory([...variantIds], lastStatus),
        }),
      });
    },
    resolve: (availability: Availability, _: unknown, context: Context) => {
      context.loaders = context.newLoaders();
      return availability;
    },
  };
}

/** The statuses last told, in the order of the variants asked for: a cursor with a hundred of them stays short. */
function statusMemory(variantIds: readonly string[], lastStatus: Map<string, string>) {
  return {
    save: () => variantIds.map((variantId) => lastStatus.get(variantId) ?? null),
    restore(saved: unknown) {
      if (!Array.isArray(saved)) return;
      for (const [index, variantId] of variantIds.entries()) {
        const status: unknown = saved[index];
        if (typeof status === 'string') lastStatus.set(variantId, status);
      }
    },
  };
}

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
