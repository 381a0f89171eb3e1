import { Long, UUID } from 'bson';
import { type ClientSession, type Collection, MongoServerError } from 'mongodb';
import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rawClient } from './raw-client.ts';
import { type RunningStore, runningStore } from './running-store.ts';

type Account = { _id: string; n: number };
let store: RunningStore;
let accounts: Collection<Account>;
let ledger: Collection;

beforeAll(async () => {
  store = await runningStore();
  accounts = store.client.db('money').collection<Account>('accounts');
  ledger = store.client.db('books').collection('ledger');
});
afterAll(() => store.dispose());
beforeEach(async () => {
  await accounts.deleteMany({});
  await ledger.deleteMany({});
  await accounts.insertMany([
    { _id: 'a', n: 100 },
    { _id: 'b', n: 0 },
  ]);
});

async function inSession<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
  const session = store.client.startSession();
  try {
    return await work(session);
  } finally {
    await session.endSession();
  }
}

describe('a transaction', () => {
  test('commits over collections and databases as a whole, unseen before', async () => {
    await inSession(async (session) => {
      session.startTransaction();
      await accounts.updateOne({ _id: 'a' }, { $inc: { n: -10 } }, { session });
      await ledger.insertOne({ moved: 10 }, { session });
      expect(await ledger.countDocuments()).toBe(0);
      expect(await ledger.countDocuments({}, { session })).toBe(1);
      expect((await accounts.findOne({ _id: 'a' }))?.n).toBe(100);
      await session.commitTransaction();
      await session.commitTransaction();
    });
    expect((await accounts.findOne({ _id: 'a' }))?.n).toBe(90);
    expect(await ledger.countDocuments()).toBe(1);
  });

  test('leaves nothing behind when it is aborted', async () => {
    await inSession(async (session) => {
      await expect(
        session.withTransaction(async () => {
          await accounts.deleteOne({ _id: 'a' }, { session });
          await ledger.insertOne({ moved: 1 }, { session });
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
    });
    expect(await accounts.countDocuments()).toBe(2);
    expect(await ledger.countDocuments()).toBe(0);
  });

  test('makes collections and their indexes for all only when it commits', async () => {
    const made = store.client.db('made');
    const things = made.collection<{ _id: number; n: number }>('things');
    const names = async () => (await made.listCollections().toArray()).map(({ name }) => name);
    await inSession(async (session) => {
      session.startTransaction();
      await things.insertOne({ _id: 1, n: 1 }, { session });
      await session.abortTransaction();
      expect(await names()).toEqual([]);
      session.startTransaction();
      await made.createCollection('things', { session });
      await things.createIndex({ n: 1 }, { unique: true, session });
      await things.insertOne({ _id: 1, n: 1 }, { session });
      expect(await names()).toEqual([]);
      const waiting = things.insertOne({ _id: 2, n: 2 });
      await session.commitTransaction();
      await waiting;
    });
    expect(await names()).toEqual(['things']);
    await expect(things.insertOne({ _id: 3, n: 1 })).rejects.toMatchObject({ code: 11_000 });
    store = await store.restart();
    accounts = store.client.db('money').collection<Account>('accounts');
    ledger = store.client.db('books').collection('ledger');
    expect((await store.client.db('made').collection('things').indexes()).map(({ name }) => name)).toEqual([
      '_id_',
      'n_1',
    ]);
  });

  test('reads one snapshot, by scan, by id and by index, whatever others write meanwhile', async () => {
    await accounts.createIndex({ n: 1 });
    await inSession(async (session) => {
      session.startTransaction();
      expect(await accounts.countDocuments({}, { session })).toBe(2);
      await accounts.updateOne({ _id: 'a' }, { $set: { n: 7 } });
      await accounts.deleteOne({ _id: 'b' });
      await accounts.insertOne({ _id: 'c', n: 100 });
      expect(await accounts.find({}, { session }).sort({ _id: 1 }).toArray()).toEqual([
        { _id: 'a', n: 100 },
        { _id: 'b', n: 0 },
      ]);
      expect(await accounts.findOne({ _id: 'b' }, { session })).toEqual({ _id: 'b', n: 0 });
      expect(await accounts.find({ n: { $gte: 50 } }, { session }).toArray()).toEqual([{ _id: 'a', n: 100 }]);
      expect(await accounts.find({ n: 7 }, { session }).toArray()).toEqual([]);
      await session.abortTransaction();
    });
    expect(await accounts.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', n: 7 },
      { _id: 'c', n: 100 },
    ]);
  });

  test.each(['before', 'after'])(
    'conflicts with a write made %s its own, and says that trying again may help',
    async (order) => {
      await inSession(async (one) => {
        await inSession(async (other) => {
          one.startTransaction();
          other.startTransaction();
          await accounts.findOne({ _id: 'a' }, { session: one });
          await accounts.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { session: other });
          if (order === 'before') await other.commitTransaction();
          const conflict = await accounts
            .updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { session: one })
            .catch((error: unknown) => error);
          expect(conflict).toBeInstanceOf(MongoServerError);
          expect(conflict).toMatchObject({
            code: 112,
            errorLabels: expect.arrayContaining(['TransientTransactionError']),
          });
          if (order === 'after') await other.commitTransaction();
          await one.abortTransaction();
        });
      });
      expect((await accounts.findOne({ _id: 'a' }))?.n).toBe(101);
    },
  );

  test('many at once lose no update and move no money twice', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        inSession((session) =>
          session.withTransaction(async () => {
            const from = await accounts.findOne({ _id: 'a' }, { session });
            await accounts.updateOne({ _id: 'a' }, { $set: { n: (from?.n ?? 0) - 1 } }, { session });
            await accounts.updateOne({ _id: 'b' }, { $inc: { n: 1 } }, { session });
          }),
        ),
      ),
    );
    expect(await accounts.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', n: 80 },
      { _id: 'b', n: 20 },
    ]);
  });

  test('holds a plain write back until it ends', async () => {
    await inSession(async (session) => {
      session.startTransaction();
      await accounts.updateMany({}, { $inc: { n: 1 } }, { session });
      let done = false;
      const write = accounts.updateMany({}, { $inc: { n: 1 } }).then(() => {
        done = true;
      });
      // Other commands are answered meanwhile, the held one is not.
      for (let asked = 0; asked < 20; asked++) await accounts.findOne({ _id: 'a' });
      expect(done).toBe(false);
      await session.commitTransaction();
      await write;
    });
    expect(await accounts.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', n: 102 },
      { _id: 'b', n: 2 },
    ]);
  });

  test('keeps unique values unique, also against another one', async () => {
    await ledger.createIndex({ number: 1 }, { unique: true, sparse: true });
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () =>
        inSession((session) =>
          session.withTransaction(async () => {
            await ledger.insertOne({ number: 1 }, { session });
          }),
        ),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await ledger.countDocuments({ number: 1 })).toBe(1);
  });

  test('works through mongoose', async () => {
    const connection = await mongoose.createConnection(store.uri).asPromise();
    const stock = connection
      .useDb('inventory')
      .model('Stock', new mongoose.Schema({ sku: String, n: Number }));
    await stock.createCollection();
    await connection.transaction(async (session) => {
      await stock.create([{ sku: 'x', n: 1 }], { session });
      await stock.updateOne({ sku: 'x' }, { $inc: { n: 1 } }, { session });
    });
    expect(await stock.findOne({ sku: 'x' }).lean()).toMatchObject({ n: 2 });
    await connection.close();
  });
});

