import { type Caller, serviceIdentity } from '../../../platform/identity/identity.ts';
import type { Siblings } from '../room.ts';

const PLACES = {
  name: 'ReturnPlaces',
  document: /* GraphQL */ `
    query ReturnPlaces($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Location { id code } }
    }`,
};

interface Answer {
  readonly _entities: readonly ({ readonly id: string; readonly code: string } | null)[];
}

/**
 * The codes of places, by id; places that nobody knows are missing. Asked before anything is written: an inspection that named a place
 * of nobody's would tell inventory about stock it cannot book.
 */
export async function askPlaces(
  inventory: Siblings['inventory'],
  ids: readonly string[],
  caller: Caller,
): Promise<ReadonlyMap<string, string>> {
  const representations = [...new Set(ids)].map((id) => ({ __typename: 'Location', id }));
  if (representations.length === 0) return new Map();
  const asker = { ...caller, identity: serviceIdentity('order') };
  const { _entities } = await inventory.ask<Answer>(PLACES, { representations }, asker);
  return new Map(_entities.flatMap((place) => (place === null ? [] : [[place.id, place.code] as const])));
}
