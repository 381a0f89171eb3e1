import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import { askPlaces } from '../feed/ask-places.ts';
import { unavailable } from '../feed/place.ts';
import type { Room } from '../room.ts';

/** The codes of the places that an input names; refuses with LOCATION_UNKNOWN at each field that names none. */
export async function knownPlaces(
  { siblings }: Room,
  named: readonly { readonly id: string; readonly field: readonly string[] }[],
  caller: Caller,
): Promise<Decision<ReadonlyMap<string, string>>> {
  try {
    const ids = named.map(({ id }) => id);
    const places = await askPlaces(siblings.inventory, ids, caller);
    const unknown = named.filter(({ id }) => !places.has(id));
    if (unknown.length === 0) return accepted(places);
    return refused(
      ...unknown.map(({ id, field }) => userError('LOCATION_UNKNOWN', `There is no place ${id}.`, { field })),
    );
  } catch (error) {
    return refused(unavailable(error));
  }
}
