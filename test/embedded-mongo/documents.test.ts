import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rawClient } from './raw-client.ts';
import { type RunningStore, runningStore } from './running-store.ts';

const { Decimal128, Double, Int32, Long, ObjectId } = mongoose.mongo;
const product = new mongoose.Schema(
  {
    sku: { type: String, unique: true },
    stock: Number,
    price: mongoose.Schema.Types.Decimal128,
    tags: [String],
    lines: [{ sku: String, qty: Number }],
    big: BigInt,
    at: Date,
  },
  { timestamps: true, optimisticConcurrency: true },
);

let store: RunningStore;
let connection: mongoose.Connection;
const products = () => connection.model('Product', product);

beforeAll(async () => {
  store = await runningStore();
  connection = await mongoose.createConnection(store.uri).asPromise();
  await products().init();
  await products().create({
    sku: 'a',
    stock: 5,
    price: '10.10',
    tags: ['x'],
    lines: [
      { sku: 'l1', qty: 1 },
      { sku: 'l2', qty: 9 },
    ],
    big: 9_007_199_254_740_993n,
    at: new Date(0),
  });
});
afterAll(async () => {
  await connection.close();
  await store.dispose();
});

describe('documents through mongoose', () => {
  test('come back as they were saved', async () => {
    const found = await products().findOne({ sku: 'a' }).orFail();
    expect(found.big).toBe(9_007_199_254_740_993n);
    expect(String(found.price)).toBe('10.10');
    expect(found.createdAt).toBeInstanceOf(Date);
  });

  test('are unique where the schema says so', async () => {
    await expect(products().create({ sku: 'a' })).rejects.toMatchObject({
      code: 11_000,
      keyPattern: { sku: 1 },
      keyValue: { sku: 'a' },
    });
  });

  test('a guarded decrement never goes below zero, however many try', async () => {
    await products().create({ sku: 'guarded', stock: 10 });
    const results = await Promise.all(
      Array.from({ length: 25 }, () =>
        products().updateOne({ sku: 'guarded', stock: { $gte: 1 } }, { $inc: { stock: -1 } }),
      ),
    );
    expect(results.filter(({ modifiedCount }) => modifiedCount === 1)).toHaveLength(10);
    expect((await products().findOne({ sku: 'guarded' }).orFail()).stock).toBe(0);
  });

  test('findOneAndUpdate gives the document after or before, or null', async () => {
    await products().create({ sku: 'fam', stock: 2 });
    const take = { $inc: { stock: -2 } };
    const filter = { sku: 'fam', stock: { $gte: 2 } };
    expect((await products().findOneAndUpdate(filter, take, { returnDocument: 'after' }))?.stock).toBe(0);
    expect(await products().findOneAndUpdate(filter, take)).toBeNull();
    expect((await products().findOneAndDelete({ sku: 'fam' }))?.sku).toBe('fam');
  });

  test('an upsert inserts once and updates after', async () => {
    const change = { $setOnInsert: { stock: 7 }, $push: { tags: 'q' } };
    expect((await products().updateOne({ sku: 'up' }, change, { upsert: true })).upsertedCount).toBe(1);
    expect((await products().updateOne({ sku: 'up' }, change, { upsert: true })).modifiedCount).toBe(1);
    expect(await products().findOne({ sku: 'up' }).lean()).toMatchObject({ stock: 7, tags: ['q', 'q'] });
  });

  test('array elements are changed by position, by match and by filter', async () => {
    const lines = [
      { sku: 'l1', qty: 1 },
      { sku: 'l2', qty: 2 },
    ];
    await products().create({ sku: 'lines', lines });
    await products().updateOne({ sku: 'lines', 'lines.sku': 'l2' }, { $inc: { 'lines.$.qty': 10 } });
    await products().updateOne(
      { sku: 'lines' },
      { $set: { 'lines.$[l].qty': 5 } },
      { arrayFilters: [{ 'l.sku': 'l1' }] },
    );
    await products().updateOne({ sku: 'lines' }, { $inc: { 'lines.$[].qty': 1 } });
    const found = await products().findOne({ sku: 'lines' }).orFail();
    expect(found.lines.map(({ qty }) => qty)).toEqual([6, 13]);
  });

  test('an update by pipeline computes and keeps the types of the rest', async () => {
    const raw = connection.collection<{ _id: number }>('pipelines');
    await raw.insertOne({ _id: 1, ...{ n: new Int32(4), f: new Double(3), l: Long.fromNumber(5) } });
    await raw.updateOne({ _id: 1 }, [{ $set: { n: { $multiply: ['$n', 2] } } }]);
    expect(await raw.findOne({ _id: 1 }, { promoteValues: false })).toEqual({
      _id: new Int32(1),
      n: new Int32(8),
      f: new Double(3),
      l: Long.fromNumber(5),
    });
  });

  test('numbers of all classes are found by worth and told apart by type', async () => {
    const raw = connection.collection('numbers');
    await raw.insertMany([
      { v: new Int32(1) },
      { v: new Double(1) },
      { v: Long.fromNumber(1) },
      { v: Decimal128.fromString('1') },
    ]);
    expect(await raw.countDocuments({ v: 1 })).toBe(4);
    for (const type of ['int', 'double', 'long', 'decimal'])
      expect(await raw.countDocuments({ v: { $type: type } })).toBe(1);
    expect(await products().countDocuments({ price: { $lt: Decimal128.fromString('9') } })).toBe(0);
    expect(await products().countDocuments({ big: { $gt: 9_007_199_254_740_992n } })).toBe(1);
  });

  test('a bulk write reports what it did, and what failed', async () => {
    const result = await products().bulkWrite([
      { insertOne: { document: { sku: 'bulk', stock: 1 } } },
      { updateOne: { filter: { sku: 'bulk' }, update: { $inc: { stock: 1 } } } },
      { replaceOne: { filter: { sku: 'new' }, replacement: { sku: 'new', stock: 1 }, upsert: true } },
      { deleteOne: { filter: { sku: 'new' } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
    const failing = connection
      .collection('products')
      .insertMany([{ sku: 'a' }, { sku: 'bulk2' }], { ordered: false });
    await expect(failing).rejects.toMatchObject({ code: 11_000, result: { insertedCount: 1 } });
  });

  test('a stale save is refused', async () => {
    await products().create({ sku: 'versioned', stock: 1 });
    const [one, other] = await Promise.all([
      products().findOne({ sku: 'versioned' }).orFail(),
      products().findOne({ sku: 'versioned' }).orFail(),
    ]);
    one.stock = 2;
    await one.save();
    other.stock = 3;
    await expect(other.save()).rejects.toMatchObject({ name: 'VersionError' });
  });

  test('a cursor delivers thousands of documents in order, batch by batch', async () => {
    const raw = connection.collection('many');
    await raw.insertMany(Array.from({ length: 2500 }, (_, i) => ({ i })));
    const seen: number[] = [];
    for await (const { i } of raw.find().sort({ i: -1 }).batchSize(100)) seen.push(Number(i));
    expect(seen).toEqual(Array.from({ length: 2500 }, (_, i) => 2499 - i));
    expect(
      await raw
        .find({ i: { $gte: 10, $lt: 20 } })
        .sort({ i: 1 })
        .skip(2)
        .limit(3)
        .toArray(),
    ).toMatchObject([{ i: 12 }, { i: 13 }, { i: 14 }]);
    expect(await raw.distinct('i', { i: { $lt: 3 } })).toEqual([0, 1, 2]);
  });

  test('populate, collation and references work', async () => {
    const owner = await products().findOne({ sku: 'a' }).orFail();
    const notes = connection.model(
      'Note',
      new mongoose.Schema({ of: { type: 'ObjectId', ref: 'Product' }, name: String }),
    );
    await notes.create([{ of: owner._id, name: 'Bob' }, { name: 'bob' }, { name: 'al' }]);
    expect((await notes.findOne({ of: owner._id }).populate('of'))?.of).toMatchObject({ sku: 'a' });
    expect(await notes.find({ name: 'BOB' }).collation({ locale: 'en', strength: 2 })).toHaveLength(2);
  });

  test('what is not supported is refused by name', async () => {
    const raw = connection.collection('refused');
    await expect(raw.find({ $where: 'true' }).toArray()).rejects.toMatchObject({ code: 238 });
    await expect(raw.createIndex({ t: 'text' })).rejects.toMatchObject({ code: 238 });
    await expect(connection.db?.command({ nonsense: 1 })).rejects.toMatchObject({ code: 59 });
    await expect(raw.aggregate([{ $nonsense: 1 }]).toArray()).rejects.toMatchObject({ code: 40_324 });
    await expect(raw.aggregate([{ $setWindowFields: {} }]).toArray()).rejects.toMatchObject({ code: 238 });
    await expect(raw.aggregate([{ $project: { a: { $function: {} } } }]).toArray()).rejects.toMatchObject({
      code: 168,
    });
  });

  test('a write concern that one member cannot satisfy is reported, the write stands', async () => {
    const raw = connection.collection('concern');
    await expect(raw.insertOne({ n: 1 }, { writeConcern: { w: 3 } })).rejects.toMatchObject({ code: 100 });
    const wire = await rawClient(store.uri);
    const insert = {
      insert: 'concern',
      documents: [{ n: 2 }],
      writeConcern: { w: 'elsewhere' },
      $db: connection.db?.databaseName,
    };
    expect(await wire.command(insert)).toMatchObject({ n: 1, writeConcernError: { code: 79 } });
    wire.close();
    expect(await raw.countDocuments({}, { readConcern: 'majority' })).toBe(2);
  });

  test('a document over 16 MiB is refused, one below is kept', async () => {
    const raw = connection.collection('large');
    const id = new ObjectId();
    await raw.insertOne({ _id: id, text: 'x'.repeat(15 * 1024 * 1024) });
    await expect(
      raw.updateOne({ _id: id }, { $set: { more: 'x'.repeat(2 * 1024 * 1024) } }),
    ).rejects.toMatchObject({
      code: 10_334,
    });
    expect((await raw.findOne({ _id: id }))?.text).toHaveLength(15 * 1024 * 1024);
  });
});
