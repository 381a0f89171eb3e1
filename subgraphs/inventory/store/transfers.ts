import type { ClientSession } from 'mongoose';
import type { Reservation } from '../domain/reservation.ts';
import type { Transfer } from '../domain/transfer.ts';
import type { Allocations } from './allocations.ts';
import type { Claims } from './claims.ts';
import type { Collections } from './collections.ts';
import type { Ledger, ShortLevel } from './ledger.ts';

/** A claim is moved more often than this by nobody: longer chains mean that something goes in circles. */
const MAX_TRANSFERS = 100;

/** Claims that went on at another place. */
export interface Transfers {
  /** Carries a transfer out. Answers the level that had too little; the transaction must be rolled back then. Throws when the claim is not as it was read. */
  carryOut(session: ClientSession, transfer: Transfer, at: Date): Promise<ShortLevel | null>;
  /** The same where too little is no reason to roll back: false, and nothing was written. */
  tryCarryOut(session: ClientSession, transfer: Transfer, at: Date): Promise<boolean>;
  /** The reservations as which these go on now, by the id asked for; ids nobody knows are left out. */
  current(session: ClientSession, ids: readonly string[]): Promise<Map<string, Reservation>>;
}

export function createTransfers(
  { reservations: model }: Pick<Collections, 'reservations'>,
  deps: { ledger: Ledger; claims: Claims; allocations: Allocations },
): Transfers {
  async function note(
    session: ClientSession,
    { ended, begun, allocation }: Transfer,
    at: Date,
  ): Promise<void> {
    const { modifiedCount } = await model.updateOne(
      { _id: ended.id, version: ended.version, state: begun.state },
      {
        $set: {
          state: ended.state,
          quantity: ended.quantity,
          transferredTo: ended.transferredTo,
          updatedAt: at,
        },
        $inc: { version: 1 },
      },
      { session },
    );
    if (modifiedCount !== 1) throw new Error('a reservation changed while it was transferred');
    const { id, ...rest } = begun;
    await model.create([{ _id: id, ...rest, createdAt: at, updatedAt: at }], { session });
    if (allocation === null) return;
    await deps.allocations.save(session, [allocation.ended], at);
    await deps.allocations.insert(session, [allocation.begun], at);
  }

  return {
    async carryOut(session, transfer, at) {
      await note(session, transfer, at);
      const [short] = await deps.ledger.book(session, { movements: transfer.movements, at });
      return short ?? null;
    },

    async tryCarryOut(session, transfer, at) {
      const [ends, begins] = transfer.movements;
      if (ends === undefined || begins === undefined) return false;
      // One level after the other, the scarce one first: a booking of one level that falls short writes nothing.
      if ((await deps.ledger.book(session, { movements: [begins], at })).length > 0) return false;
      await deps.ledger.record(session, { movements: [ends], at });
      await note(session, transfer, at);
      return true;
    },

    async current(session, ids) {
      const found = await deps.claims.byIds(ids, session);
      for (let turn = 0; turn < MAX_TRANSFERS; turn += 1) {
        const moved = [...found].flatMap(([id, { transferredTo }]) =>
          transferredTo === null ? [] : [[id, transferredTo] as const],
        );
        if (moved.length === 0) return found;
        const next = await deps.claims.byIds(
          moved.map(([, to]) => to),
          session,
        );
        for (const [id, to] of moved) {
          const reservation = next.get(to);
          if (reservation === undefined) throw new Error(`the transfer of ${id} leads nowhere`);
          found.set(id, reservation);
        }
      }
      throw new Error('transfers of a reservation go in circles');
    },
  };
}
