import { idFromKey } from '../../../platform/ids.ts';
import type { Movement } from '../domain/movement.ts';

/** Movements that are booked together, and what the levels they change must still have. */
export interface Booking {
  readonly movements: readonly Movement[];
  readonly at: Date;
  /** By level id: the version a level must still have. */
  readonly expectedVersions?: ReadonlyMap<string, number>;
  /** By level id: how much must at least be left available, for movements that take of it. 0 when left out; below zero lets it owe. */
  readonly floors?: ReadonlyMap<string, number>;
}

/** Follows from the source's own id, so that the ledger's primary key keeps the same event from being booked twice. */
export function transactionId(movement: Pick<Movement, 'sourceSystem' | 'sourceEventId'>): string {
  return idFromKey('inventory-transaction', movement.sourceSystem, movement.sourceEventId);
}
