import type { Fresh } from '../../../platform/cache/fresh-cache.ts';
import { PIECE, type Quantity, quantity } from '../../../platform/quantity.ts';
import type { ChannelPolicy } from './channel-policy.ts';
import { type Freshness, freshnessOf, leastFresh } from './freshness.ts';
import type { Level } from './level.ts';
import type { Location } from './location.ts';
import { type Demand, type Offer, offerOf, sellableSupply } from './offer.ts';
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
  return new Answer(stock, question, locationById);
}

/** An offer beside the level it is made from. */
interface PlaceOffer {
  readonly level: Level;
  readonly location: Location;
  readonly offer: Offer;
}

/** Reckons each part when it is asked for: most questions are about two of them, and a product list asks hundreds of times a second. */
class Answer implements Availability {
  readonly variantId: string;
  readonly channelId: string;
  readonly #stock: Fresh<Stock>;
  readonly #question: AvailabilityQuestion;
  readonly #isCounted: boolean;
  readonly #unit: string;
  readonly #places: readonly PlaceOffer[];
  /** The places that serve this demand. */
  readonly #serving: readonly PlaceOffer[];
  readonly #units: number;

  constructor(
    stock: Fresh<Stock>,
    question: AvailabilityQuestion,
    locationById: (id: string) => Location | null,
  ) {
    const { item = null, levels = [] } = stock.value ?? {};
    this.variantId = question.variantId;
    this.channelId = question.channelId;
    this.#stock = stock;
    this.#question = question;
    this.#isCounted = question.trackInventory ?? item?.trackInventory ?? true;
    this.#unit = question.baseUnit ?? item?.baseUnit ?? levels[0]?.unit ?? PIECE;
    const places: PlaceOffer[] = [];
    for (const level of levels) {
      const location = locationById(level.locationId);
      if (location === null) continue;
      const offer = offerOf(level, this.#supplies, location, question.demand, question.now);
      places.push({ level, location, offer });
    }
    this.#places = places;
    this.#serving = places.filter(({ offer }) => offer.serves);
    this.#units = this.#isCounted
      ? this.#serving.reduce((sum, { offer }) => sum + offer.now, 0)
      : NOT_COUNTED_UNITS;
  }

  get status(): AvailabilityStatus {
    if (!this.#isCounted) return 'IN_STOCK';
    const { item = null, levels = [] } = this.#stock.value ?? {};
    if (item === null && levels.length === 0) return 'UNKNOWN';
    const { lowStockUnits } = this.#question.demand.policy;
    if (this.#units > 0) return this.#units > lowStockUnits ? 'IN_STOCK' : 'LOW_STOCK';
    if (this.#serving.every(({ offer }) => offer.later === 0)) return 'OUT_OF_STOCK';
    return this.#expected().some(({ isRelease }) => isRelease) ? 'PREORDER' : 'BACKORDER';
  }

  get availableToPromise(): Quantity {
    return quantity(this.#units, this.#unit);
  }

  get onHand(): Quantity {
    return this.#sum(({ onHand }) => onHand);
  }

  get reserved(): Quantity {
    return this.#sum(({ reserved }) => reserved);
  }

  get safetyStock(): Quantity {
    return this.#sum(({ safetyStock }) => safetyStock);
  }

  /** What is still to be had of the expected goods: places that owe give theirs to those who wait. */
  get nextSupply(): readonly SupplyPromise[] {
    if (!this.#isCounted) return [];
    const owed = new Map(this.#serving.map(({ level }) => [level.locationId, Math.max(0, -level.available)]));
    return unpromised(this.#expected(), (id) => owed.get(id) ?? 0).map(({ quantity: units, ...rest }) => ({
      quantity: quantity(units, this.#unit),
      ...rest,
    }));
  }

  get byLocation(): readonly LocationAvailability[] {
    if (!this.#isCounted) return [];
    const { demand, now } = this.#question;
    return (demand.collectAt === null ? this.#places : this.#serving)
      .toSorted(
        (left, right) => right.offer.now - left.offer.now || (left.location.id < right.location.id ? -1 : 1),
      )
      .map((place) => ({
        locationId: place.location.id,
        availableToPromise: quantity(place.offer.now, this.#unit),
        pickupReadyBy: pickupReadyBy(place, demand.policy, now),
        freshness: this.#freshnessAt(place),
      }));
  }

  get freshness(): Freshness {
    const whole = freshnessOf(this.#stock, this.#stock.value?.levels ?? [], this.#question.now);
    const areAllReached = this.#serving.every(({ offer }) => offer.connectivity === 'ONLINE');
    return areAllReached
      ? whole
      : leastFresh(
          whole,
          this.#serving.map((place) => this.#freshnessAt(place)),
        );
  }

  get #supplies(): readonly Supply[] {
    return this.#stock.value?.supplies ?? [];
  }

  /** Expected goods that may be sold, at the places that serve. */
  #expected(): readonly Supply[] {
    const { demand, now } = this.#question;
    const serving = new Set(this.#serving.map(({ location }) => location.id));
    return sellableSupply(this.#supplies, demand.policy, now).filter(({ locationId }) =>
      serving.has(locationId),
    );
  }

  #sum(of: (level: Level) => number): Quantity {
    return quantity(
      this.#serving.reduce((total, { level }) => total + of(level), 0),
      this.#unit,
    );
  }

  #freshnessAt({ level, location }: PlaceOffer): Freshness {
    return freshnessOf(this.#stock, [level], this.#question.now, location);
  }
}

function pickupReadyBy(
  { offer, location }: PlaceOffer,
  { pickupLeadMinutes }: ChannelPolicy,
  now: Date,
): Date | null {
  if (offer.now === 0 || !location.capabilities.includes('PICKUP')) return null;
  return doneBy({ from: now, minutes: pickupLeadMinutes }, location);
}
