import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';

/** The stand-in systems' own books, on disk and apart from everything of ours. */
export interface Storage {
  /** Running numbers, by name. */
  readonly counters: Database<number, string>;
  /** Master data as it stands: [feed, key]. */
  readonly records: Database<unknown, [string, string]>;
  /** What changed, in order: [feed, sequence]. */
  readonly changes: Database<StoredChange, [string, number]>;
  /** Documents: [system, kind, sequence]. */
  readonly documents: Database<unknown, [string, string, number]>;
  /** Where to find documents: [system, kind, name, sequence]. */
  readonly documentIndex: Database<number, [string, string, string, number]>;
  /** Base units on hand by the ERP's book: [location, sku]. */
  readonly stock: Database<string, [string, string]>;
  /** Answers kept by idempotency key. */
  readonly answers: Database<unknown, string>;
  /**
   * Runs `work` alone, against what all before it wrote, and answers once its writes are committed: an answer that was given
   * survives a killed process. `work` must decide before it writes: what was written before a throw stays.
   */
  transact<T>(work: () => T): Promise<T>;
  /** Calls `listener` after each commit. Answers how to stop. */
  onCommit(listener: () => void): () => void;
  /** The next running number of `name`, from 1. Inside `transact` only. */
  next(name: string): number;
  close(): Promise<void>;
}

export interface StoredChange {
  eventId: string;
  occurredAt: string;
  record: unknown;
}

export function openStorage(directory: string): Storage {
  mkdirSync(directory, { recursive: true });
  const root: RootDatabase = open({
    path: join(directory, 'systems.lmdb'),
    noSubdir: true,
    maxDbs: 16,
    encoding: 'json',
  });
  const counters = root.openDB<number, string>({ name: 'counters' });
  const listeners = new Set<() => void>();
  return {
    counters,
    records: root.openDB({ name: 'records' }),
    changes: root.openDB({ name: 'changes' }),
    documents: root.openDB({ name: 'documents' }),
    documentIndex: root.openDB({ name: 'documentIndex' }),
    stock: root.openDB({ name: 'stock' }),
    answers: root.openDB({ name: 'answers' }),
    // Callbacks that wait at the same time share one commit, which is what makes hundreds of documents a second possible.
    async transact(work) {
      const result = await root.transaction(work);
      for (const listener of listeners) listener();
      return result;
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    next(name) {
      const value = (counters.get(name) ?? 0) + 1;
      counters.put(name, value);
      return value;
    },
    close: () => root.close(),
  };
}
