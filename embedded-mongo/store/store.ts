import { UUID } from 'bson';
import { createOplog, type Oplog } from '../changes/oplog.ts';
import type { Change, Operation } from '../changes/oplog-entry.ts';
import { CommandError, fail, writeConflict } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import type { MatchContext } from '../query/matcher.ts';
import { collationFrom } from '../values/collation.ts';
import { bytesOf } from '../values/compare.ts';
import { decode, encode } from '../values/documents.ts';
import { indexKey } from '../values/index-key.ts';
import { type Doc, isArray, isBinary, isDocument } from '../values/kinds.ts';
import { Collection } from './collection.ts';
import { createJournal, type Journal, type Mark } from './journal.ts';
import { splitNamespace, validNamespace } from './namespace.ts';
import { type IndexSpec, OrderedIndex } from './ordered-index.ts';
import { catalogueKey, documentKey, openStorage, recordIdOf, type Storage } from './storage.ts';
import { type ReadBack, StoredDocument } from './stored-document.ts';
import type { StoredRecord } from './stored-record.ts';
import { MustWait, openTransaction, type Transaction } from './transaction.ts';

export type StoreOptions = {
  directory: string;
  oplogMaxBytes: number;
  nowMs: () => number;
  /** Compiles expressions in partial index filters. */
  match: MatchContext;
  /** Called when a write to disk failed: what is in memory can no longer be trusted. */
  onFailure: (error: unknown) => void;
};

/** One document's new state within a commit; no document means it is deleted. */
export type DocumentWrite = { collection: Collection; idKey: string; stored: StoredDocument | undefined };

/** The databases: collections with their keys in memory, every commit written through to disk. */
export class Store {
  readonly oplog: Oplog;
  readonly journal: Journal;
  readonly nowMs: () => number;
  readonly match: MatchContext;
  /** Documents and unique keys claimed by open transactions. */
  readonly claims = new Map<string, Transaction>();
  readonly #storage: Storage;
  readonly #collections = new Map<string, Collection>();
  readonly #unloaded = new Set<Collection>();
  /** Open snapshots, oldest first, with the number of transactions reading each. */
  readonly #snapshots = new Map<number, number>();
  #superseded: { record: StoredRecord; collection: Collection; sequence: number }[] = [];
  /** Versions on their way to the disk, in the order they were noted. */
  #unsettled: { stored: StoredDocument; readBack: ReadBack; id: number; mark: Mark }[] = [];
  #sequence = 0;
  #lastRecordId = 0;
  #lastCollectionId = 0;

