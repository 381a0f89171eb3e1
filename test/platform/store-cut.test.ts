import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedMongo, startEmbeddedMongo } from '../../embedded-mongo/start.ts';
import { systemClock } from '../../platform/clock.ts';
import { createChangeTail } from '../../platform/store/change-tail.ts';
import { connectStore, type Store } from '../../platform/store/store.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { until } from '../kit/until.ts';
import { stretchWire, type Wire } from '../kit/wire.ts';

// What becomes of a process whose connections to the store are lost, loudly or silently.

const CUTS = 2;
/** The driver looks for a lost server twice a second. */
const BACK_WITHIN_MS = 3_000;

let directory: string;
let server: EmbeddedMongo;
let wire: Wire;
let store: Store;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'store-cut-'));
  server = await startEmbeddedMongo({ directory, listen: { host: '127.0.0.1', port: 0 } });
  wire = await stretchWire(Number(new URL(server.uri).port));
  const uri = `mongodb://127.0.0.1:${wire.port}/?directConnection=true`;
  store = await connectStore({ uri, logger: silentLogger });
});
afterAll(async () => {
  await store.close();
  await wire.stop();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

// Each of the connections is dead a moment before it says so, and the driver writes to one of them.
it('a store whose connections are all cut at once is there again as soon as the way is, every time', async () => {
  const things = store.database('test').collection('things');
  for (let cut = 0; cut < CUTS; cut += 1) {
    const streams = Array.from({ length: 4 }, () => things.watch([], { maxAwaitTimeMS: 500 }));
    await Promise.all(streams.map((stream) => stream.tryNext()));
    const waiting = Promise.allSettled(streams.map((stream) => stream.tryNext()));
    // An answer to this says that the server has been asked all that.
    await things.findOne();
    wire.cut();
    wire.mend();
    const answers = () =>
      store.ping(1_000).then(
        () => true,
        () => false,
      );
    await until('the store answers again', answers, BACK_WITHIN_MS);
    await waiting;
    await Promise.allSettled(streams.map((stream) => stream.close()));
  }
}, 30_000);

it('a tail whose connection is lost and nobody says so goes on by another one, where it stood', async () => {
  const connection = store.database('test');
  await connection.createCollection('told');
  const seen: number[] = [];
  const tail = createChangeTail<{ n: number }>({
    name: 'told',
    connection,
    collections: ['told'],
    clock: systemClock,
    logger: silentLogger,
    silentMs: 1_000,
    onChange: ({ document }) => void seen.push(document?.n ?? 0),
  });
  await tail.start();
  const direct = await connectStore({ uri: server.uri, logger: silentLogger });
  const write = (n: number) => direct.database('test').collection('told').insertOne({ n });
  await write(1);
  await until('it is told', () => seen.length === 1);
  wire.forget();
  await write(2);
  await until('it is told by another way', () => seen.length === 2, 20_000);
  await write(3);
  await until('it is told at once again', () => seen.length === 3);
  expect(seen).toEqual([1, 2, 3]);
  await tail.stop();
  await direct.close();
}, 30_000);

it('a store all of whose connections are lost and nobody says so is asked over new ones', async () => {
  const things = store.database('test').collection('things');
  await things.findOne();
  wire.forget();
  const lostAt = performance.now();
  const answers = () =>
    store.ping(1_000).then(
      () => true,
      () => false,
    );
  await until('the store answers again', answers, 30_000);
  await things.findOne();
  // Asked every five seconds, with ten to answer; and something for a busy machine.
  expect(performance.now() - lostAt).toBeLessThan(20_000);
}, 40_000);
