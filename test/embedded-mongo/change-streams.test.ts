import { type ChangeStream, type ChangeStreamDocument, type Document, MongoServerError } from 'mongodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningStore, runningStore } from './running-store.ts';

let store: RunningStore;
let open: ChangeStream[] = [];
/** How long a read waits in vain; short, since opening a stream includes one such wait. */
const brief = { maxAwaitTimeMS: 50 };
const things = () => store.client.db('watched').collection<Document & { _id: string }>('things');

beforeEach(async () => {
  store = await runningStore({ oplogMaxBytes: 64 * 1024 });
  await things().insertOne({ _id: 'before' });
});
afterEach(async () => {
  for (const stream of open) await stream.close();
  open = [];
  await store.dispose();
});

/** A stream that surely stands: the driver opens it with the first call, so that one is made here. */
async function standing<T extends ChangeStream>(stream: T): Promise<T> {
  open.push(stream);
  const first = await stream.tryNext();
  if (first) throw new Error('an event from before the stream');
  return stream;
}

async function take(stream: ChangeStream, count: number): Promise<ChangeStreamDocument[]> {
  const events: ChangeStreamDocument[] = [];
  while (events.length < count) events.push(await stream.next());
  return events;
}
const kinds = (events: ChangeStreamDocument[]): string[] => events.map(({ operationType }) => operationType);
const keys = (events: ChangeStreamDocument[]): unknown[] =>
  events.map((event) => ('documentKey' in event ? event.documentKey?._id : undefined));

describe('a change stream', () => {
  test('tells what happened to documents, in order, with the document looked up', async () => {
    const stream = await standing(things().watch([], { ...brief, fullDocument: 'updateLookup' }));
    await things().insertOne({ _id: 'w', n: 1, old: true });
    await things().updateOne({ _id: 'w' }, { $set: { n: 2, 'm.k': 1 }, $unset: { old: 1 } });
    await things().replaceOne({ _id: 'w' }, { n: 3 });
    await things().deleteOne({ _id: 'w' });
    const events = await take(stream, 4);
    expect(kinds(events)).toEqual(['insert', 'update', 'replace', 'delete']);
    expect(events[0]).toMatchObject({
      fullDocument: { _id: 'w', n: 1 },
      ns: { db: 'watched', coll: 'things' },
    });
    expect(events[1]).toMatchObject({
      updateDescription: { updatedFields: { n: 2, m: { k: 1 } }, removedFields: ['old'] },
    });
    expect(events[2]).toMatchObject({ fullDocument: { _id: 'w', n: 3 } });
  });

  test('wakes as soon as something is on disk, without polling', async () => {
    const { operationTime } = await store.client.db('watched').command({ ping: 1 });
    // Longer than a test may take: what comes in time was not waited for.
    const awaited = ['first', 'quick', 'quicker'];
    const stream = things().watch([{ $match: { 'documentKey._id': { $in: awaited } } }], {
      maxAwaitTimeMS: 60_000,
      startAtOperationTime: operationTime,
    });
    open.push(stream);
    for (const _id of awaited) {
      const next = stream.next();
      await things().insertOne({ _id });
      expect(keys([await next])).toEqual([_id]);
    }
  });

  test('watches a collection, a database or everything, and filters by pipeline', async () => {
    const { client } = store;
    const collection = await standing(
      things().watch([{ $match: { 'fullDocument.n': { $gt: 1 } } }, { $project: { documentKey: 1 } }], brief),
    );
    const database = await standing(client.db('watched').watch([], brief));
    const cluster = await standing(client.watch([], brief));
    await things().insertOne({ _id: 'small', n: 1 });
    await client
      .db('watched')
      .collection('others')
      .insertOne({ _id: 'other' as never });
    await client
      .db('elsewhere')
      .collection('things')
      .insertOne({ _id: 'far' as never });
    await things().insertOne({ _id: 'big', n: 2 });
    const [filtered] = await take(collection, 1);
    expect(filtered).toEqual({ _id: expect.anything(), documentKey: { _id: 'big' } });
    expect(keys(await take(database, 3))).toEqual(['small', 'other', 'big']);
    expect(keys(await take(cluster, 4))).toEqual(['small', 'other', 'far', 'big']);
  });

  test('tells of a transaction at its commit, as one, with its number', async () => {
    const stream = await standing(store.client.db('watched').watch([], brief));
    const session = store.client.startSession();
    await session.withTransaction(async () => {
      await things().insertOne({ _id: 't1' }, { session });
      await things().insertOne({ _id: 'never' }, { session });
      await session.abortTransaction();
    });
    await session.withTransaction(async () => {
      await things().insertMany([{ _id: 't2' }, { _id: 't3' }], { session });
    });
    await session.endSession();
    const events = await take(stream, 2);
    expect(keys(events)).toEqual(['t2', 't3']);
    expect(events[0]?.clusterTime).toEqual(events[1]?.clusterTime);
    expect(events[0]).toMatchObject({ txnNumber: expect.anything(), lsid: expect.anything() });
  });

  test('goes on where it was, by token and by time, also after a restart', async () => {
    const stream = await standing(things().watch([], brief));
    await things().insertMany(['r1', 'r2', 'r3'].map((_id) => ({ _id })));
    const [first] = await take(stream, 1);
    const time = first?.clusterTime;
    store = await store.restart();
    open = [];
    await things().insertOne({ _id: 'r4' });
    const resumed = things().watch([], { resumeAfter: first?._id });
    open.push(resumed);
    expect(keys(await take(resumed, 3))).toEqual(['r2', 'r3', 'r4']);
    const sinceThen = things().watch([], time ? { startAtOperationTime: time } : {});
    open.push(sinceThen);
    expect(keys(await take(sinceThen, 4))).toEqual(['r1', 'r2', 'r3', 'r4']);
  });

  test('says so, and does not skip, when its place is no longer there', async () => {
    const stream = await standing(things().watch([], brief));
    await things().insertOne({ _id: 'early' });
    const [early] = await take(stream, 1);
    for (let batch = 0; batch < 12; batch++)
      await things().insertMany(Array.from({ length: 100 }, (_, n) => ({ _id: `${batch}/${n}` })));
    const late = things().watch([], { resumeAfter: early?._id });
    open.push(late);
    const lost = await late.next().catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(MongoServerError);
    expect(lost).toMatchObject({ code: 286, errorLabels: ['NonResumableChangeStreamError'] });
  });

  test('ends with the collection it watches', async () => {
    const stream = await standing(things().watch([], brief));
    await things().drop();
    expect(kinds(await take(stream, 2))).toEqual(['drop', 'invalidate']);
  });

  test('gives the images before and after where the collection keeps them', async () => {
    const kept = await store.client.db('watched').createCollection<{ _id: number; n: number }>('kept', {
      changeStreamPreAndPostImages: { enabled: true },
    });
    const stream = await standing(
      kept.watch([], { ...brief, fullDocument: 'required', fullDocumentBeforeChange: 'required' }),
    );
    await kept.insertOne({ _id: 1, n: 1 });
    await kept.updateOne({ _id: 1 }, { $set: { n: 2 } });
    const [, update] = await take(stream, 2);
    expect(update).toMatchObject({ fullDocument: { n: 2 }, fullDocumentBeforeChange: { n: 1 } });
  });

  test.each([[{ resumeAfter: { _data: 'nonsense' } }, 260]])('refuses %j', async (options, code) => {
    const stream = things().watch([], options);
    open.push(stream);
    await expect(stream.next()).rejects.toMatchObject({ code });
  });
});
