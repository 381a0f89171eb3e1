import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EmbeddedMongoError, lockDirectory } from './directory-lock.ts';
import type { ListenOn } from './server/server.ts';
import type { WorkerMessage, WorkerSettings } from './worker.ts';

export type EmbeddedMongoOptions = {
  /** Where the data is kept. Made if it is not there; used by one process at a time. */
  directory: string;
  /** Default: a unix socket that only this user can open, in a temporary directory of its own. */
  listen?: ListenOn;
  /** How many bytes of changes are kept on disk for change streams to resume from. Default 2 GiB. */
  oplogMaxBytes?: number;
  /** Told once when the store's thread ends, with the reason if `stop()` was not it. */
  onExit?: (reason: Error | undefined) => void;
  /** Told of faults inside the store that a client has met. Default: written to standard error. */
  onFault?: (message: string) => void;
};

export type EmbeddedMongo = {
  /** For mongoose or the driver. Names no database; reach others with `connection.useDb(name)`. */
  uri: string;
  /** Closes the store with everything on disk. Resolves also when its thread has died before. */
  stop(): Promise<void>;
};

const defaultOplogMaxBytes = 2 ** 31;
const maxSocketPathBytes = 107;
const startTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/**
 * Starts the store in a worker thread and returns when it accepts connections. Throws EmbeddedMongoError:
 * DIRECTORY_IN_USE while another process holds the directory (its pid is in the message), SOCKET_PATH_UNUSABLE or
 * ADDRESS_NOT_LOOPBACK for a wrong `listen`, START_FAILED otherwise.
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const place = listenPlace(options.listen);
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const lock = lockDirectory(options.directory);
  place.prepare();
  const settings: WorkerSettings = {
    directory: join(options.directory, 'data'),
    listen: place.listen,
    oplogMaxBytes: options.oplogMaxBytes ?? defaultOplogMaxBytes,
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: settings,
    // The host's flags (a test runner's loader, a debugger) are not for this thread.
    execArgv: [],
  });
  let failure: Error | undefined;
  let stopping = false;
  const ended = new Promise<void>((resolve) => {
    worker.once('error', (error) => {
      failure = error instanceof Error ? error : new Error(String(error));
    });
    worker.once('exit', (code) => {
      lock.release();
      place.dispose();
      if (!stopping) failure ??= new Error(`the store's thread ended with code ${code}`);
      options.onExit?.(failure);
      resolve();
    });
  });
  const onFault =
    options.onFault ?? ((message: string) => void process.stderr.write(`embedded-mongo: ${message}\n`));
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'fault') onFault(message.message);
  });

  const address = await ready(worker, ended, () => failure).catch(async (error: unknown) => {
    stopping = true;
    await worker.terminate();
    await ended;
    throw error;
  });
  // The host decides how long it lives; an idle store does not keep it alive.
  worker.unref();

  return {
    uri: uriOf(address),
    async stop() {
      if (!stopping) {
        stopping = true;
        worker.postMessage('stop');
      }
      const timer = setTimeout(() => void worker.terminate(), stopTimeoutMs);
      // Waiting for it, the host must not end before it does.
      worker.ref();
      await ended;
      clearTimeout(timer);
    },
  };
}

function listenPlace(given: ListenOn | undefined): { listen: ListenOn; prepare(): void; dispose(): void } {
  if (given) {
    if ('socketPath' in given) requireUsablePath(given.socketPath);
    else if (given.host !== '127.0.0.1' && given.host !== 'localhost')
      throw new EmbeddedMongoError(
        'ADDRESS_NOT_LOOPBACK',
        `the store has no passwords and listens on loopback only, not on ${given.host}`,
      );
    return { listen: given, prepare: () => {}, dispose: () => {} };
  }
  const directory = join(
    isUsable(tmpdir()) ? tmpdir() : '/tmp',
    `graph-store-${randomBytes(8).toString('hex')}`,
  );
  return {
    listen: { socketPath: join(directory, 'mongo.sock') },
    prepare: () => void mkdirSync(directory, { mode: 0o700 }),
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Room for the names that follow; and drivers turn the addresses a server tells them into lower case. */
const isUsable = (base: string): boolean => Buffer.byteLength(base) < 60 && base === base.toLowerCase();

function requireUsablePath(path: string): void {
  if (Buffer.byteLength(path) > maxSocketPathBytes || path !== path.toLowerCase() || !isAbsolute(path))
    throw new EmbeddedMongoError(
      'SOCKET_PATH_UNUSABLE',
      `a socket path must be absolute, in lower case and at most ${maxSocketPathBytes} bytes: ${path}`,
    );
}

function ready(worker: Worker, ended: Promise<void>, failure: () => Error | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void =>
      reject(new EmbeddedMongoError('START_FAILED', `the store did not start: ${reason}`));
    const timer = setTimeout(() => fail(`not ready after ${startTimeoutMs} ms`), startTimeoutMs);
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind !== 'ready' && message.kind !== 'failed') return;
      clearTimeout(timer);
      if (message.kind === 'ready') resolve(message.address);
      else fail(message.message);
    });
    void ended.then(() => {
      clearTimeout(timer);
      fail(failure()?.message ?? 'its thread ended');
    });
  });
}

function uriOf(address: string): string {
  const host = address.startsWith('/') ? encodeURIComponent(address) : address;
  return `mongodb://${host}/?replicaSet=rs0`;
}
