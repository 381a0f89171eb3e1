import { OWN_SYSTEM } from './claim-movements.ts';
import type { Movement } from './movement.ts';

/** What was found on one shelf at one moment: the books of that moment are set right by it, and stay right whatever arrives later. */
export interface Count {
  readonly id: string;
  readonly variantId: string;
  readonly locationId: string;
  readonly unit: string;
  readonly countedAt: Date;
  /** Everything on hand, in whatever state, whole base units. */
  readonly counted: number;
  /** How much more (or, below zero, less) was found than the books of that moment say; it changes when a late fact sets those right. */
  readonly difference: number;
}

export type NewCount = Omit<Count, 'difference'>;

/** What the books say when a count is applied. */
export interface BooksAtCount {
  /** On hand as of now, all that has arrived included. */
  readonly onHand: number;
  /** What facts dated after the count did to on hand; corrections of counts left out. */
  readonly broughtSince: number;
  /** Counts of the same level that follow this one in `inCountOrder`. */
  readonly later: readonly Count[];
}

/** Whether the books say more or less is there because of it; claims only move goods between states. */
export function onHandEffect({ from, to, quantity }: Pick<Movement, 'from' | 'to' | 'quantity'>): number {
  return (from === null ? quantity : 0) - (to === null ? quantity : 0);
}

/** A correction that one of our own counts made: it belongs to its count and is never itself counted. */
export function isCountCorrection({ type, sourceSystem }: Pick<Movement, 'type' | 'sourceSystem'>): boolean {
  return type === 'COUNT' && sourceSystem === OWN_SYSTEM;
}

/** By time; counts of the same moment by id, so that their order does not depend on which arrived first. */
export function inCountOrder(
  left: Pick<Count, 'countedAt' | 'id'>,
  right: Pick<Count, 'countedAt' | 'id'>,
): number {
  return left.countedAt.getTime() - right.countedAt.getTime() || (left.id < right.id ? -1 : 1);
}

/**
 * Applies a count as of its time: the difference between what was found and what the books say of that moment. The count after it had
 * made up for the same difference, not knowing where it came from, and gives that part back.
 */
export function applyCount(
  count: NewCount,
  { onHand, broughtSince, later }: BooksAtCount,
): { readonly count: Count; readonly next: Count | null; readonly movements: readonly Movement[] } {
  const correctedSince = later.reduce((sum, { difference }) => sum + difference, 0);
  const difference = count.counted - (onHand - broughtSince - correctedSince);
  const applied = { ...count, difference };
  const next = later.toSorted(inCountOrder)[0];
  if (difference === 0) return { count: applied, next: null, movements: [] };
  const movements = [correction(applied, difference, count.id)];
  if (next === undefined) return { count: applied, next: null, movements };
  movements.push(correction(next, -difference, count.id));
  return { count: applied, next: { ...next, difference: next.difference - difference }, movements };
}

/**
 * A fact that happened before a count but arrives after it: whoever counted saw its effect on the shelf already, so the next count
 * after it takes back as much as the fact brings. Null when no count followed it.
 */
export function absorbedBy(
  late: Movement,
  lateId: string,
  counts: readonly Count[],
): { readonly count: Count; readonly movement: Movement } | null {
  const effect = onHandEffect(late);
  if (effect === 0 || isCountCorrection(late)) return null;
  const count = counts.filter(({ countedAt }) => countedAt >= late.occurredAt).toSorted(inCountOrder)[0];
  if (count === undefined) return null;
  return {
    count: { ...count, difference: count.difference - effect },
    movement: correction(count, -effect, lateId),
  };
}

/** How right the books were when the shelf was counted, from 0 to 1: the share of the larger figure that both agree on. */
export function accuracyOf({ counted, difference }: Pick<Count, 'counted' | 'difference'>): number {
  const most = Math.max(counted, counted - difference, 1);
  return Math.max(0, 1 - Math.abs(difference) / most);
}

function correction(count: NewCount, units: number, because: string): Movement {
  return {
    type: 'COUNT',
    variantId: count.variantId,
    locationId: count.locationId,
    unit: count.unit,
    from: units < 0 ? 'available' : null,
    to: units < 0 ? null : 'available',
    quantity: Math.abs(units),
    occurredAt: count.countedAt,
    sourceSystem: OWN_SYSTEM,
    sourceEventId: `count:${count.id}:${because}`,
    reasonCode: because === count.id ? 'COUNTED' : 'COUNTED_ALREADY',
  };
}
