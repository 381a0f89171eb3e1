import { accepted } from '../../../platform/errors.ts';
import { readCounts } from '../domain/count-request.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { changeStock } from './change-stock.ts';

/** What was found on the shelves, applied as of the moment it was counted. */
export function recordInventoryCount(room: Room): NonNullable<MutationResolvers['recordInventoryCount']> {
  const { store } = room;

  return (_, { input }, context) => {
    const change = {
      mutation: 'recordInventoryCount',
      input,
      variantIds: input.counts.map(({ variantId }) => variantId),
    };
    return changeStock(room, context, change, async (session, { now, stockOf, source }) => {
      const counts = readCounts(input, { now, stockOf, source, isLocation: store.locations.has });
      if (!counts.ok) return counts;
      return accepted(await store.counts.record(session, counts.value, now));
    });
  };
}
