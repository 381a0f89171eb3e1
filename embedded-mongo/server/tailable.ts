import type { Collection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import type { StoredDocument } from '../store/stored-document.ts';
import type { CursorSource } from './cursors.ts';

/**
 * Follows a capped collection: the matching documents in the order they were added, then those added later. Shows what
 * is on disk only. Ends when the collection is dropped, or when the document it stands at has made room for newer ones.
 */
export function tailableSource(
  store: Store,
  collection: Collection,
  make: (stored: StoredDocument) => Uint8Array | undefined,
  awaitsData: boolean,
): CursorSource {
  let lastId = 0;
  let readMark = -1;
  let pending: Uint8Array[] = [];
  let lost = collection.count === 0;

  function read(): void {
    // Nothing was added since.
    if (collection.writtenMark === readMark || lost) return;
    readMark = collection.writtenMark;
    // Record numbers are shared by all collections, so a gap says nothing; that the last one read is gone does.
    if (lastId > 0 && !collection.records.has(lastId)) {
      lost = true;
      return;
    }
    for (const [id, record] of collection.records) {
      if (id <= lastId) continue;
      lastId = id;
      const stored = record.newest;
      const bytes = stored && make(stored);
      if (bytes) pending.push(bytes);
    }
  }

  return {
    next(maxDocuments, maxBytes) {
      read();
      let size = 0;
      let count = 0;
      for (const bytes of pending) {
        if (count >= maxDocuments || (count > 0 && size + bytes.length > maxBytes)) break;
        size += bytes.length;
        count++;
      }
      const batch = pending.slice(0, count);
      pending = pending.slice(count);
      return batch;
    },
    exhausted: () => pending.length === 0 && (collection.dropped || lost),
    tail: {
      impatient: !awaitsData,
      wait: (signal) => store.oplog.changed(signal),
      settled: () => store.journal.durable(Math.max(0, readMark)),
    },
  };
}
