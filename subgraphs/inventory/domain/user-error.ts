import { type UserErrorValue, userError } from '../../../platform/errors.ts';
import { type Quantity, quantity } from '../../../platform/quantity.ts';

/** An expected failure of this subgraph: beside the usual, how much could be had instead. */
export interface InventoryUserError extends UserErrorValue {
  readonly availableQuantity?: Quantity;
}

export const MAX_RESERVE_LINES = 2_000;
export const MAX_ADJUST_LINES = 500;

export function linesInvalid(field: string, most: number, count: number): InventoryUserError {
  return userError('LINES_INVALID', `Give 1 to ${most} lines, not ${count}.`, { field: ['input', field] });
}

export function quantityInvalid(field: readonly string[], given: string, what: string): InventoryUserError {
  return userError('QUANTITY_INVALID', `A quantity here is ${what}, not ${given}.`, { field });
}

export function unitMismatch(field: readonly string[], given: string, baseUnit: string): InventoryUserError {
  return userError('UNIT_MISMATCH', `Stock of this variant is counted in ${baseUnit}, not ${given}.`, {
    field,
  });
}

export function variantUnknown(field: readonly string[]): InventoryUserError {
  return userError('VARIANT_UNKNOWN', 'No system has told us of this variant.', { field });
}

export function variantNotTracked(field: readonly string[]): InventoryUserError {
  return userError(
    'VARIANT_NOT_TRACKED',
    'Stock of this variant is not counted: there is nothing to claim.',
    {
      field,
    },
  );
}

export function locationUnknown(field: readonly string[]): InventoryUserError {
  return userError('LOCATION_UNKNOWN', 'There is no such location.', { field });
}

/** Retryable: stock comes back when claims run out and goods arrive. */
export function insufficientStock(
  field: readonly string[],
  available: number,
  unit: string,
): InventoryUserError {
  return {
    ...userError('INSUFFICIENT_STOCK', `Only ${available} can be had.`, { field, retryable: true }),
    availableQuantity: quantity(available, unit),
  };
}
