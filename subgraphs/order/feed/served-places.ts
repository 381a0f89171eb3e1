import type { Caller } from '../../../platform/identity/identity.ts';
import type { Sibling } from '../../../platform/sibling/sibling.ts';
import { askPlaces } from './ask-places.ts';

/** Which places a warehouse system does the work of. */
export interface ServedPlaces {
  /** Of these places the ones it serves, with their codes. Rejects when inventory has to be asked and does not answer. */
  among(ids: readonly string[], caller: Caller): Promise<ReadonlyMap<string, string>>;
}

/** A place keeps its code, so each is asked about once in the life of a process. */
export function createServedPlaces(inventory: Sibling, locationCodes: readonly string[]): ServedPlaces {
  const served = new Set(locationCodes);
  const codes = new Map<string, string>();
  return {
    async among(ids, caller) {
      const unknown = ids.filter((id) => !codes.has(id));
      for (const [id, code] of await askPlaces(inventory, unknown, caller)) codes.set(id, code);
      return new Map(
        ids.flatMap((id) => {
          const code = codes.get(id);
          return code !== undefined && served.has(code) ? [[id, code] as const] : [];
        }),
      );
    },
  };
}
