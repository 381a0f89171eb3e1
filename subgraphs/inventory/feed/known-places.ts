import type { GoodChange } from '../../../platform/feed/feed.ts';
import { locationId } from '../domain/location.ts';
import type { LocationBook } from '../store/location-book.ts';

/** Tells of a record's place whether it is known. */
export type IsKnownPlace = (record: { readonly locationCode: string }) => boolean;

/**
 * Waits for places that a page names and nobody has heard of: they may be on their way in their own feed. Twice at most: the first
 * reading of that feed may have begun before the place was made.
 */
export async function placesOf(
  changes: readonly GoodChange<{ readonly locationCode: string }>[],
  locations: Pick<LocationBook, 'has'>,
  locationsRead: () => Promise<void>,
): Promise<IsKnownPlace> {
  const isKnown: IsKnownPlace = ({ locationCode }) => locations.has(locationId(locationCode));
  for (let turn = 0; turn < 2 && !changes.every(({ record }) => isKnown(record)); turn += 1)
    await locationsRead();
  return isKnown;
}
