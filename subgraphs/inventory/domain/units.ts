import { decimal, parseDecimal } from '../../../platform/money.ts';
import { wholeUnits } from '../../../platform/quantity.ts';

/** A unit an item is bought or sold in: `factor` base units make one of it. */
export interface UnitFactor {
  readonly unit: string;
  /** An exact decimal above zero. */
  readonly factor: string;
}

/** The same amount in whole base units; null when the unit is not known or the amount is not whole in base units. */
export function inBaseUnits(
  quantity: { readonly value: string; readonly unit: string },
  item: { readonly baseUnit: string; readonly units: readonly UnitFactor[] },
): number | null {
  if (quantity.unit === item.baseUnit) return wholeUnits(quantity.value);
  const factor = item.units.find(({ unit }) => unit === quantity.unit)?.factor;
  const value = parseDecimal(quantity.value);
  if (factor === undefined || value === null) return null;
  return wholeUnits(value.times(decimal(factor)).toFixed());
}
