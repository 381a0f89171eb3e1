import type { ClientSession } from 'mongoose';
import { notThereYet } from '../domain/backorder.ts';
import { allocated, ranOut, released, reserved } from '../domain/claim-movements.ts';
import { levelId } from '../domain/level.ts';
import type { Movement } from '../domain/movement.ts';
import type { Reservation, ReservationState } from '../domain/reservation.ts';
import type { Collections } from './collections.ts';
import type { Ledger, ShortLevel } from './ledger.ts';
import type { LevelRecord, ReservationRecord } from './records.ts';

/** Reservations and the stock they hold, changed together. */
export interface Claims {
  /**
   * Makes reservations, leaving levels with the floors that are given (`Booking.floors`). Answers the levels that had too little; the
   * transaction must be rolled back then.
   */
  claim(
    session: ClientSession,
    reservations: readonly Reservation[],
    at: Date,
    floors?: ReadonlyMap<string, number>,
  ): Promise<ShortLevel[]>;
  /** Ends active reservations, read in the same transaction, and gives their stock back. Throws when one of them is not active. */
  end(
    session: ClientSession,
    reservations: readonly Reservation[],
    how: { state: 'RELEASED' | 'EXPIRED'; reasonCode: string; at: Date },
  ): Promise<void>;
  /** Active reservations become an order's; their stock goes with them. Throws when one of them is not active. */
  allocate(session: ClientSession, reservations: readonly Reservation[], at: Date): Promise<void>;
  /** What became of allocated reservations in the end. Their stock is booked with the allocation, not here. */
  settle(
    session: ClientSession,
    ids: readonly string[],
    state: 'RELEASED' | 'CONSUMED',
    at: Date,
  ): Promise<void>;
  /** Gives an active reservation more time; false when it is not as it was read. */
  extend(session: ClientSession, reservation: Reservation, expiresAt: Date, at: Date): Promise<boolean>;
  /** The active reservations of a variant at a place, oldest first, at most 2,000. */
  activeAt(
    session: ClientSession,
    level: { readonly variantId: string; readonly locationId: string },
  ): Promise<Reservation[]>;
  /** The active reservations that have run out, oldest first. */
  due(at: Date, limit: number, session?: ClientSession): Promise<Reservation[]>;
  byIds(ids: readonly string[], session?: ClientSession): Promise<Map<string, Reservation>>;
}

/** Claims of one level that are looked at in one go. */
const MAX_ACTIVE = 2_000;

export function createClaims(
  collections: Pick<Collections, 'reservations' | 'levels'>,
  ledger: Ledger,
): Claims {
  const { reservations: model } = collections;

  async function move(
    session: ClientSession,
    reservations: readonly Reservation[],
    state: ReservationState,
    at: Date,
  ): Promise<void> {
    const { modifiedCount } = await model.updateMany(
      { _id: { $in: reservations.map(({ id }) => id) }, state: 'ACTIVE' },
      { $set: { state, updatedAt: at }, $inc: { version: 1 } },
      { session },
    );
    if (modifiedCount !== reservations.length) throw new Error('a reservation changed while it was moved on');
  }

  /** Moves what reservations hold: a level that has too little of it was written by somebody else than the ledger. */
  async function bookHeld(session: ClientSession, movements: readonly Movement[], at: Date): Promise<void> {
    const short = await ledger.book(session, { movements, at });
    if (short.length > 0) throw new Error('a level holds less than its reservations');
  }

  /** Only the levels know what was there, and only those that may owe have to be asked. */
  async function noteBackorders(
    session: ClientSession,
    claims: readonly Reservation[],
    floors: ReadonlyMap<string, number>,
  ): Promise<void> {
    const byLevel = Map.groupBy(claims, ({ variantId, locationId }) => levelId(variantId, locationId));
    const mayOwe = [...byLevel.keys()].filter((id) => (floors.get(id) ?? 0) < 0);
    if (mayOwe.length === 0) return;
    const levels = await collections.levels
      .find({ _id: { $in: mayOwe }, available: { $lt: 0 } })
      .session(session)
      .lean<LevelRecord[]>();
    const waiting = levels.flatMap(({ _id, available }) => {
      const own = byLevel.get(_id) ?? [];
      const units = notThereYet(
        own.map(({ quantity }) => quantity),
        available,
      );
      return own.map(({ id }, index) => ({ id, backordered: units[index] ?? 0 }));
    });
    const late = waiting.filter(({ backordered }) => backordered > 0);
    if (late.length === 0) return;
    await model.bulkWrite(
      late.map(({ id, backordered }) => ({
        updateOne: { filter: { _id: id }, update: { $set: { backordered } } },
      })),
      { session },
    );
  }

  return {
    async claim(session, reservations, at, floors) {
      await model.insertMany(
        reservations.map(({ id, ...rest }) => ({ _id: id, ...rest, createdAt: at, updatedAt: at })),
        { session, lean: true },
      );
      const short = await ledger.book(session, {
        movements: reservations.map((reservation) => reserved(reservation, at)),
        at,
        ...(floors === undefined ? {} : { floors }),
      });
      if (short.length === 0) await noteBackorders(session, reservations, floors ?? new Map());
      return short;
    },

    async end(session, reservations, { state, reasonCode, at }) {
      await move(session, reservations, state, at);
      await bookHeld(
        session,
        reservations.map((reservation) =>
          state === 'EXPIRED' ? ranOut(reservation) : released(reservation, at, reasonCode),
        ),
        at,
      );
    },

    async allocate(session, reservations, at) {
      await move(session, reservations, 'ALLOCATED', at);
      await bookHeld(
        session,
        reservations.map((reservation) => allocated(reservation, at)),
        at,
      );
    },

    async settle(session, ids, state, at) {
      if (ids.length === 0) return;
      await model.updateMany(
        { _id: { $in: [...ids] }, state: 'ALLOCATED' },
        { $set: { state, updatedAt: at }, $inc: { version: 1 } },
        { session },
      );
    },

    async extend(session, { id, version }, expiresAt, at) {
      const { modifiedCount } = await model.updateOne(
        { _id: id, state: 'ACTIVE', version },
        { $set: { expiresAt, updatedAt: at }, $inc: { version: 1, extendCount: 1 } },
        { session },
      );
      return modifiedCount === 1;
    },

    async activeAt(session, { variantId, locationId }) {
      const records = await model
        .find({ variantId, locationId, state: 'ACTIVE' })
        .sort({ _id: 1 })
        .limit(MAX_ACTIVE)
        .session(session)
        .lean<ReservationRecord[]>();
      return records.map(reservationOf);
    },

    async due(at, limit, session) {
      const records = await model
        .find({ state: 'ACTIVE', expiresAt: { $lte: at } })
        .sort({ expiresAt: 1 })
        .limit(limit)
        .session(session ?? null)
        .lean<ReservationRecord[]>();
      return records.map(reservationOf);
    },

    async byIds(ids, session) {
      const records = await model
        .find({ _id: { $in: [...new Set(ids)] } })
        .session(session ?? null)
        .lean<ReservationRecord[]>();
      return new Map(records.map((record) => [record._id, reservationOf(record)]));
    },
  };
}

export function reservationOf({ _id, createdAt, updatedAt: _, ...rest }: ReservationRecord): Reservation {
  return {
    ...rest,
    id: _id,
    backordered: rest.backordered ?? 0,
    claimedAt: rest.claimedAt ?? createdAt,
    transferredTo: rest.transferredTo ?? null,
  };
}
