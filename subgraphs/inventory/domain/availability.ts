import type { Fresh } from '../../../platform/cache/fresh-cache.ts';
import { PIECE, type Quantity, quantity } from '../../../platform/quantity.ts';
import type { ChannelPolicy } from './channel-policy.ts';
import { type Freshness, freshnessOf, leastFresh } from './freshness.ts';
import type { Level } from './level.ts';
import type { Location } from './location.ts';
import { type Demand, type Offer, offersOf, sellableSupply } from './offer.ts';
import { doneBy } from './opening-hours.ts';
import type { Stock } from './stock.ts';
import { type Supply, unpromised } from './supply.ts';

/** What can be promised of a variant whose stock is not counted: the largest quantity the graph accepts. */
export const NOT_COUNTED_UNITS = 1_000_000_000;

export type AvailabilityStatus =
  | 'IN_STOCK'
  | 'LOW_STOCK'
  | 'BACKORDER'
  | 'PREORDER'
  | 'OUT_OF_STOCK'
  | 'UNKNOWN';

/** What may be promised of one variant in one channel, and what staff may know about it. */
export interface Availability {
  readonly variantId: string;
  readonly channelId: string;
  readonly status: AvailabilityStatus;
  readonly availableToPromise: Quantity;
  readonly onHand: Quantity;
  readonly reserved: Quantity;
  readonly safetyStock: Quantity;
  readonly nextSupply: readonly SupplyPromise[];
  readonly byLocation: readonly LocationAvailability[];
  readonly freshness: Freshness;
}

export interface SupplyPromise {
  readonly quantity: Quantity;
  readonly expectedAt: Date;
  readonly source: string;
}

export interface LocationAvailability {
  readonly locationId: string;
  readonly availableToPromise: Quantity;
  /** Null where nothing can be collected. */
  readonly pickupReadyBy: Date | null;
  readonly freshness: Freshness;
}

export interface AvailabilityQuestion {
  readonly variantId: string;
  readonly channelId: string;
  readonly demand: Demand;
  /** What product says of the variant, when the question came through it. */
  readonly trackInventory: boolean | null;
  readonly baseUnit: string | null;
  readonly now: Date;
}

/**
 * What may be promised: the sum of what places offer (`offer.ts`) that send parcels there, or what the place of collection offers. A
 * place that owes more than it has offers nothing; it does not eat up the stock of others.
 */
export function availabilityOf(
  stock: Fresh<Stock>,
  question: AvailabilityQuestion,
  locationById: (id: string) => Location | null,
): Availability {
  const { variantId, channelId, demand, now } = question;
  const known = stock.value ?? { item: null, levels: [], supplies: [] };
  const { item, levels } = known;
  const unit = question.baseUnit ?? item?.baseUnit ?? levels[0]?.unit ?? PIECE;
  const isCounted = question.trackInventory ?? item?.trackInventory ?? true;
  const offers = new Map(
    offersOf(known, demand, locationById, now).map((offer) => [offer.locationId, offer]),
  );
  const serving = levels.filter(({ locationId }) => offers.get(locationId)?.serves === true);
  const freshnessAt = (level: Level) =>
    freshnessOf(stock, [level], now, locationById(level.locationId) ?? undefined);
  const sum = (of: (level: Level) => number) =>
    quantity(
      serving.reduce((total, level) => total + of(level), 0),
      unit,
    );
  const served = [...offers.values()].filter(({ serves }) => serves);
  const supplies = sellableSupply(known.supplies, demand.policy, now).filter(
    ({ locationId }) => offers.get(locationId)?.serves === true,
  );
  const isKnown = item !== null || levels.length > 0 || !isCounted;
  return {
    variantId,
    channelId,
    status: isKnown ? (isCounted ? statusOf(served, supplies, demand.policy) : 'IN_STOCK') : 'UNKNOWN',
    availableToPromise: isCounted
      ? sum(({ locationId }) => offers.get(locationId)?.now ?? 0)
      : quantity(NOT_COUNTED_UNITS, unit),
    onHand: sum(({ onHand }) => onHand),
    reserved: sum(({ reserved }) => reserved),
    safetyStock: sum(({ safetyStock }) => safetyStock),
    nextSupply: isCounted ? nextSupply(supplies, serving, unit) : [],
    byLocation: (isCounted ? (demand.collectAt === null ? levels : serving) : [])
      .flatMap((level) => {
        const offer = offers.get(level.locationId);
        const location = locationById(level.locationId);
        return offer === undefined || location === null ? [] : [{ level, offer, location }];
      })
      .toSorted(
        (left, right) =>
          right.offer.now - left.offer.now || (left.offer.locationId < right.offer.locationId ? -1 : 1),
      )
      .map(({ level, offer, location }) => ({
        locationId: location.id,
        availableToPromise: quantity(offer.now, unit),
        pickupReadyBy: pickupReadyBy(offer, location, demand.policy, now),
        freshness: freshnessAt(level),
      })),
    freshness: leastFresh(freshnessOf(stock, levels, now), serving.map(freshnessAt)),
  };
}

function statusOf(
  offers: readonly Offer[],
  supplies: readonly Supply[],
  { lowStockUnits }: ChannelPolicy,
): AvailabilityStatus {
  const units = offers.reduce((sum, { now }) => sum + now, 0);
  if (units > lowStockUnits) return 'IN_STOCK';
  if (units > 0) return 'LOW_STOCK';
  if (offers.every(({ later }) => later === 0)) return 'OUT_OF_STOCK';
  return supplies.some(({ isRelease }) => isRelease) ? 'PREORDER' : 'BACKORDER';
}

/** What is still to be had of the expected goods: places that owe give theirs to those who wait. */
function nextSupply(supplies: readonly Supply[], levels: readonly Level[], unit: string): SupplyPromise[] {
  const owed = new Map(levels.map(({ locationId, available }) => [locationId, Math.max(0, -available)]));
  return unpromised(supplies, (locationId) => owed.get(locationId) ?? 0).map(
    ({ quantity: units, ...rest }) => ({
      quantity: quantity(units, unit),
      ...rest,
    }),
  );
}

function pickupReadyBy(
  offer: Offer,
  location: Location,
  { pickupLeadMinutes }: ChannelPolicy,
  now: Date,
): Date | null {
  if (offer.now === 0 || !location.capabilities.includes('PICKUP')) return null;
  return doneBy({ from: now, minutes: pickupLeadMinutes }, location);
}
