import { GraphError } from '../../../platform/errors.ts';
import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import { quantity } from '../../../platform/quantity.ts';
import { accuracyOf } from '../domain/counting.ts';
import type { QueryResolvers, Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import type { CountPlace } from '../store/counts.ts';
import type { CountRecord } from '../store/records.ts';
import { assertStaff } from './discrepancies.ts';
import type { InventoryCount } from './models.ts';
import { locationOf } from './references.ts';

/** What was found at a place, newest first. */
export function countsQuery(room: Room): NonNullable<QueryResolvers['inventoryCounts']> {
  return async (_, args, context) => {
    assertStaff(context);
    const request = pageRequest(args);
    const records = await room.store.counts.ofLocation({
      locationId: args.locationId,
      variantId: args.variantId ?? null,
      after: request.after === null ? null : placeOf(request.after),
      limit: request.first + 1,
    });
    return pageOf(records.map(countOf), request, ({ countedAt, id }) => `${countedAt.toISOString()}|${id}`);
  };
}

export function countFields(room: Room): Pick<Resolvers, 'InventoryCount'> {
  return {
    InventoryCount: {
      variant: ({ variantId }) => ({ id: variantId }),
      location: ({ locationId }) => locationOf(room, locationId),
      counted: ({ counted, unit }) => quantity(counted, unit),
      expected: ({ counted, difference, unit }) => quantity(counted - difference, unit),
      difference: ({ difference, unit }) => quantity(difference, unit),
      accuracy: (count) => accuracyOf(count).toFixed(4),
    },
  };
}

function countOf({ _id, ...rest }: CountRecord): InventoryCount {
  return { id: _id, ...rest };
}

function placeOf(after: string): CountPlace {
  const [time = '', id = ''] = after.split('|');
  const countedAt = new Date(time);
  if (Number.isNaN(countedAt.getTime()) || id === '')
    throw new GraphError('BAD_USER_INPUT', 'argument "after" is not a cursor of this list', {
      argument: 'after',
    });
  return { countedAt, id };
}
