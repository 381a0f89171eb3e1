import { decimal, parseDecimal } from './money.ts';

/** An amount of goods: an exact decimal string and its UN/CEFACT Recommendation 20 unit (`C62` is one piece). */
export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

/** The unit code for pieces. */
export const PIECE = 'C62';

export function quantity(value: string | number, unit: string): Quantity {
  // Whole units, which nearly all are, are exact as they stand.
  if (Number.isSafeInteger(value)) return { value: String(value), unit };
  return { value: decimal(String(value)).toFixed(), unit };
}

/** Whole base units as a safe integer, the form stock is counted in; null when it is not whole, not positive or too large to be real. */
export function wholePositiveUnits(value: string): number | null {
  const units = wholeUnits(value);
  return units !== null && units > 0 ? units : null;
}

/** Like wholePositiveUnits, but zero and negative are allowed: for deltas. At most 1,000,000,000 either way. */
export function wholeUnits(value: string): number | null {
  const parsed = parseDecimal(value);
  if (parsed === null || !parsed.round(0).eq(parsed)) return null;
  const units = Number(parsed.toFixed());
  return Math.abs(units) <= 1_000_000_000 ? units : null;
}
