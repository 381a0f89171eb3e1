import type { AnyBulkWriteOperation, ClientSession } from 'mongoose';
import { BUCKETS, levelId } from '../domain/level.ts';
import { byLevel, deltaOf, type Movement, neededBy, transactionId } from '../domain/movement.ts';
import type { Booking } from './booking.ts';
import type { Collections } from './collections.ts';
import type { LevelRecord } from './records.ts';

/** What became of the levels of one booking: as they stand after it, and those whose guard held the update back. */
export interface LevelsWritten {
  readonly after: ReadonlyMap<string, LevelRecord>;
  readonly short: readonly { readonly write: LevelWrite; readonly found: LevelRecord | null }[];
}

export interface LevelWrite {
  readonly id: string;
  readonly variantId: string;
  readonly locationId: string;
  readonly lastTransactionId: string;
  /** Whether the guard would let it pass where there is no level yet. */
  readonly fitsNone: boolean;
  readonly operation: NonNullable<Extract<AnyBulkWriteOperation<LevelRecord>, { updateOne: unknown }>>;
}

/**
 * Updates each level of a booking by the sum of its movements, once. `if enough`: the filter holds an update back where a bucket has
 * less than is taken from it. The levels are read in the same transaction, so what is answered is what was written.
 */
export async function writeLevels(
  { levels }: Pick<Collections, 'levels'>,
  session: ClientSession,
  booking: Booking,
  when: 'if enough' | 'always',
): Promise<LevelsWritten> {
  const writes = byLevel(booking.movements).map((group) => levelWrite(group, booking, when));
  const [only] = writes;
  if (only === undefined) return { after: new Map(), short: [] };
  if (writes.length === 1) {
    const { filter, update, upsert } = only.operation.updateOne;
    const written = await levels
      .findOneAndUpdate(filter, update, { upsert: upsert === true, returnDocument: 'after', session })
      .lean<LevelRecord>();
    if (written !== null) return { after: new Map([[only.id, written]]), short: [] };
  } else {
    await levels.bulkWrite(
      writes.map(({ operation }) => operation),
      { session },
    );
  }
  const found = await levels
    .find({ _id: { $in: writes.map(({ id }) => id) } })
    .session(session)
    .lean<LevelRecord[]>();
  const after = new Map(found.map((record) => [record._id, record]));
  const held = writes.filter(
    ({ id, lastTransactionId }) => after.get(id)?.lastTransactionId !== lastTransactionId,
  );
  const short: { write: LevelWrite; found: LevelRecord | null }[] = [];
  for (const write of held) {
    const level = after.get(write.id) ?? null;
    if (level === null && write.fitsNone) after.set(write.id, await makeLevel(levels, session, write));
    else short.push({ write, found: level });
  }
  return { after, short };
}

/** A level that may owe from its first movement on. Somebody else who makes it at the same time gets in the way, and one of both starts again. */
async function makeLevel(
  levels: Collections['levels'],
  session: ClientSession,
  { id, operation }: LevelWrite,
): Promise<LevelRecord> {
  const made = await levels
    .findOneAndUpdate({ _id: id }, operation.updateOne.update, {
      upsert: true,
      returnDocument: 'after',
      session,
    })
    .lean<LevelRecord>();
  if (made === null) throw new Error('a level was not made');
  return made;
}

function levelWrite(group: readonly Movement[], booking: Booking, when: 'if enough' | 'always'): LevelWrite {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined)
    throw new RangeError('a level changes by one movement at least');
  const { variantId, locationId, unit } = first;
  const id = levelId(variantId, locationId);
  const delta = deltaOf(group);
  const floor = booking.floors?.get(id) ?? 0;
  const needs = (when === 'always' ? [] : neededBy(delta)).map(({ bucket, units }) => ({
    bucket,
    least: bucket === 'available' ? units + floor : units,
  }));
  const version = booking.expectedVersions?.get(id);
  const untouched = [...BUCKETS, 'onHand' as const].filter((bucket) => delta[bucket] === undefined);
  const lastTransactionId = transactionId(last);
  return {
    id,
    variantId,
    locationId,
    lastTransactionId,
    fitsNone: version === undefined && needs.every(({ least }) => least <= 0),
    operation: {
      updateOne: {
        filter: {
          _id: id,
          ...Object.fromEntries(needs.map(({ bucket, least }) => [bucket, { $gte: least }])),
          ...(version === undefined ? {} : { version }),
        },
        update: {
          $inc: { ...delta, version: 1 },
          $set: { lastTransactionId, updatedAt: booking.at },
          ...(booking.countedAt === undefined ? {} : { $max: { countedAt: booking.countedAt } }),
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
