import fc from 'fast-check';
import { type Collection, Decimal128, Long } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContractStore, contractStore, until } from './running-store.ts';

let store: ContractStore;
const collection = (name: string): Collection => store.client.db('store-contract-indexes').collection(name);

beforeAll(async () => {
  store = await contractStore('store-contract-indexes');
});
afterAll(() => store.dispose());

const value = fc.oneof(
  fc.integer({ min: 0, max: 9 }),
  fc.constantFrom('a', 'b', 'ab', null, true),
  fc.integer({ min: 0, max: 9 }).map((number) => Decimal128.fromString(`${number}.5`)),
  fc.integer({ min: 0, max: 9 }).map((number) => Long.fromNumber(number)),
);
const stored = fc.record(
  {
    a: fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.array(value, { maxLength: 3 }) }),
    b: value,
    c: value,
  },
  { requiredKeys: [] },
);
const condition = fc.oneof(
  value,
  value.map((operand) => ({ $gt: operand })),
  value.map((operand) => ({ $lte: operand })),
  fc.tuple(value, value).map(([from, to]) => ({ $gte: from, $lt: to })),
  fc.array(value, { minLength: 1, maxLength: 3 }).map((operand) => ({ $in: operand })),
  fc.constant({ $regex: '^a' }),
);
const filters = fc.oneof(
  fc.record({ a: condition, b: condition, c: condition }, { requiredKeys: [] }),
  fc.tuple(condition, condition).map(([a, b]) => ({ $or: [{ a }, { b }] })),
);
const sort = fc.constantFrom<Record<string, 1 | -1>[]>(
  { a: 1, _id: 1 },
  { b: -1, _id: -1 },
  { a: 1, b: -1, _id: 1 },
  { c: 1, _id: 1 },
  { _id: -1 },
);

describe('an index', () => {
  test('never changes what a query answers, nor its order', async () => {
    const plain = collection('plain');
    const indexed = collection('indexed');
    await indexed.createIndexes([
      { key: { a: 1 } },
      { key: { b: -1, _id: -1 } },
      { key: { a: 1, b: -1, _id: 1 } },
      { key: { c: 1, _id: 1 }, sparse: true },
      { key: { b: 1, c: 1 }, partialFilterExpression: { b: { $exists: true } } },
    ]);
    const documents = fc
      .sample(stored, { numRuns: 400, seed: 7 })
      .map((document, _id) => ({ _id: _id as never, ...document }));
    await plain.insertMany(documents);
    await indexed.insertMany(documents);
    await fc.assert(
      fc.asyncProperty(filters, sort, fc.integer({ min: 0, max: 30 }), async (filter, order, limit) => {
        const query = (from: Collection) => from.find(filter).sort(order).limit(limit).toArray();
        const [found, wanted, counted, count] = await Promise.all([
          query(indexed),
          query(plain),
          indexed.countDocuments(filter),
          plain.countDocuments(filter),
        ]);
        expect(found).toEqual(wanted);
        expect(counted).toBe(count);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps up with updates and deletes', async () => {
    const changing = collection('changing');
    await changing.createIndex({ n: 1 });
    await changing.insertMany(Array.from({ length: 100 }, (_, n) => ({ n, tags: [n, n + 1] })));
    await changing.createIndex({ tags: 1 });
    await changing.updateMany({ n: { $gte: 50 } }, { $inc: { n: 1000 }, $push: { tags: -1 as never } });
    await changing.deleteMany({ n: { $lt: 10 } });
    expect(await changing.countDocuments({ n: { $gte: 0, $lt: 1000 } })).toBe(40);
    expect(await changing.countDocuments({ tags: -1 })).toBe(50);
    expect(await changing.countDocuments({ tags: 5 })).toBe(0);
    expect(
      (
        await changing
          .find({ n: { $gte: 1000 } })
          .sort({ n: 1 })
          .limit(1)
          .toArray()
      )[0]?.n,
    ).toBe(1050);
  });

  test('answers a sorted range over ten thousand documents without reading them all', async () => {
    const large = collection('large');
    await large.createIndex({ at: 1 });
    await large.insertMany(
      Array.from({ length: 10_000 }, (_, n) => ({ at: new Date(n), text: 'x'.repeat(100) })),
    );
    for (const from of [0, 4000, 8000]) {
      const query = () =>
        large
          .find({ at: { $gte: new Date(from) } })
          .sort({ at: 1 })
          .limit(10);
      expect((await query().toArray()).map(({ at }) => Number(at))).toEqual(
        Array.from({ length: 10 }, (_, n) => from + n),
      );
      const { executionStats } = await query().explain('executionStats');
      expect(executionStats.totalDocsExamined).toBe(10);
    }
  });
});

describe('a unique index', () => {
  test('holds over several fields, over part of the documents and over sparse ones', async () => {
    const unique = collection('unique');
    await unique.createIndex({ t: 1, k: 1 }, { unique: true });
    await unique.createIndex({ e: 1 }, { unique: true, partialFilterExpression: { e: { $type: 'string' } } });
    await unique.createIndex({ s: 1 }, { unique: true, sparse: true });
    await unique.insertMany([
      { t: 1, k: 1 },
      { t: 1, k: 2, e: 'q', s: 1 },
      { t: 2, k: 1, e: 5 },
      { t: 2, k: 2, e: 5 },
    ]);
    await expect(unique.insertOne({ t: 1, k: 1 })).rejects.toMatchObject({
      code: 11_000,
      keyPattern: { t: 1, k: 1 },
      keyValue: { t: 1, k: 1 },
    });
    await expect(unique.insertOne({ t: 3, k: 1, e: 'q' })).rejects.toMatchObject({ code: 11_000 });
    await expect(unique.updateOne({ t: 2, k: 2 }, { $set: { s: 1 } })).rejects.toMatchObject({
      code: 11_000,
    });
    expect(await unique.countDocuments()).toBe(4);
  });

  test('is not built over documents that break it, and leaves nothing behind', async () => {
    const broken = collection('broken');
    await broken.insertMany([{ n: 1 }, { n: 1 }]);
    await expect(
      broken.createIndexes([{ key: { m: 1 } }, { key: { n: 1 }, unique: true }]),
    ).rejects.toMatchObject({ code: 11_000 });
    expect((await broken.indexes()).map(({ name }) => name)).toEqual(['_id_']);
  });

  test('lets one of many concurrent inserts through', async () => {
    const raced = collection('raced');
    await raced.createIndex({ key: 1 }, { unique: true });
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => raced.insertOne({ key: 'same' })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

test('indexes are listed, dropped and refused when they conflict', async () => {
  const listed = collection('listed');
  await listed.createIndex({ a: 1 }, { name: 'byA' });
  await expect(listed.createIndex({ b: 1 }, { name: 'byA' })).rejects.toMatchObject({ code: 86 });
  await expect(listed.createIndex({ a: 1 }, { name: 'other' })).rejects.toMatchObject({ code: 85 });
  await listed.dropIndex('byA');
  expect((await listed.indexes()).map(({ name }) => name)).toEqual(['_id_']);
});

test('documents disappear when their time has passed', async () => {
  const expiring = collection('expiring');
  await expiring.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
  await expiring.insertMany([{ at: new Date(Date.now() - 61_000) }, { at: new Date() }, { at: 'no date' }]);
  await until(async () => (await expiring.countDocuments()) === 2);
  expect(await expiring.countDocuments({ at: { $type: 'date' } })).toBe(1);
});