  constructor(options: StoreOptions) {
    this.nowMs = options.nowMs;
    this.match = options.match;
    this.#storage = openStorage(options.directory);
    this.journal = createJournal(this.#storage, options.onFailure);
    this.oplog = createOplog({
      storage: this.#storage,
      journal: this.journal,
      maxBytes: options.oplogMaxBytes,
      nowMs: options.nowMs,
    });
    this.journal.onDurable(() => this.#settle());
    this.#readCatalogue();
  }

  get namespaces(): Iterable<Collection> {
    return this.#collections.values();
  }

  /** The collection of this name, read from disk on first use; within a transaction also one made by it. */
  collection(namespace: string, transaction?: Transaction): Collection | undefined {
    const collection = this.#collections.get(namespace) ?? transaction?.created.get(namespace);
    if (collection && this.#unloaded.has(collection)) this.#load(collection);
    return collection;
  }

  /** The options of the collection of this name, without reading its documents. */
  options(namespace: string, transaction?: Transaction): Doc | undefined {
    return (this.#collections.get(namespace) ?? transaction?.created.get(namespace))?.options;
  }

  /** Loads one collection that nobody has asked for yet; false when there is none left. */
  loadNext(): boolean {
    const [collection] = this.#unloaded;
    if (!collection) return false;
    this.#load(collection);
    return true;
  }

  /** Makes a collection; within a transaction, one that is there for others only once that commits. */
  create(namespace: string, options: Doc = {}, transaction?: Transaction): Collection {
    validNamespace(namespace);
    const claim = `namespace ${namespace}`;
    const holder = this.claims.get(claim);
    if (holder && holder !== transaction) throw transaction ? writeConflict() : new MustWait(holder);
    const { database, name } = splitNamespace(namespace);
    const collection = this.#newCollection(++this.#lastCollectionId, new UUID(), { database, name, options });
    const idIndex = { v: 2, key: { _id: 1 }, name: '_id_' };
    collection.indexes.set('_id_', this.compileIndex(idIndex));
    if (transaction) {
      transaction.created.set(namespace, collection);
      transaction.claims.add(claim);
      this.claims.set(claim, transaction);
    } else {
      this.#collections.set(namespace, collection);
      this.saveCatalogue(collection);
    }
    this.logStructure('create', collection, { idIndex }, transaction);
    return collection;
  }

  /** Makes the collections of a transaction that commits everybody's. */
  adopt(transaction: Transaction): void {
    for (const [namespace, collection] of transaction.created) {
      this.#collections.set(namespace, collection);
      this.saveCatalogue(collection);
    }
    transaction.created.clear();
  }

  drop(collection: Collection): void {
    if (this.#unloaded.delete(collection)) {
      const [from, to] = [catalogueKey(collection.id), catalogueKey(collection.id + 1)];
      for (const { key } of this.#storage.entries('documents', from, to))
        this.journal.note('documents', Buffer.from(key), undefined);
    }
    for (const record of collection.records.values())
      this.journal.note('documents', documentKey(collection.id, record.id), undefined);
    this.journal.note('catalogue', catalogueKey(collection.id), undefined);
    this.#collections.delete(collection.namespace);
    collection.dropped = true;
    this.logStructure('drop', collection);
  }

  /** Gives a collection another name; `replaced` is the one that had the name and was dropped for it. */
  rename(collection: Collection, to: string, replaced?: Collection): void {
    validNamespace(to);
    if (this.claims.has(`namespace ${to}`)) throw writeConflict();
    const target = splitNamespace(to);
    this.#collections.delete(collection.namespace);
    this.logStructure('rename', collection, {
      to: { db: target.database, coll: target.name },
      ...(replaced ? { dropTarget: replaced.uuid } : {}),
    });
    collection.database = target.database;
    collection.name = target.name;
    this.#collections.set(to, collection);
    this.saveCatalogue(collection);
  }

  saveCatalogue(collection: Collection): void {
    const indexes = [...collection.indexes.values()].map(({ spec }) => spec);
    const { database, name, uuid, options } = collection;
    this.journal.note(
      'catalogue',
      catalogueKey(collection.id),
      encode({ database, name, uuid, options, indexes }),
    );
  }

  /** Logs a change of structure; one made in a transaction is logged with its commit. */
  logStructure(
    operation: Operation,
    { database, name, uuid }: Collection,
    description?: Doc,
    transaction?: Transaction,
  ): void {
    const change = { operation, database, collection: name, uuid, ...(description ? { description } : {}) };
    if (transaction) transaction.changes.push(change);
    else this.log([change]);
  }

  log(changes: Change[]): void {
    this.oplog.append(this.oplog.nextTime(), changes);
  }

  compileIndex(spec: IndexSpec): OrderedIndex {
    const collation = collationFrom(spec.collation);
    const partial = isDocument(spec.partialFilterExpression)
      ? compileFilter(spec.partialFilterExpression, { ...this.match, collation })
      : undefined;
    return new OrderedIndex(spec, partial, collation);
  }

  /** Adds an index over the documents there are. Fails with DuplicateKey when a unique one would not hold. */
  buildIndex(collection: Collection, spec: IndexSpec): OrderedIndex {
    const index = this.compileIndex(spec);
    const entries: { key: string; id: number }[] = [];
    const taken = new Set<string>();
    for (const record of collection.records.values()) {
      const stored = record.newest;
      if (!stored) continue;
      for (const key of index.keysOf(stored.document)) {
        if (index.unique && taken.has(key)) throw index.duplicate(collection.namespace, stored.document);
        if (index.unique) taken.add(key);
        entries.push({ key, id: record.id });
      }
    }
    index.entries.fill(entries);
    collection.indexes.set(spec.name, index);
    return index;
  }

  /** Makes writes visible and notes them for the disk, with their entries in the log, as one whole. */
  commit(writes: Iterable<DocumentWrite>, changes: Change[]): void {
    const sequence = ++this.#sequence;
    const keepOlder = this.#snapshots.size > 0;
    const written = new Set<Collection>();
    for (const { collection, idKey, stored } of writes) {
      written.add(collection);
      if (collection.dropped)
        fail('NamespaceNotFound', `collection ${collection.namespace} was dropped meanwhile`);
      const record = collection.apply(idKey, stored, sequence, keepOlder, () => ++this.#lastRecordId);
      if (keepOlder) this.#superseded.push({ record, collection, sequence });
      this.journal.note('documents', documentKey(collection.id, record.id), stored?.bytes);
      if (stored)
        this.#unsettled.push({
          stored,
          readBack: collection.readBack,
          id: record.id,
          mark: this.journal.mark(),
        });
    }
    this.log(changes);
    const mark = this.journal.mark();
    for (const collection of written) collection.writtenMark = mark;
  }

  begin(): Transaction {
    const snapshot = this.#sequence;
    this.#snapshots.set(snapshot, (this.#snapshots.get(snapshot) ?? 0) + 1);
    return openTransaction(snapshot, this.nowMs());
  }

  /** Releases what a transaction holds. Its writes are gone unless they were committed before. */
  end(transaction: Transaction): void {
    if (transaction.state === 'ended') return;
    transaction.state = 'ended';
    for (const claim of transaction.claims) this.claims.delete(claim);
    transaction.writes.clear();
    for (const collection of transaction.created.values()) collection.dropped = true;
    transaction.created.clear();
    const readers = (this.#snapshots.get(transaction.snapshot) ?? 1) - 1;
    if (readers > 0) this.#snapshots.set(transaction.snapshot, readers);
    else {
      this.#snapshots.delete(transaction.snapshot);
      this.#prune();
    }
    transaction.end();
  }

  session(id: Buffer): Doc | undefined {
    const bytes = this.#storage.get('sessions', id);
    return bytes && decode(bytes);
  }

  savedSessions(): Iterable<{ key: Buffer; value: Buffer }> {
    return this.#storage.entries('sessions');
  }

  async close(): Promise<void> {
    await this.journal.durable();
    await this.#storage.close();
  }

  #settle(): void {
    let done = 0;
    for (const { stored, readBack, id, mark } of this.#unsettled) {
      if (!this.journal.reached(mark)) break;
      stored.settle(readBack, id);
      done++;
    }
    this.#unsettled = this.#unsettled.slice(done);
  }

  #prune(): void {
    const [oldest = Number.POSITIVE_INFINITY] = this.#snapshots.keys();
    let done = 0;
    for (const { record, collection, sequence } of this.#superseded) {
      if (sequence > oldest) break;
      collection.prune(record, oldest);
      done++;
    }
    if (done > 0) this.#superseded = this.#superseded.slice(done);
  }

  #readCatalogue(): void {
    for (const { key, value } of this.#storage.entries('catalogue')) {
      const { database, name, uuid, options, indexes } = decode(value);
      const id = key.readUInt32BE(0);
      this.#lastCollectionId = Math.max(this.#lastCollectionId, id);
      if (!isBinary(uuid) || !isArray(indexes))
        throw new CommandError('InternalError', 'the catalogue is damaged');
      const collection = this.#newCollection(id, new UUID(bytesOf(uuid)), {
        database: String(database),
        name: String(name),
        options: isDocument(options) ? options : {},
      });
      // Written by saveCatalogue, so the shape is that of an index.
      for (const spec of indexes as IndexSpec[]) collection.indexes.set(spec.name, this.compileIndex(spec));
      this.#collections.set(collection.namespace, collection);
      this.#unloaded.add(collection);
      this.#lastRecordId = Math.max(this.#lastRecordId, this.#lastRecordOf(id));
    }
  }

