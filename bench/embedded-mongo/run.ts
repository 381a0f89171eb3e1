import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../embedded-mongo/start.ts';
import { type Measured, measure, type Operation, quantile } from './measure.ts';

/**
 * `npm run bench:store`: the embedded store through the official driver, on disk with every write synced before it is
 * answered, from 1 and from 32 clients. With `MONGODB_URI` set, the same against that server.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    documents: { type: 'string', default: '100000' },
  },
});
const seconds = Number(values.seconds);
const documents = Number(values.documents);

type Item = { _id: number | string; group?: number; n: number; at?: Date; text?: string };

const directory = mkdtempSync(join(tmpdir(), 'bench-embedded-mongo-'));
const store = process.env.MONGODB_URI ? undefined : await startEmbeddedMongo({ directory });
const client = await new MongoClient(process.env.MONGODB_URI ?? store?.uri ?? '', {
  maxPoolSize: 64,
  writeConcern: { w: 'majority', journal: true },
}).connect();
const items = client.db('bench').collection<Item>('items');
const added = client.db('bench').collection<Item>('added');
const ledger = client.db('bench').collection<Item>('ledger');

try {
  console.log(`${cpus().length} cores, Node ${process.version}, ${documents} documents, ${seconds} s each`);
  const before = await memoryMebibytes();
  await fill();
  console.log(
    `memory: ${before} MiB before, ${await memoryMebibytes()} MiB with ${documents} documents of some 400 bytes`,
  );
  for (const [name, operation] of Object.entries(operations()))
    for (const clients of [1, 32]) print(name, clients, await measured(operation, clients));
  print('change-stream latency', 1, await streamLatency());
} finally {
  await client.close();
  await store?.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function fill(): Promise<void> {
  await client.db('bench').dropDatabase();
  await items.createIndex({ group: 1, at: -1 });
  const text = 'x'.repeat(320);
  for (let from = 0; from < documents; from += 1000)
    await items.insertMany(
      Array.from({ length: Math.min(1000, documents - from) }, (_, at) => ({
        _id: from + at,
        group: (from + at) % 500,
        n: 1_000_000,
        at: new Date(1_700_000_000_000 + (from + at) * 1000),
        text,
      })),
    );
}

function operations(): Record<string, Operation> {
  let next = 0;
  const some = (client: number, call: number): number => (client * 7919 + call * 104_729) % documents;
  return {
    insertOne: async () => {
      await added.insertOne({ _id: `i${next++}`, n: 1, text: 'x'.repeat(320) });
    },
    'findOne by _id': async (who, call) => {
      if (!(await items.findOne({ _id: some(who, call) }))) throw new Error('not found');
    },
    'guarded $inc': async (who, call) => {
      const { modifiedCount } = await items.updateOne(
        { _id: some(who, call), n: { $gte: 1 } },
        { $inc: { n: -1 } },
      );
      if (modifiedCount !== 1) throw new Error('not modified');
    },
    'guarded $inc, one hot document': async () => {
      await items.updateOne({ _id: 0, n: { $gte: 1 } }, { $inc: { n: -1 } });
    },
    'find by index, sorted, 20': async (who, call) => {
      const found = await items
        .find({ group: some(who, call) % 500 })
        .sort({ at: -1 })
        .limit(20)
        .toArray();
      if (found.length !== 20) throw new Error('not found');
    },
    'transaction of three writes': async (who, call) => {
      const id = `t${next++}`;
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await items.updateOne({ _id: some(who, call) }, { $inc: { n: -1 } }, { session });
          await ledger.insertOne({ _id: `${id}-out`, n: -1 }, { session });
          await ledger.insertOne({ _id: `${id}-in`, n: 1 }, { session });
        }),
      );
    },
  };
}

async function measured(operation: Operation, clients: number): Promise<Measured> {
  await measure(operation, clients, 0.5);
  return measure(operation, clients, seconds);
}

/** From the moment an insert is sent to the moment its event is there: the wait for the disk is part of it. */
async function streamLatency(): Promise<Measured> {
  const seen = client.db('bench').collection<Item>('seen');
  const stream = seen.watch();
  const sent = new Map<string, number>();
  const tookMs: number[] = [];
  await stream.tryNext();
  const started = performance.now();
  for (let call = 0; performance.now() - started < seconds * 1000; call++) {
    const _id = `s${call}`;
    sent.set(_id, performance.now());
    const [event] = await Promise.all([stream.next(), seen.insertOne({ _id, n: 1 })]);
    if (event.operationType === 'insert')
      tookMs.push(performance.now() - (sent.get(String(event.documentKey._id)) ?? Number.NaN));
  }
  await stream.close();
  tookMs.sort((a, b) => a - b);
  const perSecond = tookMs.length / ((performance.now() - started) / 1000);
  return { perSecond, p50Ms: quantile(tookMs, 0.5), p99Ms: quantile(tookMs, 0.99), calls: tookMs.length };
}

async function memoryMebibytes(): Promise<number> {
  const status = await client.db('admin').command({ serverStatus: 1 });
  return Number(status.mem.resident);
}

function print(name: string, clients: number, { perSecond, p50Ms, p99Ms }: Measured): void {
  console.log(
    `${name.padEnd(32)} ${String(clients).padStart(2)} clients  ${perSecond.toFixed(0).padStart(6)} /s   p50 ${p50Ms.toFixed(2).padStart(7)} ms   p99 ${p99Ms.toFixed(2).padStart(7)} ms`,
  );
}
