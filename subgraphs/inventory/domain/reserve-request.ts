import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { parseDecimal } from '../../../platform/money.ts';
import type { Quantity } from '../../../platform/quantity.ts';
import { levelId } from './level.ts';
import { floorFor, type Offer } from './offer.ts';
import { planSources, type Shortage, type SourcingDecision, type SourcingPlan } from './sourcing.ts';
import type { SourcingLine, SourcingStrategy } from './sourcing-strategy.ts';
import type { Stock } from './stock.ts';
import { inBaseUnits } from './units.ts';
import {
  type InventoryUserError,
  insufficientStock,
  linesInvalid,
  locationUnknown,
  MAX_RESERVE_LINES,
  quantityInvalid,
  unitMismatch,
  variantNotTracked,
  variantUnknown,
} from './user-error.ts';

export interface ReserveLine extends Omit<SourcingLine, 'quantity'> {
  /** As asked for; what it is in base units is known when the variant is. */
  readonly asked: Quantity;
  readonly reference: string | null;
}

/** A line as it was asked for. */
export interface ReserveLineWish {
  readonly variantId: string;
  readonly quantity: Quantity;
  readonly locationId?: string | null | undefined;
  readonly reference?: string | null | undefined;
}

/** Reads the lines; every line that is wrong is named, not only the first. */
export function readReserveLines(
  wishes: readonly ReserveLineWish[],
  isLocation: (id: string) => boolean,
): Decision<ReserveLine[], InventoryUserError> {
  if (wishes.length === 0 || wishes.length > MAX_RESERVE_LINES)
    return refused(linesInvalid('lines', MAX_RESERVE_LINES, wishes.length));
  const errors: InventoryUserError[] = [];
  const lines = wishes.map((wish, index) => {
    if (parseDecimal(wish.quantity.value)?.gt('0') !== true)
      errors.push(quantityInvalid(at(index, 'quantity'), wish.quantity.value, 'a whole number above zero'));
    const locationId = wish.locationId ?? null;
    if (locationId !== null && !isLocation(locationId)) errors.push(locationUnknown(at(index, 'locationId')));
    return {
      index,
      variantId: wish.variantId,
      asked: wish.quantity,
      locationId,
      reference: wish.reference ?? null,
    };
  });
  return errors.length > 0 ? refused(...errors) : accepted(lines);
}

/** What is known when a claim is decided. */
export interface ClaimFacts {
  stockOf(variantId: string): Stock | null;
  /** What places offer of it, to whom the claim is for. */
  offersOf(stock: Stock): readonly Offer[];
  readonly strategy: SourcingStrategy;
}

/** A decision, and what is needed to carry it out. */
export interface ClaimDecision extends SourcingDecision {
  /** By level id: how many units its claims must leave there. */
  readonly floors: ReadonlyMap<string, number>;
  /** By line: the unit its variant's stock is counted in. */
  readonly units: readonly string[];
}

/** Where the lines' stock comes from, or why they cannot be served. `PART` takes what there is, as long as there is any. */
export function decideClaims(
  wishes: readonly ReserveLine[],
  facts: ClaimFacts,
  want: 'ALL' | 'PART',
): Decision<ClaimDecision, InventoryUserError> {
  const read = readVariants(wishes, facts);
  if (!read.ok) return read;
  const { lines, units } = read.value;
  const stocks = [...new Set(lines.map(({ variantId }) => variantId))].flatMap(
    (variantId) => facts.stockOf(variantId) ?? [],
  );
  const problem = { lines, offers: stocks.flatMap((stock) => facts.offersOf(stock)) };
  const plan = planSources(problem, facts.strategy);
  const isEnough = plan.shortages.length === 0 || (want === 'PART' && plan.claims.length > 0);
  if (!isEnough) return refused(...shortagesAsErrors(plan.shortages, units));
  return accepted({
    strategy: facts.strategy.name,
    problem,
    plan,
    floors: floorsOf(plan, problem.offers),
    units,
  });
}

function floorsOf(plan: SourcingPlan, offers: readonly Offer[]): Map<string, number> {
  const claimed = new Map<string, number>();
  for (const { variantId, locationId, quantity } of plan.claims) {
    const id = levelId(variantId, locationId);
    claimed.set(id, (claimed.get(id) ?? 0) + quantity);
  }
  return new Map(
    offers.flatMap((offer) => {
      const id = levelId(offer.variantId, offer.locationId);
      const units = claimed.get(id);
      return units === undefined ? [] : [[id, floorFor(offer, units)] as const];
    }),
  );
}

export function ownerForbidden(): InventoryUserError {
  return userError('FORBIDDEN', 'Only staff may claim stock for this kind of owner.', {
    field: ['input', 'ownerType'],
  });
}

/** The lines behind levels that turned out to have less than the plan thought. */
export function linesFallenShort(
  plan: SourcingPlan,
  levels: readonly { variantId: string; locationId: string; available: number }[],
  floors: ReadonlyMap<string, number>,
): Shortage[] {
  return plan.claims.flatMap(({ index, variantId, locationId }) => {
    const level = levels.find((one) => one.variantId === variantId && one.locationId === locationId);
    const floor = floors.get(levelId(variantId, locationId)) ?? 0;
    return level === undefined ? [] : [{ index, available: Math.max(0, level.available - floor) }];
  });
}

export function shortagesAsErrors(
  shortages: readonly Shortage[],
  units: readonly string[],
): InventoryUserError[] {
  return shortages.map(({ index, available }) =>
    insufficientStock(at(index, 'quantity'), available, units[index] ?? ''),
  );
}

/** The lines in base units, or why their variants cannot be claimed at all, whatever the stock. */
function readVariants(
  wishes: readonly ReserveLine[],
  { stockOf }: ClaimFacts,
): Decision<{ lines: SourcingLine[]; units: string[] }, InventoryUserError> {
  const errors: InventoryUserError[] = [];
  const units: string[] = [];
  const lines = wishes.flatMap(({ index, variantId, locationId, asked }): SourcingLine[] => {
    const stock = stockOf(variantId);
    const baseUnit = stock?.item?.baseUnit ?? stock?.levels[0]?.unit;
    if (stock === null || baseUnit === undefined) {
      errors.push(variantUnknown(at(index, 'variantId')));
      return [];
    }
    if (stock.item?.trackInventory === false) {
      errors.push(variantNotTracked(at(index, 'variantId')));
      return [];
    }
    const known = stock.item?.units ?? [];
    units[index] = baseUnit;
    const quantity = inBaseUnits(asked, { baseUnit, units: known });
    if (quantity !== null && quantity > 0) return [{ index, variantId, locationId, quantity }];
    const isKnownUnit = asked.unit === baseUnit || known.some(({ unit }) => unit === asked.unit);
    errors.push(
      isKnownUnit
        ? quantityInvalid(at(index, 'quantity'), asked.value, `a whole number of ${baseUnit} above zero`)
        : unitMismatch(at(index, 'quantity'), asked.unit, baseUnit),
    );
    return [];
  });
  return errors.length > 0 ? refused(...errors) : accepted({ lines, units });
}

function at(index: number, field: string): string[] {
  return ['input', 'lines', String(index), field];
}
