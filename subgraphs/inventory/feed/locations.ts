import type { LocationRecord } from '../../../connectors/canonical/location.ts';
import type { GoodChange } from '../../../platform/feed/feed.ts';
import { locationId } from '../domain/location.ts';
import { minuteOf } from '../domain/opening-hours.ts';
import type { Collections } from '../store/collections.ts';
import type { LocationBook } from '../store/location-book.ts';

/** Applies locations as a system of record describes them; the last description of a page wins. */
export function createLocationsFeed(store: {
  collections: Pick<Collections, 'locations'>;
  locations: LocationBook;
}) {
  return async (changes: readonly GoodChange<LocationRecord>[]): Promise<[]> => {
    const records = changes.map(({ record }) => ({
      _id: locationId(record.code),
      code: record.code,
      gln: record.gln ?? null,
      name: record.name,
      kind: record.kind,
      capabilities: record.capabilities,
      timeZone: record.timeZone,
      position:
        record.lat === undefined || record.lon === undefined ? null : { lat: record.lat, lon: record.lon },
      openingHours: (record.openingHours ?? []).map(({ weekday, from, to }) => ({
        weekday,
        fromMinute: minuteOf(from),
        toMinute: minuteOf(to),
      })),
      shipsTo: record.shipsTo ?? null,
    }));
    await store.collections.locations.bulkWrite(
      records.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $set: fields }, upsert: true },
      })),
    );
    // At once, not only when the change stream tells: stock that arrives there may be next.
    for (const record of records)
      store.locations.put({ ...record, lastSeenAt: store.locations.byId(record._id)?.lastSeenAt ?? null });
    return [];
  };
}
