import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { wholePositiveUnits } from '../../../platform/quantity.ts';
import { planSources, type Shortage, type SourcingLine, type SourcingPlan } from './sourcing.ts';
import type { Stock } from './stock.ts';
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

export interface ReserveLine extends SourcingLine {
  readonly unit: string;
  readonly reference: string | null;
}

/** A line as it was asked for. */
export interface ReserveLineWish {
  readonly variantId: string;
  readonly quantity: { readonly value: string; readonly unit: string };
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
    const units = wholePositiveUnits(wish.quantity.value);
    if (units === null) {
      errors.push(quantityInvalid(at(index, 'quantity'), wish.quantity.value, 'a whole number above zero'));
    }
    const locationId = wish.locationId ?? null;
    if (locationId !== null && !isLocation(locationId)) errors.push(locationUnknown(at(index, 'locationId')));
    return {
      index,
      variantId: wish.variantId,
      quantity: units ?? 0,
      unit: wish.quantity.unit,
      locationId,
      reference: wish.reference ?? null,
    };
  });
  return errors.length > 0 ? refused(...errors) : accepted(lines);
}

/** What is known when a claim is decided. */
export interface ClaimFacts {
  stockOf(variantId: string): Stock | null;
  maySend(locationId: string): boolean;
}

/** Where the lines' stock comes from, or why they cannot be served. `PART` takes what there is, as long as there is any. */
export function decideClaims(
  lines: readonly ReserveLine[],
  facts: ClaimFacts,
  want: 'ALL' | 'PART',
): Decision<SourcingPlan, InventoryUserError> {
  const wrong = variantProblems(lines, facts);
  if (wrong.length > 0) return refused(...wrong);
  const plan = planSources(lines, (variantId) => facts.stockOf(variantId)?.levels ?? [], facts.maySend);
  const isEnough = plan.shortages.length === 0 || (want === 'PART' && plan.claims.length > 0);
  return isEnough ? accepted(plan) : refused(...shortagesAsErrors(plan.shortages, lines));
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
): Shortage[] {
  return plan.claims.flatMap(({ index, variantId, locationId }) => {
    const level = levels.find((one) => one.variantId === variantId && one.locationId === locationId);
    return level === undefined ? [] : [{ index, available: Math.max(0, level.available) }];
  });
}

export function shortagesAsErrors(
  shortages: readonly Shortage[],
  lines: readonly ReserveLine[],
): InventoryUserError[] {
  return shortages.map(({ index, available }) =>
    insufficientStock(at(index, 'quantity'), available, lines[index]?.unit ?? ''),
  );
}

/** Why variants cannot be claimed at all, whatever the stock. */
function variantProblems(lines: readonly ReserveLine[], { stockOf }: ClaimFacts): InventoryUserError[] {
  return lines.flatMap(({ index, variantId, unit }) => {
    const stock = stockOf(variantId);
    const baseUnit = stock?.item?.baseUnit ?? stock?.levels[0]?.unit;
    if (stock === null || baseUnit === undefined) return [variantUnknown(at(index, 'variantId'))];
    if (stock.item?.trackInventory === false) return [variantNotTracked(at(index, 'variantId'))];
    if (unit !== baseUnit) return [unitMismatch(at(index, 'quantity'), unit, baseUnit)];
    return [];
  });
}

function at(index: number, field: string): string[] {
  return ['input', 'lines', String(index), field];
}
