import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UUID } from 'bson';
import { MongoClient } from 'mongodb';
import { afterEach, describe, expect, test } from 'vitest';
import type { ListenOn } from '../../embedded-mongo/server/server.ts';
import { startEmbeddedMongo } from '../../embedded-mongo/start.ts';
import { message, rawClient } from './raw-client.ts';
import { type RunningStore, runningStore } from './running-store.ts';

let stores: RunningStore[] = [];
async function started(options: Parameters<typeof runningStore>[0] = {}): Promise<RunningStore> {
  const store = await runningStore(options);
  stores.push(store);
  return store;
}
afterEach(async () => {
  for (const store of stores) await store.dispose();
  stores = [];
});

describe('starting', () => {
  test('listens on a socket that only its owner may open', async () => {
    const { uri } = await started();
    const path = decodeURIComponent(new URL(uri).host);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('listens on a loopback port when told to', async () => {
    const { uri, client } = await started({ listen: { host: '127.0.0.1', port: 0 } });
    expect(uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/\?replicaSet=rs0$/);
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  test('refuses a directory that is in use, naming the process', async () => {
    const { directory } = await started();
    await expect(startEmbeddedMongo({ directory })).rejects.toMatchObject({
      code: 'DIRECTORY_IN_USE',
      message: expect.stringContaining(String(process.pid)),
    });
  });

  test('takes over from a process that is gone, and from one whose number is in use again', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
    for (const owner of [
      { pid: 2 ** 22 + 1, startedAt: '1' },
      { pid: process.pid, startedAt: '1' },
    ]) {
      writeFileSync(join(directory, 'owner.lock'), JSON.stringify(owner));
      const store = await startEmbeddedMongo({ directory });
      await store.stop();
    }
    rmSync(directory, { recursive: true });
  });

  test('fails by name where it cannot or must not listen, and leaves the directory free', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
    const { uri } = await started({ listen: { host: '127.0.0.1', port: 0 } });
    const port = Number(new URL(uri).port);
    const at = (listen: ListenOn) => startEmbeddedMongo({ directory, listen });
    await expect(at({ host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'START_FAILED' });
    await expect(at({ host: '0.0.0.0', port: 0 })).rejects.toMatchObject({ code: 'ADDRESS_NOT_LOOPBACK' });
    await expect(at({ socketPath: `/tmp/${'x'.repeat(120)}` })).rejects.toMatchObject({
      code: 'SOCKET_PATH_UNUSABLE',
    });
    const store = await startEmbeddedMongo({ directory });
    await store.stop();
    rmSync(directory, { recursive: true });
  });

  test('over a large store finds all that was there', async () => {
    const store = await started();
    const many = store.client.db('large').collection('many');
    await many.createIndex({ n: 1 });
    for (let batch = 0; batch < 10; batch++)
      await many.insertMany(
        Array.from({ length: 3000 }, (_, n) => ({ n: batch * 3000 + n, text: 'x'.repeat(100) })),
      );
    await store.client.close();
    await store.stop();
    stores = [];
    const again = await started({ directory: store.directory });
    expect(await again.client.db('large').collection('many').findOne({ n: 29_999 })).toMatchObject({
      n: 29_999,
    });
    expect(await again.client.db('large').collection('many').estimatedDocumentCount()).toBe(30_000);
  });
});

describe('stopping', () => {
  test('tells the host once, may be asked twice, and leaves no socket', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
    const exits: unknown[] = [];
    const store = await startEmbeddedMongo({ directory, onExit: (reason) => exits.push(reason) });
    await Promise.all([store.stop(), store.stop()]);
    await store.stop();
    expect(exits).toEqual([undefined]);
    expect(() => statSync(decodeURIComponent(new URL(store.uri).host))).toThrow('ENOENT');
    rmSync(directory, { recursive: true });
  });

  test('collections, indexes and options are there again', async () => {
    let store = await started();
    const db = store.client.db('kept');
    await db.createCollection('strict', { validator: { $jsonSchema: { required: ['n'] } } });
    await db.collection('strict').createIndex({ n: 1 }, { unique: true });
    await db.collection('strict').insertOne({ n: 1 });
    await db.collection('gone').insertOne({ n: 1 });
    await db.collection('gone').drop();
    await db.collection('renamed').insertOne({ n: 2 });
    await db.collection('renamed').rename('name');
    stores = [];
    store = await store.restart();
    stores.push(store);
    const again = store.client.db('kept');
    expect((await again.listCollections().toArray()).map(({ name }) => name).sort()).toEqual([
      'name',
      'strict',
    ]);
    expect(await again.collection('name').findOne({}, { projection: { _id: 0 } })).toEqual({ n: 2 });
    await expect(again.collection('strict').insertOne({ m: 1 })).rejects.toMatchObject({ code: 121 });
    await expect(again.collection('strict').insertOne({ n: 1 })).rejects.toMatchObject({ code: 11_000 });
    await again.dropDatabase();
    expect((await store.client.db('admin').admin().listDatabases()).databases).toEqual([]);
  });
});

describe('a connection', () => {
  test.each([
    ['an impossible length', Buffer.from([255, 255, 255, 127, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['an unknown opcode', Buffer.from([16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 9, 0, 0])],
    ['a damaged document', message(Buffer.from([40, 0, 0, 0, 2, 1, 2, 3]))],
  ])('with %s is closed, and only that one', async (_, bytes) => {
    const { uri, client } = await started();
    const raw = await rawClient(uri);
    raw.send(bytes);
    await raw.closed();
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  test('may send a message in pieces', async () => {
    const { uri } = await started();
    const raw = await rawClient(uri);
    const text = 'x'.repeat(300_000);
    expect(await raw.command({ insert: 'pieces', documents: [{ text }], $db: 'db' })).toMatchObject({
      n: 1,
      ok: 1,
    });
    expect(await raw.command({ count: 'pieces', query: { text }, $db: 'db' })).toMatchObject({ n: 1 });
    raw.close();
  });
});

test('an ended session takes its transaction with it', async () => {
  const { uri, client } = await started();
  const raw = await rawClient(uri);
  const lsid = { id: new UUID() };
  await client
    .db('db')
    .collection('c')
    .insertOne({ _id: 1 as never, n: 0 });
  await raw.command({
    update: 'c',
    updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }],
    lsid,
    txnNumber: 1n,
    autocommit: false,
    startTransaction: true,
    $db: 'db',
  });
  const blocked = client
    .db('db')
    .collection('c')
    .updateOne({ _id: 1 as never }, { $inc: { n: 10 } });
  await raw.command({ endSessions: [lsid], $db: 'admin' });
  await blocked;
  expect(
    await client
      .db('db')
      .collection('c')
      .findOne({ _id: 1 as never }),
  ).toMatchObject({ n: 10 });
  raw.close();
});

test('a client that knows only the address finds the whole set', async () => {
  const { uri } = await started();
  const direct = await new MongoClient(`${uri}&directConnection=true`).connect();
  expect(await direct.db('admin').command({ hello: 1 })).toMatchObject({
    isWritablePrimary: true,
    setName: 'rs0',
  });
  await direct.close();
});
