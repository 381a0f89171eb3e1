import type { ChannelPolicy } from './channel-policy.ts';
import { type Connectivity, connectivityOf } from './connectivity.ts';
import type { Level } from './level.ts';
import { distanceKm, type Location, type Position, sendsParcels } from './location.ts';
import type { Stock } from './stock.ts';
import type { Supply } from './supply.ts';

/** For whom something is promised. */
export interface Demand {
  readonly policy: ChannelPolicy;
  /** Where the goods will be collected; null: they are sent. */
  readonly collectAt: string | null;
  /** Where they are sent to; null when nobody has said. */
  readonly countryCode: string | null;
  /** Where the customer is, when that is known. */
  readonly near: Position | null;
}

/**
 * What one place offers of one variant to one demand. Availability is the sum of offers and claims are planned from offers, so what is
 * promised can be claimed. Plain data, so that a decision can be kept together with what it was made from.
 */
export interface Offer {
  readonly variantId: string;
  readonly locationId: string;
  /** Units that are there and may be claimed now. */
  readonly now: number;
  /** Units beyond them that may be claimed although they are not there yet. */
  readonly later: number;
  /** Units that a claim of what is there must leave. */
  readonly keeps: number;
  /** Units that a claim of what is to come as well must leave; below zero when they are owed then. */
  readonly owes: number;
  /** Whether it serves customers who did not choose a place. */
  readonly serves: boolean;
  /** How far the customer is; null when either position is not known. */
  readonly km: number | null;
  readonly connectivity: Connectivity;
}

/** The offers of all places that hold the variant, in the order of their levels. A place that nobody knows offers nothing. */
export function offersOf(
  stock: Pick<Stock, 'levels' | 'supplies'>,
  demand: Demand,
  locationById: (id: string) => Location | null,
  at: Date,
): Offer[] {
  return stock.levels.flatMap((level) => {
    const location = locationById(level.locationId);
    return location === null ? [] : [offerOf(level, stock.supplies, location, demand, at)];
  });
}

/** How few units a level must be left with by a claim of so many. */
export function floorFor({ now, keeps, owes }: Pick<Offer, 'now' | 'keeps' | 'owes'>, units: number): number {
  return units <= now ? keeps : owes;
}

/** Supply that a channel may sell, earliest first: known, within its horizon and not overdue. */
export function sellableSupply(
  supplies: readonly Supply[],
  { sellsExpectedSupply, supplyHorizonDays }: ChannelPolicy,
  at: Date,
): Supply[] {
  if (!sellsExpectedSupply) return [];
  const until = at.getTime() + supplyHorizonDays * 24 * 60 * 60_000;
  return supplies
    .filter(({ expectedAt }) => expectedAt >= at && expectedAt.getTime() <= until)
    .toSorted(
      (left, right) =>
        left.expectedAt.getTime() - right.expectedAt.getTime() || (left.id < right.id ? -1 : 1),
    );
}

/** What a place offers of a variant. */
export function offerOf(
  level: Level,
  supplies: readonly Supply[],
  location: Location,
  { policy, collectAt, countryCode, near }: Demand,
  at: Date,
): Offer {
  const connectivity = connectivityOf(location, at);
  const { whenOffline } = policy;
  const isStopped = connectivity === 'OFFLINE' && whenOffline.rule === 'STOP';
  const keeps =
    (policy.bufferUnits[location.kind] ?? 0) +
    (connectivity === 'OFFLINE' && whenOffline.rule === 'KEEP_BACK' ? whenOffline.units : 0);
  const now = isStopped ? 0 : Math.max(0, level.available - keeps);
  const expected =
    supplies.length === 0
      ? 0
      : sellableSupply(supplies, policy, at)
          .filter(({ locationId }) => locationId === location.id)
          .reduce((sum, { quantity }) => sum + quantity, 0);
  const allowance = Math.max(expected, sendsParcels(location) ? policy.backorderUnits : 0);
  return {
    variantId: level.variantId,
    locationId: location.id,
    now,
    later: isStopped ? 0 : Math.max(0, level.available - keeps + allowance) - now,
    keeps,
    owes: keeps - allowance,
    serves:
      collectAt === null
        ? sendsParcels(location) && sendsTo(location, countryCode)
        : location.id === collectAt,
    km: near === null || location.position === null ? null : distanceKm(near, location.position),
    connectivity,
  };
}

function sendsTo({ shipsTo }: Location, countryCode: string | null): boolean {
  return countryCode === null || shipsTo === null || shipsTo.includes(countryCode);
}
