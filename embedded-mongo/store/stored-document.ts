import { CommandError } from '../errors.ts';
import { decode } from '../values/documents.ts';
import type { Doc } from '../values/kinds.ts';

/** Reads the bytes of a record from disk; undefined when its collection is gone. */
export type ReadBack = (recordId: number) => Uint8Array | undefined;

/**
 * One version of a document. While it is the newest one and on disk, its bytes and its decoded form are only kept for as
 * long as they are of use; before and after that its bytes stay in memory.
 */
export class StoredDocument {
  readonly idKey: string;
  /** How many bytes its encoded form takes. */
  readonly size: number;
  #bytes: Uint8Array | undefined;
  #document: Doc | undefined;
  #readBack: ReadBack | undefined;
  #recordId = 0;
  #superseded = false;
  /** The turn of the cache in which it was last used. */
  #usedIn = 0;

  private constructor(idKey: string, size: number) {
    this.idKey = idKey;
    this.size = size;
  }

  /** A version that is not on disk yet. The decoded form must not be changed afterwards. */
  static fresh(idKey: string, bytes: Uint8Array, document: Doc): StoredDocument {
    const stored = new StoredDocument(idKey, bytes.length);
    stored.#bytes = bytes;
    stored.#document = document;
    stored.#use();
    return stored;
  }

  static onDisk(idKey: string, size: number, readBack: ReadBack, recordId: number): StoredDocument {
    const stored = new StoredDocument(idKey, size);
    stored.settle(readBack, recordId);
    return stored;
  }

  get bytes(): Uint8Array {
    this.#use();
    this.#bytes ??= this.#read();
    return this.#bytes;
  }

  /** Shared: must not be changed. */
  get document(): Doc {
    this.#document ??= decode(this.bytes);
    this.#use();
    return this.#document;
  }

  /** From now on it can be read from disk, under this number. */
  settle(readBack: ReadBack, recordId: number): void {
    if (this.#superseded) return;
    this.#readBack = readBack;
    this.#recordId = recordId;
  }

  /** To be called before another version takes its place on disk: who still holds this one reads it from memory. */
  supersede(): void {
    this.#bytes ??= this.#read();
    this.#document = undefined;
    this.#readBack = undefined;
    this.#superseded = true;
  }

  #read(): Uint8Array {
    const bytes = this.#readBack?.(this.#recordId);
    if (!bytes) throw new CommandError(175, 'the collection was dropped while it was being read', killed);
    if (bytes.length !== this.size)
      throw new Error(`record ${this.#recordId} on disk is not the one expected`);
    return bytes;
  }

  #use(): void {
    if (this.#usedIn === turn) return;
    this.#usedIn = turn;
    inUse.push(this);
    inUseBytes += this.size;
    if (inUseBytes > keptBytesPerTurn) endTurn((stored) => stored.#forget());
  }

  #forget(): void {
    if (this.#usedIn === turn) return;
    this.#document = undefined;
    if (this.#readBack) this.#bytes = undefined;
  }
}

const killed = { fields: { codeName: 'QueryPlanKilled' } };

// What was used in this turn or the one before is kept. Decoded documents take up to ten times the room of their bytes.
const keptBytesPerTurn = 12 * 1024 * 1024;
let turn = 1;
let inUse: StoredDocument[] = [];
let usedBefore: StoredDocument[] = [];
let inUseBytes = 0;

function endTurn(forget: (stored: StoredDocument) => void): void {
  for (const stored of usedBefore) forget(stored);
  usedBefore = inUse;
  inUse = [];
  inUseBytes = 0;
  turn++;
}
