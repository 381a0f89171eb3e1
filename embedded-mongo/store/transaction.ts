import type { Change } from '../changes/oplog-entry.ts';
import type { Collection } from './collection.ts';
import type { StoredDocument } from './stored-document.ts';

/** An open multi-document transaction: the snapshot it reads, and what it has written so far. */
export type Transaction = {
  readonly snapshot: number;
  readonly startedMs: number;
  /** Written documents by collection and key; null where one was deleted. */
  readonly writes: Map<Collection, Map<string, StoredDocument | null>>;
  readonly changes: Change[];
  /** Collections made within, which nobody else sees before the commit. */
  readonly created: Map<string, Collection>;
  /** Names of documents and unique keys that no other writer may touch before this ends. */
  readonly claims: Set<string>;
  bytes: number;
  state: 'open' | 'ended';
  /** Resolves when the transaction commits or aborts: writers outside transactions wait for it. */
  readonly ended: Promise<void>;
  end: () => void;
};

/** Thrown inside when a write outside a transaction must wait for an open one; never leaves the server. */
export class MustWait extends Error {
  readonly transaction: Transaction;
  constructor(transaction: Transaction) {
    super('another transaction has written this document');
    this.transaction = transaction;
  }
}

export function openTransaction(snapshot: number, startedMs: number): Transaction {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    snapshot,
    startedMs,
    writes: new Map(),
    changes: [],
    created: new Map(),
    claims: new Set(),
    bytes: 0,
    state: 'open',
    ended: promise,
    end: resolve,
  };
}
