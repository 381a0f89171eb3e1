import { GraphError } from '../../../platform/errors.ts';
import { isShopperOnly } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import { type Availability, availabilityOf } from '../domain/availability.ts';
import type { DestinationInput, QueryResolvers, Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { demandOf } from './demand.ts';
import type { ProductVariant } from './models.ts';
import { locationOf } from './references.ts';

/** Variants one question may name, and one subscription: its cursor carries something of each. */
export const MAX_VARIANTS = { question: 1_000, subscription: 100 } as const;

interface AvailabilityArguments {
  readonly channelId: string;
  readonly destination?: Partial<DestinationInput> | null | undefined;
}

/** Throws BAD_USER_INPUT for more variants than may be named. */
export function assertFewVariants(variantIds: readonly string[], maximum: number): void {
  if (variantIds.length > maximum)
    throw new GraphError('BAD_USER_INPUT', `argument "variantIds" has at most ${maximum} ids`, {
      argument: 'variantIds',
      maximum,
    });
}

export async function loadAvailability(
  room: Room,
  context: Context,
  variant: ProductVariant,
  args: AvailabilityArguments,
): Promise<Availability> {
  const stock = await context.loaders.stockByVariant.load(variant.id);
  return availabilityOf(
    stock,
    {
      variantId: variant.id,
      channelId: args.channelId,
      demand: demandOf(room, args),
      trackInventory: variant.trackInventory ?? null,
      baseUnit: variant.baseUnit ?? null,
      now: room.clock.now(),
    },
    room.store.locations.byId,
  );
}

export function availabilityQuery(room: Room): NonNullable<QueryResolvers['availability']> {
  return (_, { variantIds, ...args }, context) => {
    assertFewVariants(variantIds, MAX_VARIANTS.question);
    return Promise.all(variantIds.map((id) => loadAvailability(room, context, { id }, args)));
  };
}

export function availabilityFields(room: Room): Pick<Resolvers, 'Availability' | 'LocationAvailability'> {
  const forStaff =
    (field: 'onHand' | 'reserved' | 'safetyStock') => (parent: Availability, _: unknown, context: Context) =>
      isShopperOnly(context.caller.identity) ? null : parent[field];
  return {
    Availability: {
      variant: ({ variantId }) => ({ id: variantId }),
      channel: ({ channelId }) => ({ id: channelId }),
      onHand: forStaff('onHand'),
      reserved: forStaff('reserved'),
      safetyStock: forStaff('safetyStock'),
      nextSupply: ({ nextSupply }) => [...nextSupply],
      byLocation: ({ byLocation }) => [...byLocation],
    },
    LocationAvailability: {
      location: ({ locationId }) => locationOf(room, locationId),
    },
  };
}
