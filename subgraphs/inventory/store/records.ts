import type { Allocation } from '../domain/allocation.ts';
import type { Count } from '../domain/counting.ts';
import type { Discrepancy } from '../domain/discrepancy.ts';
import type { Level } from '../domain/level.ts';
import type { Location } from '../domain/location.ts';
import type { Movement } from '../domain/movement.ts';
import type { Reservation } from '../domain/reservation.ts';
import type { SourcingDecision } from '../domain/sourcing.ts';
import type { StockItem } from '../domain/stock.ts';
import type { Supply } from '../domain/supply.ts';

/** A domain value as it is kept: its identity is the document's. */
type Kept<T, Id extends keyof T> = Omit<T, Id> & { _id: string };

export interface LevelRecord extends Level {
  _id: string;
  /** The last line of the ledger that is in these figures. */
  lastTransactionId: string;
  /** The time of the latest count of it: facts dated before may be in that count already. Absent: never counted. */
  countedAt?: Date | null;
  /** Versions that were no booking: the level was made what its ledger adds up to. */
  rebuilds?: number;
  updatedAt: Date;
}
export interface LedgerRecord extends Movement {
  _id: string;
  /** The version its level reached with it: lines of one level, by position, are its history. */
  position: number;
  recordedAt: Date;
}
export interface ReservationRecord extends Kept<Reservation, 'id'> {
  createdAt: Date;
  updatedAt: Date;
}
export interface AllocationRecord extends Kept<Allocation, 'id'> {
  createdAt: Date;
  updatedAt: Date;
}
export interface CountRecord extends Kept<Count, 'id'> {
  recordedAt: Date;
}
export type DiscrepancyRecord = Kept<Discrepancy, 'id'>;
/** Whose turn it is to compare levels, and where to go on. */
export interface AuditTurnRecord {
  _id: string;
  after: string | null;
  takenAt: Date;
}
export type ItemRecord = Kept<StockItem, 'variantId'>;
export type LocationRecord = Kept<Location, 'id'>;
export type SupplyRecord = Kept<Supply, 'id'>;
/** Named like the intent it was made for: the first of the reservations that came of it. */
export interface SourcingDecisionRecord extends SourcingDecision {
  _id: string;
  reservationIds: string[];
  decidedAt: Date;
}
