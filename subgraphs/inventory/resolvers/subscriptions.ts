import { GraphError } from '../../../platform/errors.ts';
import { isShopperOnly } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import type { Availability } from '../domain/availability.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import type { LevelRecord } from '../store/collections.ts';
import { assertFewVariants, loadAvailability } from './availability.ts';
import { confirmedLevel } from './references.ts';

/** What one change means for one subscriber; null: nothing to tell. */
type Tell<T> = (level: LevelRecord) => Promise<T | null>;

export function availabilityChanged(room: Room): NonNullable<SubscriptionResolvers['availabilityChanged']> {
  return {
    async subscribe(_, args, context) {
      assertFewVariants(args.variantIds);
      const variantIds = new Set(args.variantIds);
      const locationIds = args.locationIds == null ? null : new Set(args.locationIds);
      const lastStatus = new Map<string, string>();
      const changes = room.levelChanges.subscribe(
        ({ variantId, locationId }) =>
          variantIds.has(variantId) && (locationIds === null || locationIds.has(locationId)),
      );
      const load = (variantId: string) => {
        context.loaders = context.newLoaders();
        return loadAvailability(room, context, { id: variantId }, args);
      };
      if (args.thresholdsOnly === true) {
        // After subscribing, so that no crossing falls between the two.
        for (const { variantId, status } of await Promise.all([...variantIds].map(load)))
          lastStatus.set(variantId, status);
      }
      const tell: Tell<Availability> = async ({ variantId }) => {
        const availability = await load(variantId);
        const isSame = lastStatus.get(variantId) === availability.status;
        lastStatus.set(variantId, availability.status);
        return args.thresholdsOnly === true && isSame ? null : availability;
      };
      return mapped(changes, tell);
    },
    resolve: (availability: Availability, _: unknown, context: Context) => {
      context.loaders = context.newLoaders();
      return availability;
    },
  };
}

export function inventoryLevelChanged(
  room: Room,
): NonNullable<SubscriptionResolvers['inventoryLevelChanged']> {
  return {
    subscribe(_, { locationId }, { caller }) {
      if (isShopperOnly(caller.identity))
        throw new GraphError('FORBIDDEN', 'stock levels are shown to staff only');
      return room.levelChanges.subscribe((level) => level.locationId === locationId);
    },
    resolve: (level: LevelRecord, _: unknown, context: Context) => {
      context.loaders = context.newLoaders();
      return confirmedLevel(level, room.clock.now());
    },
  };
}

/** The events that `tell` has something to say to. Not an async generator: one that waits cannot be ended from outside. */
function mapped<T>(source: AsyncIterableIterator<LevelRecord>, tell: Tell<T>): AsyncIterableIterator<T> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      for (;;) {
        const { done, value } = await source.next();
        if (done === true) return { done: true, value: undefined };
        const told = await tell(value);
        if (told !== null) return { done: false, value: told };
      }
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
  };
}
