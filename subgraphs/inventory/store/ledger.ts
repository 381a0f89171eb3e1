import type { ClientSession } from 'mongoose';
import { isCountCorrection } from '../domain/counting.ts';
import { levelId } from '../domain/level.ts';
import { type Movement, transactionId } from '../domain/movement.ts';
import type { Booking } from './booking.ts';
import type { Collections } from './collections.ts';
import { absorbLate } from './late-facts.ts';
import { type LevelsWritten, writeLevels } from './level-write.ts';
import type { LevelRecord } from './records.ts';

/** A level that movements wanted more from than it had, or that was not at the version expected. */
export interface ShortLevel {
  readonly variantId: string;
  readonly locationId: string;
  /** As it stands; 0 where there is no level yet. */
  readonly available: number;
  readonly version: number;
  readonly level: LevelRecord | null;
}

/** The one way in which stock changes: ledger lines and the levels they add up to, written in one transaction. */
export interface Ledger {
  /**
   * Books movements if every bucket they take from has enough. One guarded update for each level decides, so nobody can take the
   * same unit in between. Answers the levels that fell short; when there are any the caller must roll its transaction back, unless the
   * booking was of one level: then nothing was written and the transaction may go on.
   */
  book(session: ClientSession, booking: Booking): Promise<ShortLevel[]>;
  /** Books what has happened already, enough or not: a bucket may fall below zero, which shows that something is amiss. */
  record(session: ClientSession, booking: Booking): Promise<void>;
  /** Those of the movements that the ledger does not have yet. */
  unbooked(session: ClientSession, movements: readonly Movement[]): Promise<Movement[]>;
}

export function createLedger(collections: Pick<Collections, 'levels' | 'ledger' | 'counts'>): Ledger {
  const { ledger } = collections;

  /** Each line carries the position its level reached with it; all lines of one booking are one step. */
  async function append(
    session: ClientSession,
    { movements, at }: Booking,
    after: LevelsWritten['after'],
  ): Promise<void> {
    const lines = movements.map((movement) => ({
      _id: transactionId(movement),
      ...movement,
      position: levelOf(movement, after).version,
      recordedAt: at,
    }));
    await ledger.insertMany(lines, { session, lean: true });
  }

  async function write(
    session: ClientSession,
    booking: Booking,
    when: 'if enough' | 'always',
  ): Promise<LevelsWritten['short']> {
    if (booking.movements.length === 0) return [];
    const { after, short } = await writeLevels(collections, session, booking, when);
    if (short.length > 0) return short;
    await append(session, booking, after);
    const late = booking.movements.filter(
      (movement) => !isCountCorrection(movement) && isBeforeACount(movement, levelOf(movement, after)),
    );
    const movements = late.length === 0 ? [] : await absorbLate(collections, session, late);
    return write(session, { movements, at: booking.at }, 'always');
  }

  return {
    async book(session, booking) {
      const short = await write(session, booking, 'if enough');
      return short.map(({ write: { variantId, locationId }, found }) => ({
        variantId,
        locationId,
        available: found?.available ?? 0,
        version: found?.version ?? 0,
        level: found,
      }));
    },

    async record(session, booking) {
      const short = await write(session, booking, 'always');
      if (short.length > 0) throw new Error('an update without a guard was held back');
    },

    async unbooked(session, movements) {
      const ids = movements.map(transactionId);
      const known = await ledger
        .find({ _id: { $in: ids } }, { _id: 1 })
        .session(session)
        .lean<{ _id: string }[]>();
      const booked = new Set(known.map(({ _id }) => _id));
      return movements.filter((_, index) => !booked.has(ids[index] ?? ''));
    },
  };
}

function levelOf({ variantId, locationId }: Movement, after: LevelsWritten['after']): LevelRecord {
  const level = after.get(levelId(variantId, locationId));
  if (level === undefined) throw new Error('a movement was booked on a level that was not written');
  return level;
}

/** Cheap and nearly always false: only then is it worth asking which count it was. */
function isBeforeACount({ occurredAt }: Movement, { countedAt }: LevelRecord): boolean {
  return countedAt != null && occurredAt <= countedAt;
}
