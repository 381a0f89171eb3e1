import { createHash } from 'node:crypto';
import type { Availability } from './availability.ts';

/** Thirty-six bits: enough to tell an answer from the one before it, and a cursor with a hundred of them stays short. */
const LENGTH = 6;

/**
 * What a customer is promised, as a short text: two answers that promise the same have the same. How fresh they are, and what only staff
 * see, does not count. With places, only what is promised there and what is expected.
 */
export function answerDigest(
  { status, availableToPromise, byLocation, nextSupply }: Availability,
  locationIds: ReadonlySet<string> | null,
): string {
  const places = byLocation
    .filter(({ locationId }) => locationIds === null || locationIds.has(locationId))
    .map(({ locationId, availableToPromise: { value } }) => [locationId, value]);
  const supply = nextSupply.map(({ quantity, expectedAt }) => [quantity.value, expectedAt.getTime()]);
  const whole = locationIds === null ? [status, availableToPromise.value] : [];
  return createHash('sha256')
    .update(JSON.stringify([whole, places, supply]))
    .digest('base64url')
    .slice(0, LENGTH);
}
