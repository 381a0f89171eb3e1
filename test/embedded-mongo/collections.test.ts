import { MongoServerError } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningStore, runningStore, until } from './running-store.ts';

let store: RunningStore;
type Item = { _id: number | string; [field: string]: unknown };
const named = (name: string) => store.client.db('kinds').collection<Item>(name);

beforeAll(async () => {
  store = await runningStore();
});
afterAll(() => store.dispose());

describe('a capped collection', () => {
  test('lets its oldest documents go, and tells nobody of it', async () => {
    await store.client.db('kinds').createCollection('ring', { capped: true, size: 10_000, max: 3 });
    const stream = named('ring').watch([], { maxAwaitTimeMS: 50 });
    await stream.tryNext();
    for (const _id of [1, 2, 3, 4, 5]) await named('ring').insertOne({ _id });
    expect(
      await named('ring')
        .find()
        .map(({ _id }) => _id)
        .toArray(),
    ).toEqual([3, 4, 5]);
    expect(await store.client.db('kinds').command({ collStats: 'ring' })).toMatchObject({
      capped: true,
      maxSize: 10_000,
      max: 3,
      count: 3,
    });
    const told: string[] = [];
    while (told.length < 5) told.push((await stream.next()).operationType);
    expect(told).toEqual(['insert', 'insert', 'insert', 'insert', 'insert']);
    await stream.close();
  });

  test('is followed by a tailable cursor, also past what was there when it was opened', async () => {
    await store.client.db('kinds').createCollection('tail', { capped: true, size: 10_000 });
    await named('tail').insertMany([{ _id: 1 }, { _id: 2, skipped: true }]);
    const cursor = named('tail').find(
      { skipped: null },
      { tailable: true, awaitData: true, maxAwaitTimeMS: 5000 },
    );
    const seen = [(await cursor.next())?._id];
    const later = cursor.next();
    await named('tail').insertOne({ _id: 3 });
    seen.push((await later)?._id);
    expect(seen).toEqual([1, 3]);
    await cursor.close();
    await expect(named('plain').insertOne({ _id: 1 })).resolves.toBeDefined();
    await expect(named('plain').find({}, { tailable: true }).toArray()).rejects.toMatchObject({ code: 2 });
  });
});

describe('a collection with a collation', () => {
  test('compares by it, in queries and in unique indexes, unless a command says otherwise', async () => {
    await store.client.db('kinds').createCollection('names', { collation: { locale: 'en', strength: 2 } });
    await named('names').createIndex({ name: 1 }, { unique: true });
    await named('names').insertOne({ _id: 1, name: 'Ada' });
    expect(await named('names').countDocuments({ name: 'ADA' })).toBe(1);
    expect(await named('names').countDocuments({ name: 'ADA' }, { collation: { locale: 'simple' } })).toBe(0);
    await expect(named('names').insertOne({ _id: 2, name: 'ada' })).rejects.toMatchObject({ code: 11_000 });
  });
});

describe('the results of a pipeline', () => {
  test('replace a collection whole, which keeps its indexes', async () => {
    await named('source').insertMany([1, 2, 3].map((n) => ({ _id: n, n })));
    await named('made').insertOne({ _id: 'old' });
    await named('made').createIndex({ n: 1 }, { unique: true });
    await named('source')
      .aggregate([{ $match: { n: { $gt: 1 } } }, { $out: 'made' }])
      .toArray();
    expect(await named('made').distinct('_id')).toEqual([2, 3]);
    expect((await named('made').indexes()).map(({ name }) => name)).toEqual(['_id_', 'n_1']);
    const twice = named('source').aggregate([{ $set: { n: 7 } }, { $out: 'made' }]);
    await expect(twice.toArray()).rejects.toMatchObject({ code: 11_000 });
    expect(await named('made').distinct('_id')).toEqual([2, 3]);
  });

  test('are merged into a collection by the fields that tell its documents apart', async () => {
    await named('totals').insertOne({ _id: 1, n: 10, kept: true });
    await named('source')
      .aggregate([{ $merge: { into: 'totals' } }])
      .toArray();
    expect(await named('totals').find().toArray()).toEqual([
      { _id: 1, n: 1, kept: true },
      { _id: 2, n: 2 },
      { _id: 3, n: 3 },
    ]);
    const add = [{ $set: { n: { $add: ['$n', '$$new.n'] } } }];
    await named('source')
      .aggregate([{ $merge: { into: 'totals', whenMatched: add } }])
      .toArray();
    expect(await named('totals').distinct('n')).toEqual([2, 4, 6]);
    const blind = named('source').aggregate([{ $merge: { into: 'totals', on: 'n' } }]);
    await expect(blind.toArray()).rejects.toBeInstanceOf(MongoServerError);
  });
});

