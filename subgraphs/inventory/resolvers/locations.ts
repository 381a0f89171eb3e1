import { GraphError } from '../../../platform/errors.ts';
import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import { connectivityOf } from '../domain/connectivity.ts';
import { clockTime } from '../domain/opening-hours.ts';
import type { LocationResolvers, QueryResolvers, Weekday } from '../generated.ts';
import type { Room } from '../room.ts';

/** Places by code, or nearest first. A cursor names the place before; it holds as long as that place still fits. */
export function locationsQuery(room: Room): NonNullable<QueryResolvers['locations']> {
  return async (_, args) => {
    const request = pageRequest(args);
    const near = args.near ?? null;
    if (near !== null && !(Math.abs(near.lat) <= 90 && Math.abs(near.lon) <= 180 && near.radiusKm >= 0))
      throw new GraphError('BAD_USER_INPUT', 'argument "near" is not a circle on the map', {
        argument: 'near',
      });
    const found = room.store.locations.find({ capability: args.capability ?? null, near });
    const before = request.after === null ? -1 : found.findIndex(({ code }) => code === request.after);
    if (request.after !== null && before < 0)
      throw new GraphError('BAD_USER_INPUT', 'argument "after" is not a cursor of this list', {
        argument: 'after',
      });
    return pageOf(found.slice(before + 1), request, ({ code }) => code);
  };
}

const WEEKDAYS: readonly Weekday[] = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
];

export function locationFields(
  room: Room,
): Pick<LocationResolvers, 'capabilities' | 'connectivity' | 'openingHours' | 'shipsTo'> {
  return {
    capabilities: ({ capabilities }) => [...capabilities],
    connectivity: (location) => connectivityOf(location, room.clock.now()),
    openingHours: ({ openingHours }) =>
      openingHours.flatMap(({ weekday, fromMinute, toMinute }) => {
        const day = WEEKDAYS[weekday - 1];
        return day === undefined
          ? []
          : [{ weekday: day, from: clockTime(fromMinute), to: clockTime(toMinute) }];
      }),
    shipsTo: ({ shipsTo }) => (shipsTo === null ? null : [...shipsTo]),
  };
}
