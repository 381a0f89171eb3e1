import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { afterEach, expect, test } from 'vitest';

const rounds = 3;
const writers = 8;
const transfers = 4;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

type Item = { _id: string; n: number };
type Half = { _id: string; pair: string };

let child: ChildProcess | undefined;
let directory: string | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
  if (directory) rmSync(directory, { recursive: true, force: true });
});

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}

async function startProcess(at: string): Promise<{ process: ChildProcess; uri: string }> {
  const started = spawn(
    process.execPath,
    [fileURLToPath(new URL('./crash-process.ts', import.meta.url)), at],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const [uri] = await once(createInterface(started.stdout), 'line');
  return { process: started, uri: String(uri) };
}

/** Does work over and over until the store is gone; the error of a killed store ends it. */
async function untilGone(work: () => Promise<void>): Promise<void> {
  try {
    for (;;) await work();
  } catch {
    return;
  }
}

test(`what was acknowledged survives a killed process (seed ${seed})`, async () => {
  directory = mkdtempSync(join(tmpdir(), 'embedded-mongo-crash-'));
  const random = randomFrom(seed);
  const acknowledged = new Map<string, number>();
  const seen: string[] = [];
  let token: unknown;

  for (let round = 0; round <= rounds; round++) {
    const { process: running, uri } = await startProcess(directory);
    child = running;
    // Retries would wait for a server that does not come back at this address.
    const client = new MongoClient(uri, { retryWrites: false, serverSelectionTimeoutMS: 300 });
    const items = client.db('crash').collection<Item>('items');
    const halves = client.db('crash-pairs').collection<Half>('halves');

    const stored = new Map((await items.find().toArray()).map(({ _id, n }) => [_id, n]));
    for (const [id, n] of acknowledged)
      expect(stored.get(id) ?? -1, `${id} was acknowledged`).toBeGreaterThanOrEqual(n);
    const torn = await halves
      .aggregate([{ $group: { _id: '$pair', n: { $sum: 1 } } }, { $match: { n: { $ne: 2 } } }])
      .toArray();
    expect(torn).toEqual([]);

    const stream = items.watch([{ $match: { operationType: 'insert' } }], {
      maxAwaitTimeMS: 100,
      ...(token ? { resumeAfter: token } : {}),
    });
    let event = await stream.tryNext();
    while (event) {
      if ('documentKey' in event) seen.push(String(event.documentKey?._id));
      token = event._id;
      event = await stream.tryNext();
    }
    token ??= stream.resumeToken;
    await stream.close();
    // All inserts that are in the store, each once, and each writer's in the order it made them.
    expect(seen.toSorted()).toEqual([...stored.keys()].toSorted());
    const lastOf = new Map<string, number>();
    for (const id of seen) {
      const [, writer = '', number] = id.split('/');
      const key = id.split('/').slice(0, 2).join('/');
      expect(Number(number), `order of writer ${writer}`).toBeGreaterThan(lastOf.get(key) ?? -1);
      lastOf.set(key, Number(number));
    }

    if (round === rounds) {
      await client.close();
      break;
    }
    const work = Array.from({ length: writers }, (_, writer) => {
      let made = 0;
      return untilGone(async () => {
        const number = made;
        const id = `${round}/${writer}/${number}`;
        await items.insertOne({ _id: id, n: 0 });
        acknowledged.set(id, 0);
        made++;
        const touched = `${round}/${writer}/${Math.floor(random() * made)}`;
        const { modifiedCount } = await items.updateOne({ _id: touched }, { $inc: { n: 1 } });
        if (modifiedCount === 1) acknowledged.set(touched, (acknowledged.get(touched) ?? 0) + 1);
      });
    });
    const moving = Array.from({ length: transfers }, (_, writer) => {
      let made = 0;
      return untilGone(async () => {
        const pair = `${round}/${writer}/${made++}`;
        await client.withSession((session) =>
          session.withTransaction(
            async () => {
              await halves.insertOne({ _id: `${pair}-left`, pair }, { session });
              await halves.insertOne({ _id: `${pair}-right`, pair }, { session });
            },
            { timeoutMS: 500 },
          ),
        );
      });
    });
    const before = acknowledged.size;
    const aim = before + 200 + Math.floor(random() * 400);
    const deadline = Date.now() + 10_000;
    while (acknowledged.size < aim && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 1));
    running.kill('SIGKILL');
    await once(running, 'exit');
    await client.close(true);
    await Promise.all([...work, ...moving]);
    expect(acknowledged.size).toBeGreaterThan(before);
  }
  expect(acknowledged.size).toBeGreaterThan(rounds * 200);
}, 60_000);
