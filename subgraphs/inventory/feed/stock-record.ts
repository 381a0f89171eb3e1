import type { FeedRejection } from '../../../platform/feed/feed.ts';
import type { Stock } from '../domain/stock.ts';
import { inBaseUnits } from '../domain/units.ts';

/** A record of a feed that could not be accepted. */
export interface Refusal {
  readonly eventId: string;
  readonly rejected: FeedRejection;
}

export function refusal(code: string, message: string, field: string, record: unknown): FeedRejection {
  return { code, message, field: [field], raw: JSON.stringify(record) };
}

/** What a record counts, in whole base units of its variant; or why it cannot be counted so. A variant nobody knows is counted as told. */
export function readUnits(
  record: { readonly sku: string; readonly quantity: string; readonly unit: string },
  stock: Stock | undefined,
): number | FeedRejection {
  const { sku, quantity, unit } = record;
  const baseUnit = stock?.item?.baseUnit ?? stock?.levels[0]?.unit ?? unit;
  const known = stock?.item?.units ?? [];
  if (unit !== baseUnit && !known.some((one) => one.unit === unit))
    return refusal('UNIT_MISMATCH', `stock of ${sku} is counted in ${baseUnit}, not ${unit}`, 'unit', record);
  const units = inBaseUnits({ value: quantity, unit }, { baseUnit, units: known });
  if (units !== null) return units;
  return refusal('QUANTITY_INVALID', `${quantity} is not a whole number of base units`, 'quantity', record);
}
