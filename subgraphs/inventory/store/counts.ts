import type { ClientSession } from 'mongoose';
import { applyCount, type Count, inCountOrder, type NewCount } from '../domain/counting.ts';
import { BUCKETS, levelId } from '../domain/level.ts';
import type { Movement } from '../domain/movement.ts';
import type { Collections, CountRecord, LevelRecord } from './collections.ts';
import { countOf } from './count-record.ts';
import type { Ledger } from './ledger.ts';

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

  /** Writing the level first makes whoever books on it at the same time get in the way: neither can miss the other. */
  async function touchLevels(
    session: ClientSession,
    counts: readonly NewCount[],
    at: Date,
  ): Promise<Map<string, LevelRecord>> {
    const ids = counts.map(({ variantId, locationId }) => levelId(variantId, locationId));
    await levels.bulkWrite(
      counts.map(({ variantId, locationId, unit, countedAt }, index) => ({
        updateOne: {
          filter: { _id: ids[index] },
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
    const records = await levels
      .find({ _id: { $in: ids } })
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
      const level = await touchLevels(session, counts, at);
      const facts = await broughtSince(session, first, ids);
      const others = await sinceOrAt(session, first, ids);
      const applied = counts.map((count) =>
        applyCount(count, {
          onHand: level.get(count.variantId)?.onHand ?? 0,
          broughtSince: facts.get(count.variantId) ?? 0,
          later: (others.get(count.variantId) ?? []).filter((other) => inCountOrder(other, count) > 0),
        }),
      );
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
      const movements = applied.flatMap((one) => one.movements);
      await ledger.record(session, { movements, at });
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
