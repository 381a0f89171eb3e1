import { GraphError } from '../../../platform/errors.ts';
import { follow } from '../../../platform/graphql/follow.ts';
import { isShopperOnly } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import { createNearingMemory, type NearingClaim } from '../domain/nearing.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';

/** No claim lasts longer than a day. */
const MAX_WITHIN_MINUTES = 1_440;

/** Claims at a place that come near their end, so that a till can ask its customer before the goods are somebody else's. */
export function reservationExpiring(room: Room): NonNullable<SubscriptionResolvers['reservationExpiring']> {
  return {
    async subscribe(_, args, { caller }) {
      const { locationId, withinMinutes } = args;
      if (isShopperOnly(caller.identity))
        throw new GraphError('FORBIDDEN', 'claims of others are shown to staff only');
      if (withinMinutes < 1 || withinMinutes > MAX_WITHIN_MINUTES)
        throw new GraphError('BAD_USER_INPUT', `argument "withinMinutes" is 1 to ${MAX_WITHIN_MINUTES}`, {
          argument: 'withinMinutes',
          minimum: 1,
          maximum: MAX_WITHIN_MINUTES,
        });
      if (!room.store.locations.has(locationId))
        throw new GraphError('BAD_USER_INPUT', 'argument "locationId" names no location', {
          argument: 'locationId',
        });
      const memory = createNearingMemory();
      return follow({
        topic: room.nearingClaims.at({ locationId, withinMs: withinMinutes * 60_000 }),
        clock: room.clock,
        caller,
        stream: { field: 'reservationExpiring', args },
        wanted: () => true,
        events: (told: NearingClaim) => (memory.tell(told) ? [told] : []),
        stateOf: ({ claim }) => ({ key: `Reservation:${claim.id}` }),
        memory,
      });
    },
    resolve: ({ claim }: NearingClaim, _: unknown, context: Context) => {
      context.loaders = context.newLoaders();
      return claim;
    },
  };
}
