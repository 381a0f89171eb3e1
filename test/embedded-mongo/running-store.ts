import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { type EmbeddedMongoOptions, startEmbeddedMongo } from '../../embedded-mongo/start.ts';

/** A real store in a directory of its own, with a client. Faults inside the store fail the test that disposes it. */
export async function runningStore(options: Partial<EmbeddedMongoOptions> = {}) {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
  const faults: string[] = [];
  const store = await startEmbeddedMongo({
    onFault: (message) => faults.push(message),
    ...options,
    directory,
  });
  const client = await new MongoClient(store.uri).connect();
  return {
    directory,
    uri: store.uri,
    client,
    stop: store.stop,
    /** Stops the store and starts it again over the same data. */
    async restart() {
      await client.close();
      await store.stop();
      return runningStore({ ...options, directory });
    },
    async dispose() {
      await client.close();
      await store.stop();
      rmSync(directory, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(`faults inside the store: ${faults.join('\n')}`);
    },
  };
}
export type RunningStore = Awaited<ReturnType<typeof runningStore>>;
export type ContractStore = Pick<RunningStore, 'client' | 'uri' | 'dispose'>;

/**
 * The store that the contract suite is held against: the one MONGODB_URI names, else an embedded one. On a given one the
 * named database is dropped before and after, and no other is touched.
 */
export async function contractStore(database: string): Promise<ContractStore> {
  const uri = process.env.MONGODB_URI;
  if (!uri) return runningStore();
  const client = await new MongoClient(uri).connect();
  await client.db(database).dropDatabase();
  return {
    client,
    uri,
    async dispose() {
      await client.db(database).dropDatabase();
      await client.close();
    },
  };
}

/** Waits until the condition holds, asking again and again. Throws after ten seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition did not come true within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
