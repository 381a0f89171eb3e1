import { idFromKey } from '../../../platform/ids.ts';
import { BUCKETS, type Bucket, type Level } from './level.ts';

export type MovementType =
  | 'RECEIPT'
  | 'SALE'
  | 'RETURN'
  | 'ADJUSTMENT'
  | 'COUNT'
  | 'TRANSFER_OUT'
  | 'TRANSFER_IN'
  | 'RESERVE'
  | 'RELEASE'
  | 'ALLOCATE'
  | 'PICK'
  | 'SHIP'
  | 'SCRAP';

/** One line of the ledger: so many units went from one bucket to another, came in (`from` null) or left (`to` null). */
export interface Movement {
  readonly type: MovementType;
  readonly variantId: string;
  readonly locationId: string;
  readonly unit: string;
  readonly from: Bucket | null;
  readonly to: Bucket | null;
  /** Whole base units, above zero. */
  readonly quantity: number;
  readonly occurredAt: Date;
  readonly sourceSystem: string;
  /** Unique within the source system: a movement is booked once, however often it is told. */
  readonly sourceEventId: string;
  readonly reasonCode: string | null;
}

/** Follows from the source's own id, so that the ledger's primary key keeps the same event from being booked twice. */
export function transactionId(movement: Pick<Movement, 'sourceSystem' | 'sourceEventId'>): string {
  return idFromKey('inventory-transaction', movement.sourceSystem, movement.sourceEventId);
}

/** How much a level changes; buckets that are left out stay as they are. */
export type LevelDelta = Partial<Record<Bucket | 'onHand', number>>;

/** The sum of what movements of one level do to it. A bucket whose sum is zero is left out. */
export function deltaOf(movements: readonly Pick<Movement, 'from' | 'to' | 'quantity'>[]): LevelDelta {
  const delta: LevelDelta = {};
  const add = (what: Bucket | 'onHand', units: number) => {
    const sum = (delta[what] ?? 0) + units;
    if (sum === 0) delete delta[what];
    else delta[what] = sum;
  };
  for (const { from, to, quantity } of movements) {
    if (from === null) add('onHand', quantity);
    else add(from, -quantity);
    if (to === null) add('onHand', -quantity);
    else add(to, quantity);
  }
  return delta;
}

/** The buckets that must hold at least so many units for the delta to be allowed: the ones it takes from. */
export function neededBy(delta: LevelDelta): { bucket: Bucket; units: number }[] {
  return BUCKETS.flatMap((bucket) => {
    const change = delta[bucket] ?? 0;
    return change < 0 ? [{ bucket, units: -change }] : [];
  });
}

/** The level after a delta. Pure twin of the guarded update: the same figures, for tests and for reckoning ahead. */
export function applyDelta(level: Level, delta: LevelDelta): Level {
  const next = { ...level, onHand: level.onHand + (delta.onHand ?? 0), version: level.version + 1 };
  for (const bucket of BUCKETS) next[bucket] = level[bucket] + (delta[bucket] ?? 0);
  return next;
}

/** Movements by the level they touch, levels in the one order in which every writer touches them. */
export function byLevel<M extends Pick<Movement, 'variantId' | 'locationId'>>(
  movements: readonly M[],
): M[][] {
  const groups = Map.groupBy(movements, ({ variantId, locationId }) => `${variantId}|${locationId}`);
  return [...groups.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, group]) => group);
}
