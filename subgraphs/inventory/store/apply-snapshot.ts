import type { ClientSession } from 'mongoose';
import {
  applyCount,
  type Count,
  isCountCorrection,
  type NewCount,
  onHandEffect,
} from '../domain/counting.ts';
import { levelId } from '../domain/level.ts';
import type { Movement } from '../domain/movement.ts';
import type { Collections, CountRecord, LedgerRecord, LevelRecord } from './collections.ts';
import { countOf } from './count-record.ts';
import type { Ledger } from './ledger.ts';

type Kept = Pick<Collections, 'levels' | 'ledger' | 'counts'>;

/** Rows of one snapshot: all of one place and one moment, each of another variant. */
export type SnapshotCounts = readonly NewCount[];

/**
 * The rows that the books do not agree with already. Costs one read of levels, and one of the ledger where something was booked after
 * the snapshot was taken; writes nothing.
 */
export async function differing(kept: Kept, counts: SnapshotCounts): Promise<NewCount[]> {
  const found = await read(kept, counts, null);
  return counts.filter((count) => {
    const books = found.booksAt(count);
    return applyCount(count, books).count.difference !== 0;
  });
}

/**
 * Applies rows as of the moment the snapshot was taken, in the transaction of `session`: what was booked since stays as it is. A row
 * that was applied before, or that the books have come to agree with, changes nothing. Answers how many changed something.
 */
export async function applySnapshot(
  kept: Kept,
  ledger: Ledger,
  session: ClientSession,
  counts: SnapshotCounts,
  at: Date,
): Promise<number> {
  const known = await kept.counts
    .find({ _id: { $in: counts.map(({ id }) => id) } }, { _id: 1 })
    .session(session)
    .lean<{ _id: string }[]>();
  const applied = new Set(known.map(({ _id }) => _id));
  const found = await read(kept, counts, session);
  const movements: Movement[] = [];
  const news: Count[] = [];
  const given: Count[] = [];
  for (const row of counts) {
    if (applied.has(row.id)) continue;
    const { count, next, movements: corrections } = applyCount(row, found.booksAt(row));
    if (count.difference === 0) continue;
    movements.push(...corrections);
    news.push(count);
    if (next !== null) given.push(next);
  }
  if (news.length === 0) return 0;
  await kept.counts.insertMany(
    news.map(({ id, ...rest }) => ({ _id: id, ...rest, recordedAt: at })),
    { session, lean: true },
  );
  if (given.length > 0)
    await kept.counts.bulkWrite(
      given.map(({ id, difference }) => ({
        updateOne: { filter: { _id: id }, update: { $set: { difference } } },
      })),
      { session },
    );
  await ledger.record(session, { movements, at });
  // From here on a fact that arrives late asks whether a count has seen it already.
  await kept.levels.updateMany(
    { _id: { $in: news.map(({ variantId, locationId }) => levelId(variantId, locationId)) } },
    { $max: { countedAt: news[0]?.countedAt } },
    { session },
  );
  return news.length;
}

async function read(
  { levels, ledger, counts: model }: Kept,
  rows: SnapshotCounts,
  session: ClientSession | null,
) {
  const [first] = rows;
  if (first === undefined) throw new RangeError('there are no rows to compare');
  const { locationId, countedAt } = first;
  const found = await levels
    .find({ _id: { $in: rows.map(({ variantId }) => levelId(variantId, locationId)) } })
    .session(session)
    .lean<LevelRecord[]>();
  // A level that nothing was booked on since has no facts dated since, and no counts.
  const touched = found
    .filter(({ updatedAt, countedAt: last }) => updatedAt > countedAt || (last != null && last > countedAt))
    .map(({ variantId }) => variantId);
  const since = { variantId: { $in: touched }, locationId };
  const lines =
    touched.length === 0
      ? []
      : await ledger
          .find({ ...since, occurredAt: { $gt: countedAt } })
          .session(session)
          .lean<LedgerRecord[]>();
  const later =
    touched.length === 0
      ? []
      : await model
          .find({ ...since, countedAt: { $gt: countedAt } })
          .session(session)
          .lean<CountRecord[]>();
  const levelOf = new Map(found.map((level) => [level.variantId, level]));
  const linesOf = Map.groupBy(lines, ({ variantId }) => variantId);
  const laterOf = Map.groupBy(later.map(countOf), ({ variantId }) => variantId);
  return {
    booksAt: ({ variantId }: NewCount) => ({
      onHand: levelOf.get(variantId)?.onHand ?? 0,
      broughtSince: (linesOf.get(variantId) ?? [])
        .filter((line) => !isCountCorrection(line))
        .reduce((sum, line) => sum + onHandEffect(line), 0),
      later: laterOf.get(variantId) ?? [],
    }),
  };
}
