import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { wholeUnits } from '../../../platform/quantity.ts';
import { OWN_SYSTEM } from './claim-movements.ts';
import type { Bucket, Level } from './level.ts';
import type { Movement } from './movement.ts';
import { occurredBy, reasonProblem, variantProblem } from './request-checks.ts';
import type { Stock } from './stock.ts';
import {
  type InventoryUserError,
  insufficientStock,
  linesInvalid,
  locationUnknown,
  MAX_ADJUST_LINES,
  quantityInvalid,
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
  /** The state goods are found in, or missing from. */
  readonly bucket: Bucket;
}

/** The ledger lines of a correction, in the order of its changes; every change that is wrong is named. */
export function adjustmentMovements(
  wish: AdjustWish,
  facts: AdjustFacts,
): Decision<Movement[], InventoryUserError> {
  const { changes } = wish;
  if (changes.length === 0 || changes.length > MAX_ADJUST_LINES)
    return refused(linesInvalid('changes', MAX_ADJUST_LINES, changes.length));
  const errors: InventoryUserError[] = [];
  const reason = reasonProblem(wish.reasonCode);
  if (reason !== null) errors.push(reason);
  if (!facts.isLocation(wish.locationId)) errors.push(locationUnknown(['input', 'locationId']));
  const occurredAt = wish.occurredAt == null ? facts.now : occurredBy(wish.occurredAt, facts.now);
  if (occurredAt === null)
    errors.push(
      userError('OCCURRED_AT_INVALID', 'This has not happened yet.', { field: ['input', 'occurredAt'] }),
    );

  const movements = changes.map(({ variantId, delta }, index): Movement => {
    const field = (name: string) => ['input', 'changes', String(index), name];
    const units = wholeUnits(delta.value);
    if (units === null || units === 0)
      errors.push(quantityInvalid(field('delta'), delta.value, 'a whole number and not zero'));
    const problem = variantProblem(facts.stockOf(variantId), delta.unit, field('variantId'), field('delta'));
    if (problem !== null) errors.push(problem);
    const gain = (units ?? 0) > 0;
    return {
      type: 'ADJUSTMENT',
      variantId,
      locationId: wish.locationId,
      unit: delta.unit,
      from: gain ? null : facts.bucket,
      to: gain ? facts.bucket : null,
      quantity: Math.abs(units ?? 0),
      occurredAt: occurredAt ?? facts.now,
      sourceSystem: OWN_SYSTEM,
      sourceEventId: `${facts.source}:${index}`,
      reasonCode: wish.reasonCode.trim(),
    };
  });
  return errors.length > 0 ? refused(...errors) : accepted(movements);
}

/** Why changes were not booked, for the levels that the guarded update refused. */
export function shortChanges(
  wish: AdjustWish,
  short: readonly { variantId: string; version: number; level: Level | null }[],
  bucket: Bucket,
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
    return [insufficientStock(field('delta'), Math.max(0, level.level?.[bucket] ?? 0), delta.unit)];
  });
}
