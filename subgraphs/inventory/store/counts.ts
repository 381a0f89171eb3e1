import type { ClientSession } from 'mongoose';
import { applyCount, type Count, inCountOrder, type NewCount } from '../domain/counting.ts';
import { BUCKETS, levelId } from '../domain/level.ts';
import type { Movement } from '../domain/movement.ts';
import type { Collections } from './collections.ts';
import { countOf } from './count-record.ts';
import type { Ledger } from './ledger.ts';
import type { CountRecord, LevelRecord } from './records.ts';

/** What was found on shelves, and what it meant for the books. */
export interface Counts {
  /** Applies counts of one place and one moment, each of another variant, as of that moment. Answers the corrections it booked. */
  record(session: ClientSession, counts: readonly NewCount[], at: Date): Promise<Movement[]>;
  /** Counts of a place, newest first, from `after` on. */
  ofLocation(wish: {
    locationId: string;
    variantId: string | null;
    after: CountPlace | null;
    limit: number;
  }): Promise<CountRecord[]>;
}

/** Where a count stands in the list of its place. */
export interface CountPlace {
  readonly countedAt: Date;
  readonly id: string;
}

export function createCounts(
  collections: Pick<Collections, 'levels' | 'ledger' | 'counts'>,
  ledger: Ledger,
): Counts {
  const { levels, counts: model } = collections;

  /** Levels whose books agree are written as well: whoever books on one at the same time gets in the way, and neither misses the other. */
  async function noteCounted(session: ClientSession, counts: readonly NewCount[], at: Date): Promise<void> {
    await levels.bulkWrite(
      counts.map(({ variantId, locationId, unit, countedAt }) => ({
        updateOne: {
          filter: { _id: levelId(variantId, locationId) },
          update: {
            $max: { countedAt },
            $set: { updatedAt: at },
            $setOnInsert: {
              variantId,
              locationId,
              unit,
              onHand: 0,
              ...Object.fromEntries(BUCKETS.map((bucket) => [bucket, 0])),
              version: 0,
              lastTransactionId: '',
            },
          },
          upsert: true,
        },
      })),
      { session },
    );
  }

  async function levelsOf(session: ClientSession, { locationId }: NewCount, ids: string[]) {
    const records = await levels
      .find({ _id: { $in: ids.map((id) => levelId(id, locationId)) } })
      .session(session)
      .lean<LevelRecord[]>();
    return new Map(records.map((record) => [record.variantId, record]));
  }

  /** By variant: what facts dated after the counts did to on hand. */
  async function broughtSince(session: ClientSession, { locationId, countedAt }: NewCount, ids: string[]) {
    const found = await collections.ledger
      .aggregate<{ _id: string; units: number }>([
        {
          $match: {
            variantId: { $in: ids },
            locationId,
            occurredAt: { $gt: countedAt },
            $nor: [{ type: 'COUNT', sourceSystem: 'INVENTORY' }],
          },
        },
        {
          $group: {
            _id: '$variantId',
            units: {
              $sum: {
                $subtract: [
                  { $cond: [{ $eq: ['$from', null] }, '$quantity', 0] },
                  { $cond: [{ $eq: ['$to', null] }, '$quantity', 0] },
                ],
              },
            },
          },
        },
      ])
      .session(session);
    return new Map(found.map(({ _id, units }) => [_id, units]));
  }

  async function sinceOrAt(session: ClientSession, { locationId, countedAt }: NewCount, ids: string[]) {
    const records = await model
      .find({ variantId: { $in: ids }, locationId, countedAt: { $gte: countedAt } })
      .session(session)
      .lean<CountRecord[]>();
    return Map.groupBy(records.map(countOf), ({ variantId }) => variantId);
  }

  return {
    async record(session, counts, at) {
      const [first] = counts;
      if (first === undefined) return [];
      const ids = counts.map(({ variantId }) => variantId);
      const level = await levelsOf(session, first, ids);
      const facts = await broughtSince(session, first, ids);
      const others = await sinceOrAt(session, first, ids);
      const applied = counts.map((count) =>
        applyCount(count, {
          onHand: level.get(count.variantId)?.onHand ?? 0,
          broughtSince: facts.get(count.variantId) ?? 0,
          later: (others.get(count.variantId) ?? []).filter((other) => inCountOrder(other, count) > 0),
        }),
      );
      const movements = applied.flatMap((one) => one.movements);
      // The levels first, which others wait for or get in the way of: the shorter what was read may be overtaken, the better.
      await ledger.record(session, { movements, at, countedAt: first.countedAt });
      const agreed = applied.flatMap((one) => (one.movements.length === 0 ? [one.count] : []));
      if (agreed.length > 0) await noteCounted(session, agreed, at);
      await model.insertMany(
        applied.map(({ count: { id, ...rest } }) => ({ _id: id, ...rest, recordedAt: at })),
        { session, lean: true },
      );
      const next = applied.flatMap((one): Count[] => (one.next === null ? [] : [one.next]));
      if (next.length > 0)
        await model.bulkWrite(
          next.map(({ id, difference }) => ({
            updateOne: { filter: { _id: id }, update: { $set: { difference } } },
          })),
          { session },
        );
      return movements;
    },

    ofLocation({ locationId, variantId, after, limit }) {
      return model
        .find({
          locationId,
          ...(variantId === null ? {} : { variantId }),
          ...(after === null
            ? {}
            : {
                $or: [
                  { countedAt: { $lt: after.countedAt } },
                  { countedAt: after.countedAt, _id: { $lt: after.id } },
                ],
              }),
        })
        .sort({ countedAt: -1, _id: -1 })
        .limit(limit)
        .lean<CountRecord[]>();
    },
  };
}
