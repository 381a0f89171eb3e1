import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { type Caller, serviceIdentity } from '../../../platform/identity/identity.ts';
import type { Sibling } from '../../../platform/sibling/sibling.ts';
import { isCollected } from '../domain/order.ts';
import type { RequestedLine } from '../domain/place-request.ts';

const PICKUP_PLACES = {
  name: 'OrderPickupPlaces',
  document: /* GraphQL */ `
    query OrderPickupPlaces($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Location { id capabilities } }
    }`,
};

interface Answer {
  readonly _entities: readonly ({ readonly id: string; readonly capabilities: readonly string[] } | null)[];
}

/** Whether customers can collect where lines say. Refuses with PICKUP_NOT_OFFERED at each line whose place hands nothing over, or is none. */
export async function askPickupPlaces(
  inventory: Sibling,
  lines: readonly RequestedLine[],
  caller: Caller,
): Promise<Decision<null>> {
  const places = lines.map(({ method, locationId }) => (isCollected(method) ? locationId : null));
  const ids = new Set(places.filter((id) => id !== null));
  if (ids.size === 0) return accepted(null);
  const representations = [...ids].map((id) => ({ __typename: 'Location', id }));
  const asker = { ...caller, identity: serviceIdentity('order') };
  const { _entities } = await inventory.ask<Answer>(PICKUP_PLACES, { representations }, asker);
  const offering = new Set(
    _entities.flatMap((place) => (place?.capabilities.includes('PICKUP') === true ? [place.id] : [])),
  );
  const errors = places.flatMap((id, index) =>
    id === null || offering.has(id)
      ? []
      : [
          userError('PICKUP_NOT_OFFERED', 'Customers do not collect goods at this place.', {
            field: ['input', 'lines', String(index), 'locationId'],
          }),
        ],
  );
  return errors.length > 0 ? refused(...errors) : accepted(null);
}
