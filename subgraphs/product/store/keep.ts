import type { ClientSession, Model } from 'mongoose';
import type { Kept } from './collections.ts';

/** A fact and when the system of record wrote it. */
export interface Dated<T> {
  readonly fact: T;
  readonly sourceAt: Date;
}

type BulkWrite<T extends Identified> = Parameters<Model<Kept<T>>['bulkWrite']>[0][number];

interface Identified {
  readonly id: string;
}

/** The facts of a record, without how they are kept. */
export function factOf<T extends Identified>(record: Kept<T>): T {
  const { _id, version: _version, ...facts } = record;
  // Kept<T> is T with its id under another name.
  return { id: _id, ...facts } as unknown as T;
}

/** The records with these ids, as facts by id. */
export async function factsById<T extends Identified>(
  model: Model<Kept<T>>,
  ids: readonly string[],
  session?: ClientSession,
): Promise<Map<string, T>> {
  const records = await model
    .find({ _id: { $in: [...ids] } })
    .session(session ?? null)
    .lean<Kept<T>[]>();
  return new Map(records.map((record) => [record._id, factOf<T>(record)]));
}

/**
 * Writes those facts that are new, different or newer, and none that is older than what is there, in one read and one bulk write.
 * Answers what it wrote, with what was there before. Of several facts of one id the last one holds.
 */
export async function keepNews<T extends Identified>(
  model: Model<Kept<T>>,
  facts: readonly Dated<T>[],
  session: ClientSession,
): Promise<{ readonly fact: T; readonly before: T | null }[]> {
  const last = new Map(facts.map((dated) => [dated.fact.id, dated]));
  const there = await model
    .find({ _id: { $in: [...last.keys()] } })
    .session(session)
    .lean<Kept<T>[]>();
  const records = new Map(there.map((record) => [record._id, record]));
  const news = [...last.values()].flatMap(({ fact, sourceAt }): (Dated<T> & { before: T | null })[] => {
    const record = records.get(fact.id);
    if (record === undefined) return [{ fact, sourceAt, before: null }];
    const before = factOf<T>(record);
    // The same facts told again later are news too: a change between the two that arrives last is then known to be over.
    const nothingNew = record.sourceAt.getTime() === sourceAt.getTime() && saysTheSame(before, fact);
    return record.sourceAt > sourceAt || nothingNew ? [] : [{ fact, sourceAt, before }];
  });
  await write(model, news, session);
  return news;
}

/** Writes each fact whole, in one bulk write. */
export async function write<T extends Identified>(
  model: Model<Kept<T>>,
  facts: readonly Dated<T>[],
  session: ClientSession,
): Promise<void> {
  if (facts.length === 0) return;
  await model.bulkWrite(
    facts.map(({ fact: { id, ...facts }, sourceAt }) => {
      const update = { $set: { ...facts, sourceAt }, $inc: { version: 1 } };
      const operation = { updateOne: { filter: { _id: id }, update, upsert: true } };
      // Right for every Kept<T>, which the driver's types cannot see for a type parameter.
      return operation as unknown as BulkWrite<T>;
    }),
    { session },
  );
}

/** Whether `fact` would change nothing but the time it was written. */
function saysTheSame(before: object, fact: object): boolean {
  return Object.entries(fact).every(
    ([name, value]) =>
      name === 'sourceAt' || JSON.stringify(Reflect.get(before, name)) === JSON.stringify(value),
  );
}