  #newCollection(
    id: number,
    uuid: UUID,
    named: { database: string; name: string; options: Doc },
  ): Collection {
    const readBack: ReadBack = (recordId) => this.#storage.get('documents', documentKey(id, recordId));
    return new Collection(id, uuid, named, readBack);
  }

  #lastRecordOf(collectionId: number): number {
    const end = catalogueKey(collectionId + 1);
    for (const { key } of this.#storage.lastBefore('documents', end))
      return key.readUInt32BE(0) === collectionId ? recordIdOf(key) : 0;
    return 0;
  }

  #load(collection: Collection): void {
    this.#unloaded.delete(collection);
    const indexes = [...collection.indexes.values()].map((index) => ({
      index,
      entries: [] as { key: string; id: number }[],
    }));
    const range = this.#storage.entries(
      'documents',
      catalogueKey(collection.id),
      catalogueKey(collection.id + 1),
    );
    for (const { key, value } of range) {
      const document = decode(value);
      const id = recordIdOf(key);
      const idKey = indexKey(document._id);
      collection.restore(id, StoredDocument.onDisk(idKey, value.length, collection.readBack, id));
      for (const { index, entries } of indexes)
        for (const entry of index.keysOf(document, idKey)) entries.push({ key: entry, id });
    }
    for (const { index, entries } of indexes) index.entries.fill(entries);
  }
}
