import mongoose, { type ClientSession, type Connection } from 'mongoose';
import type { Logger } from '../telemetry/logger.ts';
import { wakeWritersOfClosedConnections } from './closed-connections.ts';

/** The database shared by all rooms: operations, events, inbox, quarantine. */
export const INTEGRATION_DATABASE = 'integration';

export interface Store {
  /** The database of one subgraph, or `integration`. One pool of connections serves them all. */
  database(name: string): Connection;
  /**
   * Runs `work` in one snapshot transaction across any of the databases and commits it with majority. `work` may run again from
   * its start when another transaction got in the way, so it must do nothing but read and write with the session it is given.
   */
  transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T>;
  /** Rejects when the store does not answer within `timeoutMs`. */
  ping(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

/** The connection pool: enough for the resolvers and the change streams of six subgraphs in one process. */
const MAX_POOL_SIZE = 100;
const SERVER_SELECTION_TIMEOUT_MS = 10_000;
/**
 * The server is asked this often whether it is there, and when it does not answer in time every connection is given up: a way that was
 * lost silently is noticed within 15 s, not within the driver's 40.
 */
const HEARTBEAT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** Connects mongoose. Throws when the server cannot be reached or is no replica set (transactions and change streams need one). */
export async function connectStore(options: {
  uri: string;
  logger: Logger;
  databasePrefix?: string;
}): Promise<Store> {
  wakeWritersOfClosedConnections();
  const prefix = options.databasePrefix ?? '';
  const connection = mongoose.createConnection(options.uri, {
    maxPoolSize: MAX_POOL_SIZE,
    serverSelectionTimeoutMS: SERVER_SELECTION_TIMEOUT_MS,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    retryWrites: true,
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
    autoIndex: false,
    autoCreate: false,
  });
  connection.on('error', (error: Error) => options.logger.error({ err: error }, 'store connection failed'));
  await connection.asPromise();
  const hello = await connection.db?.admin().command({ hello: 1 });
  if (hello?.['setName'] === undefined && hello?.['msg'] !== 'isdbgrid') {
    await connection.close();
    throw new Error(
      'the store at MONGODB_URI is a standalone server; transactions and change streams need a replica set (start mongod with --replSet)',
    );
  }

  return {
    database: (name) => connection.useDb(`${prefix}${name}`, { useCache: true }),
    async transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
      const session = await connection.startSession();
      try {
        return await session.withTransaction(() => work(session), {
          readConcern: { level: 'snapshot' },
          writeConcern: { w: 'majority' },
          readPreference: 'primary',
        });
      } finally {
        await session.endSession();
      }
    },
    async ping(timeoutMs) {
      await connection.db?.command({ ping: 1 }, { timeoutMS: timeoutMs });
    },
    close: () => connection.close(),
  };
}

/** Whether a write failed because a unique index already holds the value. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}

/** Creates the collections and indexes of these models; call it once, before the first transaction touches them. */
export async function prepareModels(
  models: readonly { createCollection(): Promise<unknown>; createIndexes(): Promise<unknown> }[],
): Promise<void> {
  for (const model of models) {
    await model.createCollection();
    await model.createIndexes();
  }
}
