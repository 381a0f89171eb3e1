import type { Document } from 'mongodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningStore, runningStore } from './running-store.ts';

const count = 32;
const big = 'x'.repeat(2 ** 20);
let store: RunningStore;
const things = () => store.client.db('disk').collection<Document & { _id: number }>('things');

beforeEach(async () => {
  store = await runningStore();
});
afterEach(() => store.dispose());

/** A cursor that has read the first document and holds the others still to come. */
async function begun(session = store.client.startSession()) {
  const cursor = things().find({ n: 0 }, { batchSize: 1, session, projection: {} }).sort({ _id: 1 });
  expect(await cursor.next()).toMatchObject({ _id: 0 });
  return cursor;
}

describe('documents that are read back from disk', () => {
  /** More than the store keeps in memory, so that most of it has to be read back. */
  beforeEach(async () => {
    await things().insertMany(Array.from({ length: count }, (_, _id) => ({ _id, n: 0, big })));
  });

  test('are the ones a cursor found, though all were changed or deleted since', async () => {
    const cursor = await begun();
    await things().updateMany({ _id: { $lt: count / 2 } }, { $set: { n: 1, big: 'changed' } });
    await things().deleteMany({ _id: { $gte: count / 2 } });
    const rest = await cursor.toArray();
    expect(rest.map(({ _id }) => _id)).toEqual(Array.from({ length: count - 1 }, (_, at) => at + 1));
    expect(rest.every(({ n, big: text }) => n === 0 && text === big)).toBe(true);
    expect(await things().countDocuments({ n: 1 })).toBe(count / 2);
  });

  test('are the ones a transaction sees, and the new ones are there when it has ended', async () => {
    await store.client.withSession(async (session) => {
      session.startTransaction();
      expect(await things().countDocuments({ n: 0 }, { session })).toBe(count);
      await things().updateMany({}, { $inc: { n: 1 } });
      expect(await things().countDocuments({ n: 0 }, { session })).toBe(count);
      expect(await things().findOne({ _id: 7 }, { session })).toEqual({ _id: 7, n: 0, big });
      await session.commitTransaction();
    });
    expect(await things().countDocuments({ n: 1, big })).toBe(count);
  });

  test('are there after a restart', async () => {
    store = await store.restart();
    expect(await things().countDocuments({ n: 0, big })).toBe(count);
    await things().updateOne({ _id: 3 }, { $inc: { n: 1 } });
    expect(await things().findOne({ _id: 3 })).toEqual({ _id: 3, n: 1, big });
  });

  test('cannot be had from a collection that was dropped: the cursor ends with an error', async () => {
    const cursor = await begun();
    await things().drop();
    await expect(cursor.toArray()).rejects.toMatchObject({ code: 175 });
  });
});

test('a stream that is far behind reads the log of changes from disk, each change once and in order', async () => {
  const stream = things().watch([], { maxAwaitTimeMS: 50 });
  try {
    await stream.tryNext();
    await things().insertMany(Array.from({ length: 20 }, (_, _id) => ({ _id, n: 0 })));
    let token: unknown;
    for (let _id = 0; _id < 20; _id++) token = (await stream.next())._id;
    for (let round = 1; round <= 30; round++)
      await things().bulkWrite(
        Array.from({ length: 20 }, (_, _id) => ({
          updateOne: { filter: { _id }, update: { $set: { n: round, note: 'y'.repeat(20_000) + round } } },
        })),
      );
    const late = things().watch([], { resumeAfter: token });
    try {
      for (let round = 1; round <= 30; round++)
        for (let _id = 0; _id < 20; _id++)
          expect(await late.next()).toMatchObject({
            documentKey: { _id },
            updateDescription: { updatedFields: { n: round } },
          });
    } finally {
      await late.close();
    }
  } finally {
    await stream.close();
  }
});
