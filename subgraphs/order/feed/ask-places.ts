import { type Caller, serviceIdentity } from '../../../platform/identity/identity.ts';
import type { Sibling } from '../../../platform/sibling/sibling.ts';

const PLACES = {
  name: 'OrderPlaces',
  document: /* GraphQL */ `
    query OrderPlaces($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Location { id code } }
    }`,
};

interface Answer {
  readonly _entities: readonly ({ readonly id: string; readonly code: string } | null)[];
}

/** The codes that systems of record know places by, by id; places that nobody knows are missing. */
export async function askPlaces(
  inventory: Sibling,
  ids: readonly string[],
  caller: Caller,
): Promise<ReadonlyMap<string, string>> {
  const representations = [...new Set(ids)].map((id) => ({ __typename: 'Location', id }));
  if (representations.length === 0) return new Map();
  const asker = { ...caller, identity: serviceIdentity('order') };
  const { _entities } = await inventory.ask<Answer>(PLACES, { representations }, asker);
  return new Map(_entities.flatMap((place) => (place === null ? [] : [[place.id, place.code] as const])));
}
