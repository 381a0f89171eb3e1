import type { Fresh } from '../../../platform/cache/fresh-cache.ts';
import { PIECE, type Quantity, quantity } from '../../../platform/quantity.ts';
import type { Level } from './level.ts';
import type { Stock } from './stock.ts';

/** Answers older than this are not given without saying so. */
export const MAX_STALENESS_MS = 5_000;
/** At and below this many units a shopper is told that there is little left. */
const LOW_STOCK_UNITS = 5;
/** What can be promised of a variant whose stock is not counted: the largest quantity the graph accepts. */
export const NOT_COUNTED_UNITS = 1_000_000_000;

export type AvailabilityStatus = 'IN_STOCK' | 'LOW_STOCK' | 'OUT_OF_STOCK' | 'UNKNOWN';

export interface Freshness {
  readonly asOf: Date;
  readonly stalenessMs: number;
  readonly basis: 'CONFIRMED' | 'CACHED' | 'FALLBACK';
  readonly sourceSystem: 'INVENTORY';
  readonly sourceSequence: string | null;
}

/** What may be promised of one variant in one channel, and what staff may know about it. */
export interface Availability {
  readonly variantId: string;
  readonly channelId: string;
  readonly status: AvailabilityStatus;
  readonly availableToPromise: Quantity;
  readonly onHand: Quantity;
  readonly reserved: Quantity;
  readonly safetyStock: Quantity;
  readonly byLocation: readonly LocationAvailability[];
  readonly freshness: Freshness;
}

export interface LocationAvailability {
  readonly locationId: string;
  readonly availableToPromise: Quantity;
  readonly freshness: Freshness;
}

export interface AvailabilityQuestion {
  readonly variantId: string;
  readonly channelId: string;
  /** Where the goods will be collected; null: they are sent. */
  readonly collectAt: string | null;
  /** What product says of the variant, when the question came through it. */
  readonly trackInventory: boolean | null;
  readonly baseUnit: string | null;
  readonly now: Date;
}

/**
 * What may be promised: the sum of what is available at the places that send parcels, or at the place of collection. A place
 * that owes more than it has counts as none, it does not eat up the stock of others.
 */
export function availabilityOf(
  stock: Fresh<Stock>,
  question: AvailabilityQuestion,
  maySend: (locationId: string) => boolean,
): Availability {
  const { variantId, channelId, collectAt } = question;
  const item = stock.value?.item ?? null;
  const levels = stock.value?.levels ?? [];
  const unit = question.baseUnit ?? item?.baseUnit ?? levels[0]?.unit ?? PIECE;
  const isCounted = question.trackInventory ?? item?.trackInventory ?? true;
  const freshness = freshnessOf(stock, levels, question.now);
  const places = levels.filter(({ locationId }) =>
    collectAt === null ? maySend(locationId) : locationId === collectAt,
  );
  const sum = (of: (level: Level) => number) => places.reduce((total, level) => total + of(level), 0);
  const promise = isCounted ? sum(promisable) : NOT_COUNTED_UNITS;
  const isKnown = item !== null || levels.length > 0 || !isCounted;
  return {
    variantId,
    channelId,
    status: isKnown ? statusOf(promise) : 'UNKNOWN',
    availableToPromise: quantity(promise, unit),
    onHand: quantity(
      sum(({ onHand }) => onHand),
      unit,
    ),
    reserved: quantity(
      sum(({ reserved }) => reserved),
      unit,
    ),
    safetyStock: quantity(
      sum(({ safetyStock }) => safetyStock),
      unit,
    ),
    byLocation: (isCounted ? (collectAt === null ? levels : places) : [])
      .toSorted(
        (left, right) =>
          promisable(right) - promisable(left) || (left.locationId < right.locationId ? -1 : 1),
      )
      .map((level) => ({
        locationId: level.locationId,
        availableToPromise: quantity(promisable(level), unit),
        freshness: freshnessOf(stock, [level], question.now),
      })),
    freshness,
  };
}

export function freshnessOf(stock: Fresh<unknown>, levels: readonly Level[], now: Date): Freshness {
  return {
    asOf: stock.asOf,
    stalenessMs: Math.max(0, now.getTime() - stock.asOf.getTime()),
    basis: stock.basis,
    sourceSystem: 'INVENTORY',
    // Versions only grow, so their sum grows with each change of any of the levels.
    sourceSequence:
      levels.length === 0 ? null : String(levels.reduce((sum, { version }) => sum + version, 0)),
  };
}

function statusOf(units: number): AvailabilityStatus {
  if (units <= 0) return 'OUT_OF_STOCK';
  return units <= LOW_STOCK_UNITS ? 'LOW_STOCK' : 'IN_STOCK';
}

function promisable(level: Level): number {
  return Math.max(0, level.available);
}
