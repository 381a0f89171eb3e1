import { CLOCK_TOLERANCE_MS } from '../../../platform/clock.ts';
import { userError } from '../../../platform/errors.ts';
import type { Stock } from './stock.ts';
import { type InventoryUserError, unitMismatch, variantNotTracked, variantUnknown } from './user-error.ts';

const MAX_REASON_LENGTH = 60;

/** When it happened, or null when it has not happened yet. */
export function occurredBy(told: string | Date, now: Date): Date | null {
  const at = new Date(told);
  return at.getTime() <= now.getTime() + CLOCK_TOLERANCE_MS ? at : null;
}

/** Why stock of a variant cannot be changed in this unit at all; null when it can. */
export function variantProblem(
  stock: Stock | null,
  unit: string,
  variantField: readonly string[],
  unitField: readonly string[],
): InventoryUserError | null {
  const baseUnit = stock?.item?.baseUnit ?? stock?.levels[0]?.unit;
  if (baseUnit === undefined) return variantUnknown(variantField);
  if (stock?.item?.trackInventory === false) return variantNotTracked(variantField);
  return unit === baseUnit ? null : unitMismatch(unitField, unit, baseUnit);
}

export function reasonProblem(reasonCode: string): InventoryUserError | null {
  const length = reasonCode.trim().length;
  if (length >= 1 && length <= MAX_REASON_LENGTH) return null;
  return userError('REASON_INVALID', `Give a reason of 1 to ${MAX_REASON_LENGTH} characters.`, {
    field: ['input', 'reasonCode'],
  });
}