describe('a retryable write', () => {
  const lsid = { id: new UUID() };
  const increment = (txnNumber: number) => ({
    update: 'accounts',
    updates: [{ q: { _id: 'a' }, u: { $inc: { n: 1 } } }],
    lsid,
    txnNumber: Long.fromNumber(txnNumber),
    $db: 'money',
  });

  test('sent twice is executed once, also when the store was restarted in between', async () => {
    const first = await rawClient(store.uri);
    expect(await first.command(increment(1))).toMatchObject({ ok: 1, n: 1, nModified: 1 });
    expect(await first.command(increment(1))).toMatchObject({ ok: 1, n: 1, nModified: 1 });
    first.close();
    store = await store.restart();
    accounts = store.client.db('money').collection<Account>('accounts');
    ledger = store.client.db('books').collection('ledger');
    const second = await rawClient(store.uri);
    expect(await second.command(increment(1))).toMatchObject({ ok: 1, n: 1, nModified: 1 });
    expect((await accounts.findOne({ _id: 'a' }))?.n).toBe(101);
    expect(await second.command(increment(2))).toMatchObject({ ok: 1, n: 1 });
    expect(await second.command(increment(1))).toMatchObject({ ok: 0, code: 225 });
    expect((await accounts.findOne({ _id: 'a' }))?.n).toBe(102);
    second.close();
  });

  test('and a commit, sent again after a restart, is answered as the first was', async () => {
    const transaction = { lsid: { id: new UUID() }, txnNumber: Long.fromNumber(1), autocommit: false };
    const insert = {
      insert: 'ledger',
      documents: [{ moved: 1 }],
      startTransaction: true,
      ...transaction,
      $db: 'books',
    };
    const commit = { commitTransaction: 1, ...transaction, $db: 'admin' };
    const first = await rawClient(store.uri);
    expect(await first.command(insert)).toMatchObject({ ok: 1, n: 1 });
    expect(await first.command(commit)).toMatchObject({ ok: 1 });
    first.close();
    store = await store.restart();
    accounts = store.client.db('money').collection<Account>('accounts');
    ledger = store.client.db('books').collection('ledger');
    const second = await rawClient(store.uri);
    expect(await second.command(commit)).toMatchObject({ ok: 1 });
    expect(await second.command({ ...commit, txnNumber: Long.fromNumber(2) })).toMatchObject({
      ok: 0,
      code: 251,
    });
    expect(await ledger.countDocuments()).toBe(1);
    second.close();
  });

  test('findAndModify gives the same answer again', async () => {
    const raw = await rawClient(store.uri);
    const command = {
      findAndModify: 'accounts',
      query: { _id: 'a' },
      update: { $inc: { n: -1 } },
      new: true,
      lsid: { id: new UUID() },
      txnNumber: Long.fromNumber(1),
      $db: 'money',
    };
    const answers = [await raw.command(command), await raw.command(command)];
    expect(answers.map(({ value }) => value)).toEqual([
      { _id: 'a', n: 99 },
      { _id: 'a', n: 99 },
    ]);
    raw.close();
  });
});
