import type { LocationSignal } from '../../../connectors/canonical/location-signal.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { GoodChange } from '../../../platform/feed/feed.ts';
import { locationId } from '../domain/location.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import { placesOf } from './known-places.ts';
import { type Refusal, refusal } from './stock-record.ts';

/** A sign of life that is hardly newer than the last one changes no answer, and is not written. */
const WORTH_WRITING_MS = 15_000;

/** Notes when places were last heard of. A sign from the future is one of now: the clocks of tills are not all right. */
export function createLocationSignalsFeed(options: {
  store: Pick<InventoryStore, 'collections' | 'locations'>;
  clock: Clock;
  /** Resolves when the locations of the system have been read to their end, or when it is of no use to wait any longer. */
  locationsRead(): Promise<void>;
}) {
  const { store, clock } = options;
  return async (changes: readonly GoodChange<LocationSignal>[]): Promise<Refusal[]> => {
    await placesOf(changes, store.locations, options.locationsRead);
    const now = clock.now();
    const newest = new Map<string, Date>();
    const refusals: Refusal[] = [];
    for (const { eventId, record } of changes) {
      const id = locationId(record.locationCode);
      const known = store.locations.byId(id);
      if (known === null) {
        const { locationCode } = record;
        const rejected = refusal(
          'LOCATION_UNKNOWN',
          `there is no location ${locationCode}`,
          'locationCode',
          record,
        );
        refusals.push({ eventId, rejected });
        continue;
      }
      const told = new Date(record.seenAt);
      const seenAt = told > now ? now : told;
      const last = newest.get(id) ?? known.lastSeenAt;
      if (last === null || seenAt.getTime() - last.getTime() >= WORTH_WRITING_MS) newest.set(id, seenAt);
    }
    if (newest.size > 0)
      await store.collections.locations.bulkWrite(
        [...newest].map(([_id, lastSeenAt]) => ({
          updateOne: { filter: { _id }, update: { $max: { lastSeenAt } } },
        })),
      );
    return refusals;
  };
}
