import { type Database, open, type RootDatabase } from 'lmdb';

export type StorageTable = 'documents' | 'catalogue' | 'oplog' | 'sessions' | 'meta';
export type StorageEntry = { key: Buffer; value: Buffer };

/** The files of a store: five tables of bytes, and one way to change them, a batch that becomes durable as a whole. */
export type Storage = {
  get(table: StorageTable, key: Buffer): Buffer | undefined;
  entries(table: StorageTable, from?: Buffer, to?: Buffer): Iterable<StorageEntry>;
  /** The last entry before a key, if there is one. */
  lastBefore(table: StorageTable, key: Buffer): Iterable<StorageEntry>;
  /** Resolves when the changes are on disk. All of them are in one LMDB transaction: all survive a crash, or none. */
  write(changes: readonly StorageChange[]): Promise<void>;
  close(): Promise<void>;
};
export type StorageChange = { table: StorageTable; key: Buffer; value: Uint8Array | undefined };

const mapSizeBytes = 16 * 2 ** 30; // address space to begin with, not disk; it grows with the data

export function openStorage(directory: string): Storage {
  const root: RootDatabase<Buffer, Buffer> = open({
    path: directory,
    maxDbs: 8,
    mapSize: mapSizeBytes,
    encoding: 'binary',
    keyEncoding: 'binary',
    // A commit is then reported when it is on disk, not before.
    overlappingSync: false,
  });
  const openTable = (name: string): Database<Buffer, Buffer> =>
    root.openDB(name, { encoding: 'binary', keyEncoding: 'binary' });
  const tables: Record<StorageTable, Database<Buffer, Buffer>> = {
    documents: openTable('documents'),
    catalogue: openTable('catalogue'),
    oplog: openTable('oplog'),
    sessions: openTable('sessions'),
    meta: openTable('meta'),
  };
  return {
    get: (table, key) => tables[table].get(key),
    entries: (table, from, to) =>
      tables[table].getRange({ ...(from ? { start: from } : {}), ...(to ? { end: to } : {}) }),
    lastBefore: (table, key) => tables[table].getRange({ start: key, reverse: true, limit: 1 }),
    async write(changes) {
      await root.batch(() => {
        for (const { table, key, value } of changes) {
          // The batch's own promise stands for all of them.
          if (value)
            void tables[table].put(
              key,
              Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength),
            );
          else void tables[table].remove(key);
        }
      });
    },
    close: () => root.close(),
  };
}

/** The key of a document: collection and record number, so that a collection is one range. */
export function documentKey(collectionId: number, recordId: number): Buffer {
  const key = Buffer.allocUnsafe(12);
  key.writeUInt32BE(collectionId, 0);
  key.writeBigUInt64BE(BigInt(recordId), 4);
  return key;
}
export const recordIdOf = (key: Buffer): number => Number(key.readBigUInt64BE(4));

export function catalogueKey(collectionId: number): Buffer {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(collectionId, 0);
  return key;
}
