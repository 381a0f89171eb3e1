import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { wholeUnits } from '../../../platform/quantity.ts';
import { OWN_SYSTEM } from './claim-movements.ts';
import type { Movement } from './movement.ts';
import type { Stock } from './stock.ts';
import {
  type InventoryUserError,
  insufficientStock,
  linesInvalid,
  locationUnknown,
  MAX_ADJUST_LINES,
  quantityInvalid,
  unitMismatch,
  variantNotTracked,
  variantUnknown,
} from './user-error.ts';

export interface AdjustWish {
  readonly locationId: string;
  readonly reasonCode: string;
  readonly occurredAt?: string | null | undefined;
  readonly changes: readonly {
    readonly variantId: string;
    readonly delta: { readonly value: string; readonly unit: string };
    readonly expectedVersion?: number | null | undefined;
  }[];
}

export interface AdjustFacts {
  readonly now: Date;
  readonly isLocation: (id: string) => boolean;
  readonly stockOf: (variantId: string) => Stock | null;
  /** Names the intent in the ledger. */
  readonly source: string;
}

/** How far a till's clock may be ahead of ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
const MAX_REASON_LENGTH = 60;

/** The ledger lines of a correction, in the order of its changes; every change that is wrong is named. */
export function adjustmentMovements(
  wish: AdjustWish,
  facts: AdjustFacts,
): Decision<Movement[], InventoryUserError> {
  const { changes } = wish;
  if (changes.length === 0 || changes.length > MAX_ADJUST_LINES)
    return refused(linesInvalid('changes', MAX_ADJUST_LINES, changes.length));
  const reasonCode = wish.reasonCode.trim();
  const errors: InventoryUserError[] = [];
  if (reasonCode === '' || reasonCode.length > MAX_REASON_LENGTH)
    errors.push(
      userError('REASON_INVALID', `Give a reason of 1 to ${MAX_REASON_LENGTH} characters.`, {
        field: ['input', 'reasonCode'],
      }),
    );
  if (!facts.isLocation(wish.locationId)) errors.push(locationUnknown(['input', 'locationId']));
  const occurredAt = wish.occurredAt == null ? facts.now : new Date(wish.occurredAt);
  if (occurredAt.getTime() > facts.now.getTime() + CLOCK_TOLERANCE_MS)
    errors.push(
      userError('OCCURRED_AT_INVALID', 'This has not happened yet.', { field: ['input', 'occurredAt'] }),
    );

  const movements = changes.map(({ variantId, delta }, index): Movement => {
    const field = (name: string) => ['input', 'changes', String(index), name];
    const units = wholeUnits(delta.value);
    if (units === null || units === 0)
      errors.push(quantityInvalid(field('delta'), delta.value, 'a whole number and not zero'));
    const stock = facts.stockOf(variantId);
    const baseUnit = stock?.item?.baseUnit ?? stock?.levels[0]?.unit;
    if (baseUnit === undefined) errors.push(variantUnknown(field('variantId')));
    else if (stock?.item?.trackInventory === false) errors.push(variantNotTracked(field('variantId')));
    else if (delta.unit !== baseUnit) errors.push(unitMismatch(field('delta'), delta.unit, baseUnit));
    const gain = (units ?? 0) > 0;
    return {
      type: 'ADJUSTMENT',
      variantId,
      locationId: wish.locationId,
      unit: delta.unit,
      from: gain ? null : 'available',
      to: gain ? 'available' : null,
      quantity: Math.abs(units ?? 0),
      occurredAt,
      sourceSystem: OWN_SYSTEM,
      sourceEventId: `${facts.source}:${index}`,
      reasonCode,
    };
  });
  return errors.length > 0 ? refused(...errors) : accepted(movements);
}

/** Why changes were not booked, for the levels that the guarded update refused. */
export function shortChanges(
  wish: AdjustWish,
  short: readonly { variantId: string; available: number; version: number }[],
): InventoryUserError[] {
  return wish.changes.flatMap(({ variantId, delta, expectedVersion }, index) => {
    const level = short.find((one) => one.variantId === variantId);
    if (level === undefined) return [];
    const field = (name: string) => ['input', 'changes', String(index), name];
    if (expectedVersion != null && expectedVersion !== level.version)
      return [
        userError('VERSION_CONFLICT', `The level is at version ${level.version} now. Read it again.`, {
          field: field('expectedVersion'),
        }),
      ];
    return [insufficientStock(field('delta'), Math.max(0, level.available), delta.unit)];
  });
}
