import type { Change, Operation } from '../changes/oplog-entry.ts';
import { CommandError, fail, writeConflict } from '../errors.ts';
import { describeUpdate } from '../update/difference.ts';
import { encode, maxDocumentBytes } from '../values/documents.ts';
import { indexKey } from '../values/index-key.ts';
import { type Doc, isDocument } from '../values/kinds.ts';
import { asFlag } from '../values/numbers.ts';
import type { Collection } from './collection.ts';
import type { OrderedIndex } from './ordered-index.ts';
import type { KeyRange } from './sorted-entries.ts';
import type { DocumentWrite, Store } from './store.ts';
import { StoredDocument } from './stored-document.ts';
import { MustWait, type Transaction } from './transaction.ts';

const maxTransactionBytes = 256 * 1024 * 1024;

/**
 * What one command sees and writes. Without a transaction: the newest state, and every write is a commit of its own.
 * Within one: its snapshot with its own writes on top, kept until the commit.
 */
export class View {
  readonly transaction: Transaction | undefined;
  /** The journal's mark that must be on disk for all that was read to be on disk. */
  readMark = 0;
  readonly #store: Store;

  constructor(store: Store, transaction?: Transaction) {
    this.#store = store;
    this.transaction = transaction;
  }

  /** Called before a collection's state is used. */
  reads(collection: Collection): void {
    if (collection.writtenMark > this.readMark) this.readMark = collection.writtenMark;
  }

  get(collection: Collection, idKey: string): StoredDocument | undefined {
    this.reads(collection);
    const written = this.transaction?.writes.get(collection)?.get(idKey);
    if (written !== undefined) return written ?? undefined;
    return collection.recordsByKey.get(idKey)?.visible(this.transaction?.snapshot);
  }

  *scan(collection: Collection): Generator<StoredDocument> {
    this.reads(collection);
    const written = this.transaction?.writes.get(collection);
    for (const record of collection.records.values()) {
      if (written?.has(record.idKey)) continue;
      const stored = record.visible(this.transaction?.snapshot);
      if (stored) yield stored;
    }
    if (written) for (const stored of written.values()) if (stored) yield stored;
  }

  /** True when the index tells everything this view sees, so that its order may be relied on. */
  indexIsExact(collection: Collection): boolean {
    if (!this.transaction) return true;
    return collection.versioned.size === 0 && !this.transaction.writes.get(collection)?.size;
  }

  /**
   * Documents that may lie within the ranges of an index: all that do, and perhaps some that do not, so the caller
   * still has to apply its filter. In index order if `indexIsExact`; each document once.
   */
  *lookup(
    collection: Collection,
    index: OrderedIndex,
    ranges: KeyRange[],
    reverse: boolean,
  ): Generator<StoredDocument> {
    this.reads(collection);
    const exact = this.indexIsExact(collection);
    const seen = index.multikey || ranges.length > 1 || !exact ? new Set<string>() : undefined;
    const written = this.transaction?.writes.get(collection);
    const snapshot = this.transaction?.snapshot;
    for (const range of ranges) {
      for (const id of index.entries.range(range, reverse)) {
        const record = collection.records.get(id);
        if (!record || seen?.has(record.idKey) || written?.has(record.idKey)) continue;
        seen?.add(record.idKey);
        const stored = record.visible(snapshot);
        if (stored) yield stored;
      }
    }
    if (exact) return;
    // Documents changed since the snapshot are indexed as they are now, not as they were.
    for (const record of collection.versioned) {
      if (seen?.has(record.idKey) || written?.has(record.idKey)) continue;
      const stored = record.visible(snapshot);
      if (stored) yield stored;
    }
    if (written) for (const stored of written.values()) if (stored) yield stored;
  }

  insert(collection: Collection, document: Doc): StoredDocument {
    const idKey = indexKey(document._id);
    // A document that a snapshot cannot see yet must lead to a conflict, not to a second one.
    if (this.get(collection, idKey)) {
      const index = collection.indexes.get('_id_');
      throw (
        index?.duplicate(collection.namespace, document) ??
        new CommandError('DuplicateKey', 'E11000 duplicate key')
      );
    }
    return this.#write(collection, idKey, undefined, document, 'insert');
  }

  update(
    collection: Collection,
    old: StoredDocument,
    document: Doc,
    operation: 'update' | 'replace',
  ): StoredDocument {
    return this.#write(collection, old.idKey, old, document, operation);
  }

