import type { Movement } from '../domain/movement.ts';

/** Movements that are booked together, and what the levels they change must still have. */
export interface Booking {
  readonly movements: readonly Movement[];
  readonly at: Date;
  /** When the levels were counted, for movements that come from a count. */
  readonly countedAt?: Date;
  /** By level id: the version a level must still have. */
  readonly expectedVersions?: ReadonlyMap<string, number>;
  /** By level id: how much must at least be left available, for movements that take of it. 0 when left out; below zero lets it owe. */
  readonly floors?: ReadonlyMap<string, number>;
}
