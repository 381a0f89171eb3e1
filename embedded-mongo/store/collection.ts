import type { UUID } from 'bson';
import type { Doc } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import type { OrderedIndex } from './ordered-index.ts';
import type { StoredDocument } from './stored-document.ts';

/** A committed state of a record; no document means that it was deleted. */
export type Version = { sequence: number; stored: StoredDocument | undefined };

/** All versions of one document that a reader may still see, oldest first. */
export type StoredRecord = { id: number; idKey: string; versions: Version[] };

/** A collection in memory: its records, and its indexes over their newest versions. */
export class Collection {
  readonly id: number;
  readonly uuid: UUID;
  database: string;
  name: string;
  options: Doc;
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

  constructor(id: number, uuid: UUID, database: string, name: string, options: Doc) {
    this.id = id;
    this.uuid = uuid;
    this.database = database;
    this.name = name;
    this.options = options;
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
    let bytes = this.bytes + added.bytes.length - limit.bytes;
    let documents = this.count + 1 - limit.documents;
    for (const record of this.records.values()) {
      if (bytes <= 0 && documents <= 0) return;
      const oldest = record.versions.at(-1)?.stored;
      if (!oldest) continue;
      bytes -= oldest.bytes.length;
      documents--;
      yield oldest;
    }
  }

  newest(idKey: string): StoredDocument | undefined {
    return this.recordsByKey.get(idKey)?.versions.at(-1)?.stored;
  }

  /** Adds a record that was on disk; its index entries are added by the loader. */
  restore(id: number, stored: StoredDocument): StoredRecord {
    const record: StoredRecord = { id, idKey: stored.idKey, versions: [{ sequence: 0, stored }] };
    this.records.set(id, record);
    this.recordsByKey.set(stored.idKey, record);
    this.bytes += stored.bytes.length;
    return record;
  }

  /** Makes a version the newest. Older ones stay for as long as `keepOlder` says that a snapshot needs them. */
  apply(
    idKey: string,
    stored: StoredDocument | undefined,
    sequence: number,
    keepOlder: boolean,
    newId: () => number,
  ) {
    let record = this.recordsByKey.get(idKey);
    if (!record) {
      record = { id: newId(), idKey, versions: [] };
      this.records.set(record.id, record);
      this.recordsByKey.set(idKey, record);
    }
    const before = record.versions.at(-1)?.stored;
    this.bytes += (stored?.bytes.length ?? 0) - (before?.bytes.length ?? 0);
    for (const index of this.indexes.values()) {
      if (before && stored) index.replace(before.document, stored.document, record.id);
      else if (before) index.remove(before.document, record.id);
      else if (stored) index.add(stored.document, record.id);
    }
    if (keepOlder) {
      record.versions.push({ sequence, stored });
      this.versioned.add(record);
    } else {
      record.versions = [{ sequence, stored }];
      if (!stored) this.#forget(record);
    }
    return record;
  }

  /** Drops the versions that no snapshot at or after `oldestSnapshot` can see. */
  prune(record: StoredRecord, oldestSnapshot: number): void {
    let firstNeeded = record.versions.length - 1;
    while (firstNeeded > 0 && (record.versions[firstNeeded]?.sequence ?? 0) > oldestSnapshot) firstNeeded--;
    if (firstNeeded > 0) record.versions.splice(0, firstNeeded);
    if (record.versions.length > 1) return;
    this.versioned.delete(record);
    if (!record.versions[0]?.stored) this.#forget(record);
  }

  #forget(record: StoredRecord): void {
    if (this.recordsByKey.get(record.idKey) === record) this.recordsByKey.delete(record.idKey);
    this.records.delete(record.id);
  }
}

/** The version a snapshot sees; without one, the newest. */
export function visible(
  record: StoredRecord | undefined,
  snapshot: number | undefined,
): StoredDocument | undefined {
  if (!record) return undefined;
  if (snapshot === undefined) return record.versions.at(-1)?.stored;
  for (let at = record.versions.length - 1; at >= 0; at--) {
    const version = record.versions[at];
    if (version && version.sequence <= snapshot) return version.stored;
  }
  return undefined;
}
