import { decode } from '../values/documents.ts';
import type { Doc } from '../values/kinds.ts';

const maxDecodedBytes = 48 * 1024 * 1024;

/** One version of a document: its bytes, and its decoded form for as long as it is of use. */
export class StoredDocument {
  readonly idKey: string;
  readonly bytes: Uint8Array;
  #document: Doc | undefined;

  constructor(idKey: string, bytes: Uint8Array, document?: Doc) {
    this.idKey = idKey;
    this.bytes = bytes;
    if (document) this.#keep(document);
  }

  /** Shared: must not be changed. */
  get document(): Doc {
    return this.#document ?? this.#keep(decode(this.bytes));
  }

  forget(): void {
    this.#document = undefined;
  }

  #keep(document: Doc): Doc {
    this.#document = document;
    remember(this);
    return document;
  }
}

// Decoded documents take some ten times the room of their bytes: only those decoded last are kept.
let decoded: StoredDocument[] = [];
let oldest = 0;
let decodedBytes = 0;

function remember(stored: StoredDocument): void {
  decoded.push(stored);
  decodedBytes += stored.bytes.length;
  while (decodedBytes > maxDecodedBytes && oldest < decoded.length - 1) {
    const forgotten = decoded[oldest++];
    decodedBytes -= forgotten?.bytes.length ?? 0;
    forgotten?.forget();
  }
  if (oldest > 10_000 && oldest * 2 > decoded.length) {
    decoded = decoded.slice(oldest);
    oldest = 0;
  }
}
