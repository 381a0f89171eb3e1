import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { idFromKey } from '../../../platform/ids.ts';
import { wholeUnits } from '../../../platform/quantity.ts';
import type { NewCount } from './counting.ts';
import { occurredBy, variantProblem } from './request-checks.ts';
import type { Stock } from './stock.ts';
import {
  type InventoryUserError,
  linesInvalid,
  locationUnknown,
  MAX_ADJUST_LINES,
  quantityInvalid,
} from './user-error.ts';

export interface CountWish {
  readonly locationId: string;
  readonly countedAt: string;
  readonly counts: readonly {
    readonly variantId: string;
    readonly counted: { readonly value: string; readonly unit: string };
  }[];
}

export interface CountFacts {
  readonly now: Date;
  readonly isLocation: (id: string) => boolean;
  readonly stockOf: (variantId: string) => Stock | null;
  /** Names the intent: the counts' ids follow from it. */
  readonly source: string;
}

/** The counts of one walk along the shelves; every line that is wrong is named. */
export function readCounts(wish: CountWish, facts: CountFacts): Decision<NewCount[], InventoryUserError> {
  const { counts: lines, locationId } = wish;
  if (lines.length === 0 || lines.length > MAX_ADJUST_LINES)
    return refused(linesInvalid('counts', MAX_ADJUST_LINES, lines.length));
  const errors: InventoryUserError[] = [];
  if (!facts.isLocation(locationId)) errors.push(locationUnknown(['input', 'locationId']));
  const countedAt = occurredBy(wish.countedAt, facts.now);
  if (countedAt === null)
    errors.push(
      userError('COUNTED_AT_INVALID', 'This shelf has not been counted yet.', {
        field: ['input', 'countedAt'],
      }),
    );

  const seen = new Set<string>();
  const counts = lines.map(({ variantId, counted }, index): NewCount => {
    const field = (name: string) => ['input', 'counts', String(index), name];
    const units = wholeUnits(counted.value);
    if (units === null || units < 0)
      errors.push(quantityInvalid(field('counted'), counted.value, 'a whole number, zero or more'));
    if (seen.has(variantId))
      errors.push(
        userError('LINE_REPEATED', 'This variant is counted on another line as well.', {
          field: field('variantId'),
        }),
      );
    seen.add(variantId);
    const problem = variantProblem(
      facts.stockOf(variantId),
      counted.unit,
      field('variantId'),
      field('counted'),
    );
    if (problem !== null) errors.push(problem);
    return {
      id: idFromKey('count', facts.source, variantId, locationId),
      variantId,
      locationId,
      unit: counted.unit,
      countedAt: countedAt ?? facts.now,
      counted: units ?? 0,
    };
  });
  return errors.length > 0 ? refused(...errors) : accepted(counts);
}
