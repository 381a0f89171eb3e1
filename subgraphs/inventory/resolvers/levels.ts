import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import { isShopperOnly } from '../../../platform/identity/identity.ts';
import { quantity } from '../../../platform/quantity.ts';
import { owedUnits } from '../domain/backorder.ts';
import { freshnessOf } from '../domain/freshness.ts';
import { BUCKETS, type Bucket, levelId } from '../domain/level.ts';
import type { InventoryState, ProductVariantResolvers, Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { locationOf } from './references.ts';

const STATE_OF: Readonly<Record<Bucket, InventoryState>> = {
  available: 'AVAILABLE',
  reserved: 'RESERVED',
  allocated: 'ALLOCATED',
  picked: 'PICKED',
  safetyStock: 'SAFETY_STOCK',
  qualityHold: 'QUALITY_HOLD',
  damaged: 'DAMAGED',
};

export function levelFields(room: Room): Pick<Resolvers, 'InventoryLevel' | 'InventoryTransaction'> {
  return {
    InventoryLevel: {
      id: ({ variantId, locationId }) => levelId(variantId, locationId),
      variant: ({ variantId, unit }) => ({ id: variantId, baseUnit: unit }),
      location: ({ locationId }) => locationOf(room, locationId),
      quantities: (level) => [
        { state: 'ON_HAND', quantity: quantity(level.onHand, level.unit) },
        ...BUCKETS.map((bucket) => ({
          state: STATE_OF[bucket],
          quantity: quantity(level[bucket], level.unit),
        })),
        { state: 'BACKORDERED', quantity: quantity(owedUnits(level), level.unit) },
      ],
    },
    InventoryTransaction: {
      variant: ({ variantId }) => ({ id: variantId }),
      location: ({ locationId }) => locationOf(room, locationId),
      ledgerPosition: ({ position }) => position,
      fromState: ({ from }) => (from === null ? null : STATE_OF[from]),
      toState: ({ to }) => (to === null ? null : STATE_OF[to]),
      quantity: (line) => quantity(line.quantity, line.unit),
    },
  };
}

/** The stock of a variant place by place, for staff; places in the order of their ids. */
export function inventoryLevels(room: Room): NonNullable<ProductVariantResolvers['inventoryLevels']> {
  return async (variant, args, { caller, loaders }) => {
    if (isShopperOnly(caller.identity)) return null;
    const request = pageRequest(args);
    const stock = await loaders.stockByVariant.load(variant.id);
    const now = room.clock.now();
    const levels = (stock.value?.levels ?? [])
      .filter(({ locationId }) => args.locationIds?.includes(locationId) ?? true)
      .filter(({ locationId }) => request.after === null || locationId > request.after)
      .toSorted((left, right) => (left.locationId < right.locationId ? -1 : 1))
      .map((level) => ({ ...level, freshness: freshnessOf(stock, [level], now) }));
    return pageOf(levels, request, ({ locationId }) => locationId);
  };
}
