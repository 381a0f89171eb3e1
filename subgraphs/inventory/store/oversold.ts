import type { ClientSession } from 'mongoose';
import { levelId } from '../domain/level.ts';
import type { Promised } from '../domain/oversell.ts';
import type { Reservation } from '../domain/reservation.ts';
import { allocationOf } from './allocations.ts';
import { type Claims, reservationOf } from './claims.ts';
import type { Collections } from './collections.ts';
import type { AllocationRecord, LedgerRecord, LevelRecord, ReservationRecord } from './records.ts';

/** Levels that owe more than is there, and what is claimed of them. */
export interface OversoldLevels {
  /** Levels that owe something, from the one after `after` on, in the order of their ids. */
  owing(after: string | null, limit: number): Promise<string[]>;
  /** Levels of which orders wait for goods, likewise. */
  waitedAt(after: string | null, limit: number): Promise<string[]>;
  read(session: ClientSession, id: string): Promise<LevelRecord | null>;
  /** Who has some of a level: those who hold it for a while and orders it is promised to, the latest first. */
  claimsOf(
    session: ClientSession,
    level: LevelRecord,
  ): Promise<{ reservations: Reservation[]; promised: Promised[] }>;
  /** The latest fact that took goods of a level away, or made them unsaleable; null when there is none. */
  cause(session: ClientSession, level: LevelRecord): Promise<LedgerRecord | null>;
}

/** Claims of one level that are looked at in one go; what is left is looked at in the next. */
const MAX_CLAIMS = 500;

export function createOversoldLevels(
  { levels, ledger, reservations, allocations }: Collections,
  claims: Claims,
): OversoldLevels {
  return {
    async owing(after, limit) {
      const found = await levels
        .find({ available: { $lt: 0 }, ...(after === null ? {} : { _id: { $gt: after } }) }, { _id: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<{ _id: string }[]>();
      return found.map(({ _id }) => _id);
    },

    async waitedAt(after, limit) {
      const found = await allocations.aggregate<{ _id: { variantId: string; locationId: string } }>([
        { $match: { backordered: { $gt: 0 } } },
        { $group: { _id: { variantId: '$variantId', locationId: '$locationId' } } },
      ]);
      return found
        .map(({ _id }) => levelId(_id.variantId, _id.locationId))
        .filter((id) => after === null || id > after)
        .toSorted()
        .slice(0, limit);
    },

    read: (session, id) => levels.findById(id).session(session).lean<LevelRecord>(),

    async claimsOf(session, { variantId, locationId }) {
      const active = await reservations
        .find({ variantId, locationId, state: 'ACTIVE' })
        .sort({ createdAt: -1, _id: -1 })
        .limit(MAX_CLAIMS)
        .session(session)
        .lean<ReservationRecord[]>();
      const open = await allocations
        .find({ variantId, locationId, open: { $gt: 0 }, state: 'ALLOCATED' })
        .sort({ createdAt: -1, _id: -1 })
        .limit(MAX_CLAIMS)
        .session(session)
        .lean<AllocationRecord[]>();
      const owners = await claims.byIds(
        open.map(({ reservationId }) => reservationId),
        session,
      );
      return {
        reservations: active.map(reservationOf),
        promised: open.map(allocationOf).flatMap((allocation) => {
          const reservation = owners.get(allocation.reservationId);
          return reservation === undefined ? [] : [{ allocation, reservation }];
        }),
      };
    },

    async cause(session, { variantId, locationId }) {
      const [line] = await ledger
        .find({
          variantId,
          locationId,
          from: { $ne: null },
          to: { $in: [null, 'safetyStock', 'qualityHold', 'damaged'] },
        })
        .sort({ position: -1 })
        .limit(1)
        .session(session)
        .lean<LedgerRecord[]>();
      return line ?? null;
    },
  };
}
