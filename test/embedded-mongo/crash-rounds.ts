import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type ChangeStreamDocument, MongoClient } from 'mongodb';

type Item = { _id: string; n: number };
type Half = { _id: string };

/** What came of the rounds: how much was promised, and held. */
export type CrashReport = {
  acknowledged: number;
  events: number;
  transactions: number;
  unacknowledged: number;
};

const writers = 8;
const transfers = 4;
const maxRoundMs = 10_000;

/**
 * Kills a working store over and over, each time at another point, and holds it to its promises after each restart:
 * what was acknowledged is there, transactions over two databases are there whole or not at all, and a change stream
 * resumed from the last token seen tells of each change once and in order. Throws AssertionError for a broken promise.
 */
export async function crashRounds(options: {
  directory: string;
  rounds: number;
  seed: number;
  onRound?: (round: number, soFar: CrashReport) => void;
}): Promise<CrashReport> {
  const random = randomFrom(options.seed);
  const promised = new Map<string, number>();
  const paired = new Set<string>();
  const log = changeLog();
  let unacknowledged = 0;
  let running: ChildProcess | undefined;
  const report = (): CrashReport => ({
    acknowledged: promised.size,
    events: log.events,
    transactions: paired.size,
    unacknowledged,
  });
  try {
    for (let round = 0; round <= options.rounds; round++) {
      const started = await startProcess(options.directory);
      running = started.process;
      // Retries would wait for a server that does not come back at this address.
      const client = await connected(started.uri);
      const items = client.db('crash').collection<Item>('items');
      const left = client.db('crash-left').collection<Half>('halves');
      const right = client.db('crash-right').collection<Half>('halves');

      const stored = new Map((await items.find().toArray()).map(({ _id, n }) => [_id, n]));
      for (const [id, n] of promised)
        assert.ok((stored.get(id) ?? -1) >= n, `${id} was acknowledged at ${n}, found ${stored.get(id)}`);
      const [lefts, rights] = await Promise.all([left.distinct('_id'), right.distinct('_id')]);
      assert.deepEqual(new Set(lefts), new Set(rights), 'a transaction is half there');
      for (const pair of paired) assert.ok(lefts.includes(pair), `the transaction ${pair} was acknowledged`);
      unacknowledged = stored.size - promised.size;

      const stream = items.watch([], { maxAwaitTimeMS: 100, ...log.resume() });
      for (let event = await stream.tryNext(); event; event = await stream.tryNext()) log.take(event);
      log.stand(stream.resumeToken);
      log.expect(stored);
      options.onRound?.(round, report());
      if (round === options.rounds) {
        await stream.close();
        await client.close();
        break;
      }

      let done = 0;
      const following = untilGone(async () => log.take(await stream.next()));
      const work = Array.from({ length: writers }, (_, writer) => {
        let made = 0;
        return untilGone(async () => {
          const id = `${round}/${writer}/${made}`;
          await items.insertOne({ _id: id, n: 0 });
          promised.set(id, 0);
          made++;
          done++;
          const touched = `${round}/${writer}/${Math.floor(random() * made)}`;
          await items.updateOne({ _id: touched }, { $inc: { n: 1 } });
          promised.set(touched, (promised.get(touched) ?? 0) + 1);
        });
      });
      const moving = Array.from({ length: transfers }, (_, writer) => {
        let made = 0;
        return untilGone(async () => {
          const _id = `${round}/${writer}/${made++}`;
          await client.withSession((session) =>
            session.withTransaction(
              async () => {
                await left.insertOne({ _id }, { session });
                await right.insertOne({ _id }, { session });
              },
              { timeoutMS: 500 },
            ),
          );
          paired.add(_id);
        });
      });
      // How much is done before the blow, from next to nothing to a good deal; the moment itself is up to the machine.
      const aim = 1 + Math.floor(random() * 180);
      const deadline = Date.now() + maxRoundMs;
      while (done < aim && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 1));
      running.kill('SIGKILL');
      await once(running, 'exit');
      await client.close(true);
      await Promise.all([...work, ...moving, following]);
      assert.ok(done > 0, 'nothing was done in a round');
    }
    return report();
  } finally {
    running?.kill('SIGKILL');
  }
}

/** What a change stream has told so far, checked as it tells it. */
function changeLog() {
  const told = new Map<string, number>();
  const lastOfWriter = new Map<string, number>();
  let token: unknown;
  let events = 0;
  return {
    get events() {
      return events;
    },
    resume: () => (token ? { resumeAfter: token } : {}),
    stand(at: unknown) {
      token ??= at;
    },
    take(event: ChangeStreamDocument<Item>) {
      token = event._id;
      events++;
      if (event.operationType === 'insert') {
        const id = event.documentKey._id;
        const writer = id.slice(0, id.lastIndexOf('/'));
        const number = Number(id.slice(id.lastIndexOf('/') + 1));
        assert.ok(!told.has(id), `told twice of the insert of ${id}`);
        assert.equal(number, (lastOfWriter.get(writer) ?? -1) + 1, `${id} is out of order`);
        lastOfWriter.set(writer, number);
        told.set(id, 0);
      } else if (event.operationType === 'update') {
        const id = event.documentKey._id;
        const n = event.updateDescription.updatedFields?.n;
        assert.equal(n, (told.get(id) ?? Number.NaN) + 1, `the updates of ${id} are out of order`);
        told.set(id, n ?? 0);
      } else assert.equal(event.operationType, 'create');
    },
    /** All that is stored was told of, up to its newest state, and nothing else was. */
    expect(stored: ReadonlyMap<string, number>) {
      assert.equal(told.size, stored.size);
      for (const [id, n] of stored) assert.equal(told.get(id), n, `the stream and the store differ on ${id}`);
    },
  };
}

/** A client that gives up soon once the store is gone, but not while it is still coming. */
async function connected(uri: string): Promise<MongoClient> {
  for (const deadline = Date.now() + maxRoundMs; ; ) {
    const client = new MongoClient(uri, { retryWrites: false, serverSelectionTimeoutMS: 1000 });
    try {
      return await client.connect();
    } catch (error) {
      await client.close(true);
      if (Date.now() > deadline) throw error;
    }
  }
}

async function startProcess(directory: string): Promise<{ process: ChildProcess; uri: string }> {
  const file = fileURLToPath(new URL('./crash-process.ts', import.meta.url));
  const started = spawn(process.execPath, [file, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [uri] = await once(createInterface(started.stdout), 'line');
  return { process: started, uri: String(uri) };
}

/** Does work over and over until the store is gone. A broken promise is not mistaken for that. */
async function untilGone(work: () => Promise<void>): Promise<void> {
  try {
    for (;;) await work();
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
  }
}

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}
