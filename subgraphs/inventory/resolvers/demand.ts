import { GraphError } from '../../../platform/errors.ts';
import type { Demand } from '../domain/offer.ts';
import type { DestinationInput } from '../generated.ts';
import type { Room } from '../room.ts';

/**
 * For whom something is promised, as the arguments of a question or a claim say. Throws BAD_USER_INPUT for half a position or one that
 * is not on the map.
 */
export function demandOf(
  room: Pick<Room, 'policyOf'>,
  args: { readonly channelId: string; readonly destination?: Partial<DestinationInput> | null | undefined },
): Demand {
  const { locationId, countryCode, lat, lon } = args.destination ?? {};
  if ((lat == null) !== (lon == null) || Math.abs(lat ?? 0) > 90 || Math.abs(lon ?? 0) > 180)
    throw new GraphError('BAD_USER_INPUT', 'argument "destination" needs both lat and lon, in degrees', {
      argument: 'destination',
    });
  return {
    policy: room.policyOf(args.channelId),
    collectAt: locationId ?? null,
    countryCode: countryCode ?? null,
    near: lat == null || lon == null ? null : { lat, lon },
  };
}
