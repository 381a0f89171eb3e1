import { idFromKey } from '../../../platform/ids.ts';
import type { OpeningHours } from './opening-hours.ts';

export type LocationKind =
  | 'DISTRIBUTION_CENTER'
  | 'STORE'
  | 'DARK_STORE'
  | 'THIRD_PARTY_LOGISTICS'
  | 'VENDOR'
  | 'VIRTUAL';
export type LocationCapability = 'SHIP' | 'PICKUP' | 'RETURN' | 'SHIP_FROM_STORE' | 'TRANSFER';

/** A place that can hold stock or hand it over. */
export interface Location {
  readonly id: string;
  readonly code: string;
  readonly gln: string | null;
  readonly name: string;
  readonly kind: LocationKind;
  readonly capabilities: readonly LocationCapability[];
  readonly timeZone: string;
  /** Degrees, WGS 84; null when nobody has told. */
  readonly position: Position | null;
  /** When it works; none: nobody has told, and it counts as always open. */
  readonly openingHours: readonly OpeningHours[];
  /** The countries it sends to; null: all. */
  readonly shipsTo: readonly string[] | null;
  /** Its last sign of life; null: it gives none, and none is expected. */
  readonly lastSeenAt: Date | null;
}

export interface Position {
  readonly lat: number;
  readonly lon: number;
}

export function locationId(code: string): string {
  return idFromKey('location', code);
}

/** Whether parcels leave from here: only then is its stock promised to somebody who did not choose a place. */
export function sendsParcels(location: Pick<Location, 'capabilities'>): boolean {
  return location.capabilities.includes('SHIP') || location.capabilities.includes('SHIP_FROM_STORE');
}

/** Mean radius of the earth (IUGG), so that the great-circle distance is right to about half a percent. */
const EARTH_RADIUS_KM = 6_371.009;

export function distanceKm(from: Position, to: Position): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const halfLat = Math.sin(radians(to.lat - from.lat) / 2);
  const halfLon = Math.sin(radians(to.lon - from.lon) / 2);
  const chord = halfLat ** 2 + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * halfLon ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** The locations that fit, nearest first when a circle is given, else by code. */
export function findLocations(
  locations: readonly Location[],
  wish: { capability: LocationCapability | null; near: (Position & { radiusKm: number }) | null },
): Location[] {
  const { capability, near } = wish;
  const fitting = locations
    .filter((location) => capability === null || location.capabilities.includes(capability))
    .map((location) => ({
      location,
      km: near === null ? 0 : location.position === null ? Infinity : distanceKm(near, location.position),
    }))
    .filter(({ km }) => near === null || km <= near.radiusKm);
  return fitting
    .sort((left, right) => left.km - right.km || (left.location.code < right.location.code ? -1 : 1))
    .map(({ location }) => location);
}
