import type { ClientSession } from 'mongoose';
import { allocated, ranOut, released, reserved } from '../domain/claim-movements.ts';
import type { Movement } from '../domain/movement.ts';
import type { Reservation, ReservationState } from '../domain/reservation.ts';
import type { Collections, ReservationRecord } from './collections.ts';
import type { Ledger, ShortLevel } from './ledger.ts';

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
  /** The active reservations that have run out, oldest first. */
  due(at: Date, limit: number, session?: ClientSession): Promise<Reservation[]>;
  byIds(ids: readonly string[], session?: ClientSession): Promise<Map<string, Reservation>>;
}

export function createClaims(collections: Pick<Collections, 'reservations'>, ledger: Ledger): Claims {
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

  return {
    async claim(session, reservations, at, floors) {
      await model.insertMany(
        reservations.map(({ id, ...rest }) => ({ _id: id, ...rest, createdAt: at, updatedAt: at })),
        { session, lean: true },
      );
      return ledger.book(session, {
        movements: reservations.map((reservation) => reserved(reservation, at)),
        at,
        ...(floors === undefined ? {} : { floors }),
      });
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

export function reservationOf({ _id, createdAt: _, updatedAt: __, ...rest }: ReservationRecord): Reservation {
  return { ...rest, id: _id, transferredTo: rest.transferredTo ?? null };
}
