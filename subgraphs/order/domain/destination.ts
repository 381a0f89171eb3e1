import { type UserErrorValue, userError } from '../../../platform/errors.ts';

/** Where goods of an order go. Of places that could send them the nearest does, when it is known where on the map that is. */
export interface Destination {
  /** ISO 3166-1, two letters. */
  readonly countryCode: string;
  readonly postalCode: string | null;
  /** Degrees, WGS 84; both or neither. */
  readonly lat: number | null;
  readonly lon: number | null;
}

export interface DestinationWish {
  readonly countryCode: string;
  readonly postalCode?: string | null | undefined;
  readonly lat?: number | null | undefined;
  readonly lon?: number | null | undefined;
}

const MAX_POSTAL_CODE = 16;

export function destinationOf({ countryCode, postalCode, lat, lon }: DestinationWish): Destination {
  return { countryCode, postalCode: postalCode ?? null, lat: lat ?? null, lon: lon ?? null };
}

/** What is wrong with a destination, field by field; the country is right if it is one. */
export function destinationErrors({ postalCode, lat, lon }: Destination): UserErrorValue[] {
  const wrong = (field: string, what: string) =>
    userError('DESTINATION_INVALID', what, { field: ['input', 'destination', field] });
  const errors: UserErrorValue[] = [];
  if (postalCode !== null && (postalCode.trim() === '' || postalCode.length > MAX_POSTAL_CODE))
    errors.push(wrong('postalCode', `A postal code has 1 to ${MAX_POSTAL_CODE} characters.`));
  if ((lat === null) !== (lon === null))
    errors.push(wrong(lat === null ? 'lat' : 'lon', 'A position has both a latitude and a longitude.'));
  if (lat !== null && !(Math.abs(lat) <= 90)) errors.push(wrong('lat', 'A latitude is -90 to 90 degrees.'));
  if (lon !== null && !(Math.abs(lon) <= 180))
    errors.push(wrong('lon', 'A longitude is -180 to 180 degrees.'));
  return errors;
}
