import type { AnyBulkWriteOperation, ClientSession } from 'mongoose';
import { idFromKey } from '../../../platform/ids.ts';
import { BUCKETS, levelId } from '../domain/level.ts';
import { byLevel, deltaOf, type Movement, neededBy } from '../domain/movement.ts';
import type { Collections, LevelRecord } from './collections.ts';

/** A level that movements wanted more from than it had, or that was not at the version expected. */
export interface ShortLevel {
  readonly variantId: string;
  readonly locationId: string;
  /** As it stands; 0 where there is no level yet. */
  readonly available: number;
  readonly version: number;
}

export interface Booking {
  readonly movements: readonly Movement[];
  readonly at: Date;
  /** By level id: the version a level must still have. */
  readonly expectedVersions?: ReadonlyMap<string, number>;
}

/** The one way in which stock changes: ledger lines and the levels they add up to, written in one transaction. */
export interface Ledger {
  /**
   * Books movements if every bucket they take from has enough. One guarded update for each level decides, so nobody can take the
   * same unit in between. Answers the levels that fell short; when there are any the caller must roll its transaction back.
   */
  book(session: ClientSession, booking: Booking): Promise<ShortLevel[]>;
  /** Books one movement if there is enough for it; answers whether there was. When not, nothing was written and the transaction may go on. */
  tryBook(session: ClientSession, movement: Movement, at: Date): Promise<boolean>;
  /** Books what has happened already, enough or not: a bucket may fall below zero, which shows that something is amiss. */
  record(session: ClientSession, booking: Booking): Promise<void>;
  /** Those of the movements that the ledger does not have yet. */
  unbooked(session: ClientSession, movements: readonly Movement[]): Promise<Movement[]>;
}

/** Follows from the source's own id, so that the ledger's primary key keeps the same event from being booked twice. */
export function transactionId(movement: Pick<Movement, 'sourceSystem' | 'sourceEventId'>): string {
  return idFromKey('inventory-transaction', movement.sourceSystem, movement.sourceEventId);
}

export function createLedger({ levels, ledger }: Pick<Collections, 'levels' | 'ledger'>): Ledger {
  async function append(session: ClientSession, { movements, at }: Booking): Promise<void> {
    const lines = movements.map((movement) => ({
      _id: transactionId(movement),
      ...movement,
      recordedAt: at,
    }));
    await ledger.insertMany(lines, { session, lean: true });
  }

  async function shortLevels(session: ClientSession, writes: readonly LevelWrite[]): Promise<ShortLevel[]> {
    const records = await levels
      .find({ _id: { $in: writes.map(({ id }) => id) } })
      .session(session)
      .lean<LevelRecord[]>();
    const byId = new Map(records.map((record) => [record._id, record]));
    return writes.flatMap(({ id, variantId, locationId, lastTransactionId }) => {
      const record = byId.get(id);
      if (record?.lastTransactionId === lastTransactionId) return [];
      return [{ variantId, locationId, available: record?.available ?? 0, version: record?.version ?? 0 }];
    });
  }

  return {
    async book(session, booking) {
      if (booking.movements.length === 0) return [];
      const writes = byLevel(booking.movements).map((group) => levelWrite(group, booking, 'if enough'));
      await append(session, booking);
      // Levels last: they are what others wait for, so they are held for the shortest time.
      const result = await levels.bulkWrite(
        writes.map(({ operation }) => operation),
        { session },
      );
      if (result.matchedCount + result.upsertedCount === writes.length) return [];
      return shortLevels(session, writes);
    },

    async tryBook(session, movement, at) {
      const booking = { movements: [movement], at };
      const { operation } = levelWrite(booking.movements, booking, 'if enough');
      const result = await levels.bulkWrite([operation], { session });
      if (result.matchedCount + result.upsertedCount === 0) return false;
      await append(session, booking);
      return true;
    },

    async record(session, booking) {
      if (booking.movements.length === 0) return;
      const writes = byLevel(booking.movements).map((group) => levelWrite(group, booking, 'always'));
      await append(session, booking);
      await levels.bulkWrite(
        writes.map(({ operation }) => operation),
        { session },
      );
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

interface LevelWrite {
  readonly id: string;
  readonly variantId: string;
  readonly locationId: string;
  readonly lastTransactionId: string;
  readonly operation: AnyBulkWriteOperation<LevelRecord>;
}

/** The update of one level by the sum of its movements; `if enough` puts what the sum takes into the filter. */
function levelWrite(group: readonly Movement[], booking: Booking, when: 'if enough' | 'always'): LevelWrite {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined)
    throw new RangeError('a level changes by one movement at least');
  const { variantId, locationId, unit } = first;
  const id = levelId(variantId, locationId);
  const delta = deltaOf(group);
  const needs = when === 'always' ? [] : neededBy(delta);
  const version = booking.expectedVersions?.get(id);
  const untouched = [...BUCKETS, 'onHand' as const].filter((bucket) => delta[bucket] === undefined);
  const lastTransactionId = transactionId(last);
  return {
    id,
    variantId,
    locationId,
    lastTransactionId,
    operation: {
      updateOne: {
        filter: {
          _id: id,
          ...Object.fromEntries(needs.map(({ bucket, units }) => [bucket, { $gte: units }])),
          ...(version === undefined ? {} : { version }),
        },
        update: {
          $inc: { ...delta, version: 1 },
          $set: { lastTransactionId, updatedAt: booking.at },
          $setOnInsert: {
            variantId,
            locationId,
            unit,
            ...Object.fromEntries(untouched.map((bucket) => [bucket, 0])),
          },
        },
        // With a guard in the filter a level that has too little would not match, and be made a second time.
        upsert: needs.length === 0 && version === undefined,
      },
    },
  };
}
