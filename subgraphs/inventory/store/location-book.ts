import { isDeepStrictEqual } from 'node:util';
import { findLocations, type Location } from '../domain/location.ts';
import type { Collections } from './collections.ts';
import type { LocationRecord } from './records.ts';

/** All locations, in memory: there are hundreds of them, they change rarely, and every question about stock needs them. */
export interface LocationBook {
  byId(id: string): Location | null;
  byCode(code: string): Location | null;
  has(id: string): boolean;
  find(wish: Parameters<typeof findLocations>[1]): Location[];
  /** Reads all of them from the store. */
  reload(): Promise<void>;
  /** Takes one over from the change stream. Answers whether more than its last sign of life is different from before. */
  put(record: LocationRecord): boolean;
  /** In no order. */
  all(): Iterable<Location>;
}

/** More than any retailer has; a store with more of them is not read to its end, and the start fails. */
const MAX_LOCATIONS = 20_000;

export function createLocationBook(locations: Collections['locations']): LocationBook {
  let byId = new Map<string, Location>();
  let byCode = new Map<string, Location>();

  function put(record: LocationRecord): boolean {
    // A record that was written before places had hours has none of the three.
    const { _id: id, openingHours = [], shipsTo = null, lastSeenAt = null, ...rest } = record;
    const location = { id, ...rest, openingHours, shipsTo, lastSeenAt };
    const before = byId.get(id);
    byId.set(id, location);
    byCode.set(location.code, location);
    return before === undefined || !isDeepStrictEqual({ ...before, lastSeenAt }, location);
  }

  return {
    put,
    byId: (id) => byId.get(id) ?? null,
    byCode: (code) => byCode.get(code) ?? null,
    has: (id) => byId.has(id),
    all: () => byId.values(),
    find: (wish) => findLocations([...byId.values()], wish),
    async reload() {
      const records = await locations
        .find()
        .limit(MAX_LOCATIONS + 1)
        .lean<LocationRecord[]>();
      if (records.length > MAX_LOCATIONS) throw new Error(`there are more than ${MAX_LOCATIONS} locations`);
      byId = new Map();
      byCode = new Map();
      for (const record of records) put(record);
    },
  };
}