test('explain names the index a query reads, and what it would cost without one', async () => {
  await named('explained').insertMany(Array.from({ length: 100 }, (_, n) => ({ _id: n, n, m: n % 7 })));
  await named('explained').createIndex({ n: 1 });
  const ranged = await named('explained')
    .find({ n: { $lt: 5 } })
    .explain('executionStats');
  expect(ranged).toMatchObject({
    queryPlanner: { winningPlan: { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: 'n_1' } } },
    executionStats: { nReturned: 5, totalDocsExamined: 5 },
  });
  const scanned = await named('explained').find({ m: 3 }).sort({ n: -1 }).explain('executionStats');
  expect(scanned).toMatchObject({ executionStats: { totalDocsExamined: 100 } });
});

test('places are found by distance, nearest first, and by the shape they lie in', async () => {
  const shops = [
    { _id: 'porto', at: [-8.61, 41.15] },
    { _id: 'lisboa', at: [-9.14, 38.72] },
    { _id: 'madrid', at: [-3.7, 40.42] },
  ].map(({ _id, at }) => ({ _id, at: { type: 'Point', coordinates: at } }));
  await named('shops').insertMany(shops);
  const here = { type: 'Point', coordinates: [-9, 39] };
  await expect(
    named('shops')
      .find({ at: { $near: { $geometry: here } } })
      .toArray(),
  ).rejects.toMatchObject({ code: 291 });
  await named('shops').createIndex({ at: '2dsphere' });
  const near = named('shops').find({ at: { $near: { $geometry: here, $maxDistance: 300_000 } } });
  expect((await near.toArray()).map(({ _id }) => _id)).toEqual(['lisboa', 'porto']);
  const ring = [
    [-10, 38],
    [-8, 38],
    [-8, 42],
    [-10, 42],
    [-10, 38],
  ];
  const inside = { at: { $geoWithin: { $geometry: { type: 'Polygon', coordinates: [ring] } } } };
  expect(await named('shops').distinct('_id', inside)).toEqual(['lisboa', 'porto']);
  await expect(named('shops').insertOne({ _id: 'nowhere', at: 'x' })).rejects.toMatchObject({ code: 16_755 });
});

test('a snapshot session reads one state of the store, whatever is written meanwhile', async () => {
  await named('states').insertOne({ _id: 1, n: 1 });
  const session = store.client.startSession({ snapshot: true });
  const read = () => named('states').find({}, { session }).toArray();
  expect(await read()).toEqual([{ _id: 1, n: 1 }]);
  await named('states').updateOne({ _id: 1 }, { $set: { n: 2 } });
  await named('states').insertOne({ _id: 2, n: 2 });
  expect(await read()).toEqual([{ _id: 1, n: 1 }]);
  await session.endSession();
  expect(await named('states').countDocuments()).toBe(2);
});

test('the store tells shells and dashboards about itself', async () => {
  const admin = store.client.db('admin');
  const status = await admin.command({ serverStatus: 1 });
  expect(status).toMatchObject({
    connections: { available: expect.any(Number) },
    mem: { resident: expect.any(Number) },
  });
  expect(status.embedded.residentBytes).toBeGreaterThan(0);
  expect(await admin.command({ hostInfo: 1 })).toMatchObject({ system: { numCores: expect.any(Number) } });
  expect(await admin.command({ getParameter: 1, featureCompatibilityVersion: 1 })).toMatchObject({ ok: 1 });
  await named('sized').insertOne({ _id: 1, text: 'x'.repeat(1000) });
  await until(async () => (await store.client.db('kinds').command({ collStats: 'sized' })).size > 1000);
  const [statistics] = await named('sized')
    .aggregate([{ $collStats: { storageStats: {} } }])
    .toArray();
  expect(statistics).toMatchObject({ ns: 'kinds.sized', storageStats: { count: 1, nindexes: 1 } });
  expect(await store.client.db('kinds').stats()).toMatchObject({ db: 'kinds', ok: 1 });
});
