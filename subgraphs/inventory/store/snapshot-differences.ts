import type { ClientSession } from 'mongoose';
import { applyCount, isCountCorrection, type NewCount, onHandEffect } from '../domain/counting.ts';
import { levelId } from '../domain/level.ts';
import type { Collections } from './collections.ts';
import { countOf } from './count-record.ts';
import type { CountRecord, LedgerRecord, LevelRecord } from './records.ts';

type Books = Pick<Collections, 'levels' | 'ledger' | 'counts'>;

/**
 * Which counts of one place and one moment, each of another variant, the books do not agree with yet; one that was applied before is
 * not among them. Writes nothing, and reads more than the levels only for variants that something was booked of since that moment.
 */
export async function differences(
  { levels, ledger, counts: model }: Books,
  counts: readonly NewCount[],
  session: ClientSession | null = null,
): Promise<NewCount[]> {
  const [first] = counts;
  if (first === undefined) return [];
  const { locationId, countedAt } = first;
  const found = await levels
    .find({ _id: { $in: counts.map(({ variantId }) => levelId(variantId, locationId)) } })
    .session(session)
    .lean<LevelRecord[]>();
  const levelOf = new Map(found.map((level) => [level.variantId, level]));
  const isTouched = ({ updatedAt, countedAt: last }: LevelRecord) =>
    updatedAt > countedAt || (last != null && last >= countedAt);
  const touched = found.filter(isTouched).map(({ variantId }) => variantId);
  const factsOf = new Map<string, LedgerRecord[]>();
  const othersOf = new Map<string, CountRecord[]>();
  if (touched.length > 0) {
    const since = { variantId: { $in: touched }, locationId };
    const facts = await ledger
      .find({ ...since, occurredAt: { $gt: countedAt } })
      .session(session)
      .lean<LedgerRecord[]>();
    const others = await model
      .find({ ...since, countedAt: { $gte: countedAt } })
      .session(session)
      .lean<CountRecord[]>();
    for (const [variantId, lines] of Map.groupBy(facts, (line) => line.variantId))
      factsOf.set(variantId, lines);
    for (const [variantId, group] of Map.groupBy(others, (one) => one.variantId))
      othersOf.set(variantId, group);
  }
  return counts.filter((count) => {
    const others = othersOf.get(count.variantId) ?? [];
    if (others.some(({ _id }) => _id === count.id)) return false;
    const { difference } = applyCount(count, {
      onHand: levelOf.get(count.variantId)?.onHand ?? 0,
      broughtSince: (factsOf.get(count.variantId) ?? [])
        .filter((line) => !isCountCorrection(line))
        .reduce((sum, line) => sum + onHandEffect(line), 0),
      later: others.map(countOf),
    }).count;
    return difference !== 0;
  });
}
