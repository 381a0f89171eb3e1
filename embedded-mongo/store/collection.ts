import type { UUID } from 'bson';
import type { Doc } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import type { OrderedIndex } from './ordered-index.ts';
import type { ReadBack, StoredDocument } from './stored-document.ts';
import { StoredRecord } from './stored-record.ts';

/** A collection: its records by number and key, and its indexes over their newest versions. */
export class Collection {
  readonly id: number;
  readonly uuid: UUID;
  database: string;
  name: string;
  options: Doc;
  /** Reads one of its documents from disk. */
  readonly readBack: ReadBack;
  dropped = false;
  /** What the documents in their newest committed state take, encoded. */
  bytes = 0;
  /** The journal's mark after the last write to this collection: what is read from it is on disk once that is. */
  writtenMark = 0;
  readonly indexes = new Map<string, OrderedIndex>();
  readonly records = new Map<number, StoredRecord>();
  readonly recordsByKey = new Map<string, StoredRecord>();
  /** Records of which more than one version is kept, because a snapshot is open. */
  readonly versioned = new Set<StoredRecord>();

  constructor(
    id: number,
    uuid: UUID,
    { database, name, options }: { database: string; name: string; options: Doc },
    readBack: ReadBack,
  ) {
    this.id = id;
    this.uuid = uuid;
    this.database = database;
    this.name = name;
    this.options = options;
    this.readBack = readBack;
  }

  get namespace(): string {
    return `${this.database}.${this.name}`;
  }

  /** The number of documents in their newest committed state. */
  get count(): number {
    return this.indexes.get('_id_')?.entries.size ?? 0;
  }

  /** The limits of a capped collection, of which the oldest documents make room for new ones; undefined for others. */
  get capped(): { bytes: number; documents: number } | undefined {
    const { capped, size, max } = this.options;
    if (!asFlag(capped)) return undefined;
    return { bytes: asNumber(size, 0), documents: asNumber(max, 0) || Number.POSITIVE_INFINITY };
  }

  /** The oldest documents of a capped collection, of which there are too many once `added` has come. */
  *excess(added: StoredDocument): Generator<StoredDocument> {
    const limit = this.capped;
    if (!limit) return;
    let bytes = this.bytes + added.size - limit.bytes;
    let documents = this.count + 1 - limit.documents;
    for (const record of this.records.values()) {
      if (bytes <= 0 && documents <= 0) return;
      const oldest = record.newest;
      if (!oldest) continue;
      bytes -= oldest.size;
      documents--;
      yield oldest;
    }
  }

  newest(idKey: string): StoredDocument | undefined {
    return this.recordsByKey.get(idKey)?.newest;
  }

  /** Adds a record that is on disk; its index entries are added by the loader. */
  restore(id: number, stored: StoredDocument): void {
    this.#remember(new StoredRecord(id, stored.idKey, 0, stored));
    this.bytes += stored.size;
  }

  /** Makes a version the newest. Older ones stay for as long as `keepOlder` says that a snapshot needs them. */
  apply(
    idKey: string,
    stored: StoredDocument | undefined,
    sequence: number,
    keepOlder: boolean,
    newId: () => number,
  ): StoredRecord {
    const known = this.recordsByKey.get(idKey);
    const before = known?.newest;
    const record = known ?? new StoredRecord(newId(), idKey, sequence, undefined);
    if (!known) this.#remember(record);
    this.bytes += (stored?.size ?? 0) - (before?.size ?? 0);
    for (const index of this.indexes.values()) {
      if (before && stored) index.replace(before.document, stored.document, record);
      else if (before) index.remove(before.document, record);
      else if (stored) index.add(stored.document, record);
    }
    // A snapshot from before a new document sees none, so there is an older version either way.
    record.put(stored, sequence, keepOlder);
    if (record.hasOlder) this.versioned.add(record);
    else if (!stored) this.#forget(record);
    return record;
  }

  /** Drops the versions that no snapshot at or after `oldestSnapshot` can see. */
  prune(record: StoredRecord, oldestSnapshot: number): void {
    record.prune(oldestSnapshot);
    if (record.hasOlder) return;
    this.versioned.delete(record);
    if (!record.newest) this.#forget(record);
  }

  #remember(record: StoredRecord): void {
    this.records.set(record.id, record);
    this.recordsByKey.set(record.idKey, record);
  }

  #forget(record: StoredRecord): void {
    if (this.recordsByKey.get(record.idKey) === record) this.recordsByKey.delete(record.idKey);
    this.records.delete(record.id);
  }
}
