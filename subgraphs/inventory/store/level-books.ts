import type { ClientSession } from 'mongoose';
import type { LevelBooks } from '../domain/drift.ts';
import { BUCKETS, type Bucket, levelId } from '../domain/level.ts';
import type { Collections } from './collections.ts';
import type { LevelRecord } from './records.ts';

interface LedgerSum extends Record<Bucket, number> {
  _id: { variantId: string; locationId: string };
  positions: number;
}
interface Held {
  _id: { variantId: string; locationId: string };
  units: number;
}
interface Promised extends Held {
  picked: number;
}

const LEVEL = { variantId: '$variantId', locationId: '$locationId' };

/** Levels beside what their ledger and their claims add up to, as one transaction sees them. Reads every line of these levels. */
export async function readLevelBooks(
  collections: Pick<Collections, 'ledger' | 'reservations' | 'allocations'>,
  session: ClientSession,
  levels: readonly LevelRecord[],
): Promise<LevelBooks[]> {
  if (levels.length === 0) return [];
  // The further condition belongs into each branch, where an index of only such documents can serve it.
  const ofLevels = (more: object) => ({
    $match: { $or: levels.map(({ variantId, locationId }) => ({ variantId, locationId, ...more })) },
  });
  // One after the other: a transaction carries one command at a time.
  const sums = await collections.ledger
    .aggregate<LedgerSum>([
      ofLevels({}),
      { $group: { _id: { ...LEVEL, position: '$position' }, ...figures(sumOf) } },
      {
        $group: {
          _id: { variantId: '$_id.variantId', locationId: '$_id.locationId' },
          positions: { $sum: 1 },
          ...figures((bucket) => ({ $sum: `$${bucket}` })),
        },
      },
    ])
    .session(session);
  const reserved = await collections.reservations
    .aggregate<Held>([
      ofLevels({ state: 'ACTIVE' }),
      { $group: { _id: LEVEL, units: { $sum: '$quantity' } } },
    ])
    .session(session);
  const allocations = await collections.allocations
    .aggregate<Promised>([
      ofLevels({ open: { $gt: 0 } }),
      { $group: { _id: LEVEL, units: { $sum: '$open' }, picked: { $sum: '$picked' } } },
    ])
    .session(session);
  const sumById = byLevelId(sums);
  const reservedById = byLevelId(reserved);
  const promisedById = byLevelId(allocations);
  return levels.map((level) => {
    const sum = sumById.get(level._id);
    const promised = promisedById.get(level._id);
    const ledger = {
      ...figures((bucket) => sum?.[bucket] ?? 0),
      onHand: BUCKETS.reduce((total, bucket) => total + (sum?.[bucket] ?? 0), 0),
    };
    return {
      level,
      ledger,
      missingPositions: Math.max(0, level.version - (level.rebuilds ?? 0) - (sum?.positions ?? 0)),
      held: {
        reserved: reservedById.get(level._id)?.units ?? 0,
        allocated: (promised?.units ?? 0) - (promised?.picked ?? 0),
        picked: promised?.picked ?? 0,
      },
    };
  });
}

function byLevelId<T extends { _id: { variantId: string; locationId: string } }>(
  rows: readonly T[],
): Map<string, T> {
  return new Map(rows.map((row) => [levelId(row._id.variantId, row._id.locationId), row]));
}

function figures<T>(of: (bucket: Bucket) => T): Record<Bucket, T> {
  // Every bucket is set below; TypeScript cannot see that fromEntries covers the union.
  return Object.fromEntries(BUCKETS.map((bucket) => [bucket, of(bucket)])) as Record<Bucket, T>;
}

function sumOf(bucket: Bucket) {
  const unitsWhere = (side: string) => ({ $cond: [{ $eq: [side, bucket] }, '$quantity', 0] });
  return { $sum: { $subtract: [unitsWhere('$to'), unitsWhere('$from')] } };
}
