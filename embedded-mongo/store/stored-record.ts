import type { StoredDocument } from './stored-document.ts';

/** A committed state of a record; no document means that it was deleted. */
type Version = { sequence: number; stored: StoredDocument | undefined };

/** A document's place in its collection, with all its versions that a reader may still see. */
export class StoredRecord {
  readonly id: number;
  readonly idKey: string;
  /** Undefined when it was deleted and an open snapshot still sees an older version. */
  newest: StoredDocument | undefined;
  /** The commit the newest version came with. */
  sequence: number;
  /** Oldest first. Most records have none, so they have no list either. */
  #older: Version[] | undefined;

  constructor(id: number, idKey: string, sequence: number, stored: StoredDocument | undefined) {
    this.id = id;
    this.idKey = idKey;
    this.sequence = sequence;
    this.newest = stored;
  }

  get hasOlder(): boolean {
    return this.#older !== undefined;
  }

  /** Makes a version the newest. The one before stays only if `keepsOlder` says that a snapshot needs it. */
  put(stored: StoredDocument | undefined, sequence: number, keepsOlder: boolean): void {
    this.newest?.supersede();
    if (keepsOlder) {
      this.#older ??= [];
      this.#older.push({ sequence: this.sequence, stored: this.newest });
    } else this.#older = undefined;
    this.newest = stored;
    this.sequence = sequence;
  }

  /** The version a snapshot sees; without one, the newest. */
  visible(snapshot: number | undefined): StoredDocument | undefined {
    if (snapshot === undefined || this.sequence <= snapshot) return this.newest;
    return this.#older?.findLast(({ sequence }) => sequence <= snapshot)?.stored;
  }

  /** Drops the versions that no snapshot at or after `oldestSnapshot` can see. */
  prune(oldestSnapshot: number): void {
    const seen = this.#older?.findLastIndex(({ sequence }) => sequence <= oldestSnapshot) ?? 0;
    if (this.sequence <= oldestSnapshot) this.#older = undefined;
    else if (seen > 0) this.#older = this.#older?.slice(seen);
  }
}
