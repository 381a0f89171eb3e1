import type { ClientSession } from 'mongoose';
import { absorbedBy, type Count } from '../domain/counting.ts';
import { type Movement, transactionId } from '../domain/movement.ts';
import type { Collections } from './collections.ts';
import { countOf } from './count-record.ts';
import type { CountRecord } from './records.ts';

/**
 * What facts that arrive after a count of their shelf, but happened before it, must give back: the corrections to book with them. The
 * counts' differences are written here, in the same transaction.
 */
export async function absorbLate(
  { counts: model }: Pick<Collections, 'counts'>,
  session: ClientSession,
  late: readonly Movement[],
): Promise<Movement[]> {
  const earliest = new Date(Math.min(...late.map(({ occurredAt }) => occurredAt.getTime())));
  const records = await model
    .find({
      variantId: { $in: [...new Set(late.map(({ variantId }) => variantId))] },
      locationId: { $in: [...new Set(late.map(({ locationId }) => locationId))] },
      countedAt: { $gte: earliest },
    })
    .session(session)
    .lean<CountRecord[]>();
  const counts = new Map(records.map((record) => [record._id, countOf(record)]));
  const changed = new Map<string, Count>();
  const corrections: Movement[] = [];
  for (const movement of late) {
    const own = [...counts.values()].filter(
      ({ variantId, locationId }) => variantId === movement.variantId && locationId === movement.locationId,
    );
    const absorbed = absorbedBy(movement, transactionId(movement), own);
    if (absorbed === null) continue;
    counts.set(absorbed.count.id, absorbed.count);
    changed.set(absorbed.count.id, absorbed.count);
    corrections.push(absorbed.movement);
  }
  if (changed.size > 0)
    await model.bulkWrite(
      [...changed.values()].map(({ id, difference }) => ({
        updateOne: { filter: { _id: id }, update: { $set: { difference } } },
      })),
      { session },
    );
  return corrections;
}
