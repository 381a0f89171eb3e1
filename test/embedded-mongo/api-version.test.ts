import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningStore, runningStore } from './running-store.ts';

let store: RunningStore;
let strict: MongoClient;

beforeAll(async () => {
  store = await runningStore();
  strict = await new MongoClient(store.uri, { serverApi: { version: '1', strict: true } }).connect();
});
afterAll(async () => {
  await strict?.close();
  await store?.dispose();
});

test('a client that asks for API version 1 and nothing else reads and writes', async () => {
  const things = strict.db('api').collection('things');
  await things.insertOne({ n: 1 });
  await strict.withSession((session) =>
    session.withTransaction(() => things.updateOne({ n: 1 }, { $set: { n: 2 } }, { session })),
  );
  expect(await things.find({}, { projection: { _id: 0 }, batchSize: 1 }).toArray()).toEqual([{ n: 2 }]);
  expect(await things.aggregate([{ $group: { _id: null, sum: { $sum: '$n' } } }]).toArray()).toEqual([
    { _id: null, sum: 2 },
  ]);
  expect(await things.estimatedDocumentCount()).toBe(1);
});

test.each([
  ['a command', { distinct: 'things', key: 'n' }],
  ['an option', { find: 'things', tailable: true }],
  ['a stage', { aggregate: 'things', pipeline: [{ $collStats: {} }], cursor: {} }],
])('it is refused %s that is not part of it', async (_, command) => {
  await expect(strict.db('api').command(command)).rejects.toMatchObject({
    code: 323,
    codeName: 'APIStrictError',
  });
});

test('another version is refused, and so is a condition on none', async () => {
  const database = store.client.db('api');
  await expect(database.command({ ping: 1, apiVersion: '2' })).rejects.toMatchObject({ code: 322 });
  await expect(database.command({ ping: 1, apiStrict: true })).rejects.toMatchObject({ code: 4_886_600 });
});