  delete(collection: Collection, old: StoredDocument): void {
    this.#claimDocument(collection, old.idKey);
    const change: Change = { ...this.#change(collection, 'delete'), id: old.document._id };
    if (keepsImages(collection)) change.before = old.bytes;
    this.#put(collection, old.idKey, undefined, change);
  }

  /**
   * Writes several documents of one statement. Waits, if it must, before the first is written: a statement that is
   * tried again after waiting would otherwise change some of them twice.
   */
  eachWhole<T extends { stored: StoredDocument }>(
    collection: Collection,
    found: T[],
    write: (one: T) => void,
  ): void {
    if (!this.transaction && this.#store.claims.size > 0 && found.length > 1)
      for (const { stored } of found) this.#claim(`${collection.id}/${stored.idKey}`);
    for (const [at, one] of found.entries()) {
      try {
        write(one);
      } catch (error) {
        // A unique value is claimed: too late to wait, so the client is told to try again.
        if (error instanceof MustWait && at > 0) throw writeConflict();
        throw error;
      }
    }
  }

  #write(
    collection: Collection,
    idKey: string,
    old: StoredDocument | undefined,
    document: Doc,
    operation: 'insert' | 'update' | 'replace',
  ): StoredDocument {
    const bytes = encode(document);
    if (bytes.length > maxDocumentBytes)
      fail(
        'BSONObjectTooLarge',
        `a document is ${bytes.length} bytes, more than the limit of ${maxDocumentBytes}`,
      );
    this.#claimDocument(collection, idKey);
    this.#claimUniqueKeys(collection, idKey, old, document);
    const stored = StoredDocument.fresh(idKey, bytes, document);
    const change: Change = { ...this.#change(collection, operation), id: document._id };
    if (operation === 'update' && old) change.description = describeUpdate(old.document, document);
    else change.document = bytes;
    if (old && keepsImages(collection)) {
      change.before = old.bytes;
      change.after = bytes;
    }
    this.#put(collection, idKey, stored, change);
    return stored;
  }

  #change(collection: Collection, operation: Operation): Change {
    return { operation, database: collection.database, collection: collection.name, uuid: collection.uuid };
  }

  #put(collection: Collection, idKey: string, stored: StoredDocument | undefined, change: Change): void {
    const { transaction } = this;
    if (!transaction) {
      const writes: DocumentWrite[] = [{ collection, idKey, stored }];
      // What a capped collection lets go of is no change that anyone is told of.
      if (stored && change.operation === 'insert')
        for (const { idKey: oldest } of collection.excess(stored))
          writes.push({ collection, idKey: oldest, stored: undefined });
      this.#store.commit(writes, [change]);
      return;
    }
    if (collection.capped)
      fail(
        'OperationNotSupportedInTransaction',
        'Collection is capped: it cannot be written in a transaction',
      );
    transaction.bytes += stored?.size ?? 0;
    if (transaction.bytes > maxTransactionBytes)
      fail(257, `a transaction may write at most ${maxTransactionBytes} bytes`);
    let written = transaction.writes.get(collection);
    if (!written) {
      written = new Map();
      transaction.writes.set(collection, written);
    }
    written.set(idKey, stored ?? null);
    transaction.changes.push(change);
  }

  #claim(name: string): void {
    const { transaction } = this;
    const holder = this.#store.claims.get(name);
    if (holder && holder !== transaction) {
      if (!transaction) throw new MustWait(holder);
      throw writeConflict();
    }
    if (!transaction) return;
    this.#store.claims.set(name, transaction);
    transaction.claims.add(name);
  }

  #claimDocument(collection: Collection, idKey: string): void {
    this.#claim(`${collection.id}/${idKey}`);
    if (!this.transaction) return;
    const record = collection.recordsByKey.get(idKey);
    if (record && record.sequence > this.transaction.snapshot) throw writeConflict();
  }

  #claimUniqueKeys(
    collection: Collection,
    idKey: string,
    old: StoredDocument | undefined,
    document: Doc,
  ): void {
    for (const index of collection.indexes.values()) {
      if (index.spec.name === '_id_') continue;
      // Also for the sake of documents that this index cannot hold: they must fail here, not at the commit.
      const keys = index.keysOf(document);
      if (!index.unique) continue;
      const before = old ? index.keysOf(old.document) : [];
      for (const key of keys) {
        if (before.includes(key)) continue;
        this.#requireFree(collection, index, key, idKey, document);
        this.#claim(`${collection.id}/${index.spec.name}/${key}`);
      }
    }
  }

  #requireFree(collection: Collection, index: OrderedIndex, key: string, idKey: string, document: Doc): void {
    const { transaction } = this;
    const written = transaction?.writes.get(collection);
    for (const id of index.entries.exactly(key)) {
      const record = collection.records.get(id);
      if (!record || record.idKey === idKey || written?.has(record.idKey)) continue;
      // The snapshot cannot see who took the key: trying again with a newer one can.
      if (transaction && record.sequence > transaction.snapshot) throw writeConflict();
      if (record.newest) throw index.duplicate(collection.namespace, document);
    }
    for (const [otherKey, stored] of written ?? [])
      if (stored && otherKey !== idKey && index.keysOf(stored.document).includes(key))
        throw index.duplicate(collection.namespace, document);
  }
}

/** Commits a transaction's writes as one whole. Throws WriteConflict if a collection was dropped meanwhile. */
export function commitTransaction(
  store: Store,
  transaction: Transaction,
  lsid: unknown,
  txnNumber: unknown,
): void {
  const writes = [];
  for (const [collection, documents] of transaction.writes) {
    if (collection.dropped) throw writeConflict();
    for (const [idKey, stored] of documents) writes.push({ collection, idKey, stored: stored ?? undefined });
  }
  store.adopt(transaction);
  if (transaction.changes.length > 0)
    store.commit(
      writes,
      transaction.changes.map((change) => ({ ...change, transaction: { lsid, txnNumber } })),
    );
}

function keepsImages(collection: Collection): boolean {
  const option = collection.options.changeStreamPreAndPostImages;
  return isDocument(option) && asFlag(option.enabled);
}
