import { randomInt } from 'node:crypto';
import { Long } from 'bson';
import type { ResumeToken } from '../changes/position.ts';
import { CommandError, fail } from '../errors.ts';
import { StoredDocument } from '../store/stored-document.ts';
import { encode } from '../values/documents.ts';
import type { Doc } from '../values/kinds.ts';
import { CursorBatch } from './cursor-batch.ts';

/** Where a cursor's documents come from. */
export type CursorSource = {
  /** The next encoded documents, at most so many and so many bytes (but always one, if there is one). */
  next(maxDocuments: number, maxBytes: number): Uint8Array[];
  /** True when there will never be another document. */
  exhausted(): boolean;
  /** Only for sources that grow: waits for more, and says from where to go on later. */
  tail?: {
    wait(signal: AbortSignal): Promise<void>;
    token?(): ResumeToken;
    settled(): Promise<void>;
    /** Answers at once when there is nothing, instead of waiting. */
    impatient?: boolean;
  };
};

export type OpenCursor = {
  id: Long;
  namespace: string;
  source: CursorSource;
  sessionKey: string | undefined;
  lastUsedMs: number;
  closed: AbortController;
};

export type Cursors = {
  /** Makes the first batch, and keeps the cursor open if there is more. */
  open(
    namespace: string,
    source: CursorSource,
    options: { batchSize?: number | undefined; single?: boolean; sessionKey?: string | undefined },
  ): CursorBatch;
  get(id: Long, namespace: string): OpenCursor;
  close(id: Long): boolean;
  closeIdle(): void;
  closeSession(sessionKey: string): void;
  readonly size: number;
};

export const maxBatchBytes = 16 * 1024 * 1024 - 16 * 1024;
const firstBatchSize = 101;
const maxOpenCursors = 10_000;
const idleTimeoutMs = 10 * 60_000;

export function createCursors(nowMs: () => number): Cursors {
  const open = new Map<string, OpenCursor>();
  return {
    get size() {
      return open.size;
    },
    open(namespace, source, { batchSize, single = false, sessionKey }) {
      const documents = source.next(batchSize ?? firstBatchSize, maxBatchBytes);
      if (single || source.exhausted())
        return new CursorBatch(Long.ZERO, namespace, true, documents, source.tail?.token?.());
      if (open.size >= maxOpenCursors)
        fail('TooManyOpenCursors', `more than ${maxOpenCursors} cursors are open`);
      const id = Long.fromBits(randomInt(1, 2 ** 31), randomInt(1, 2 ** 31));
      open.set(id.toString(), {
        id,
        namespace,
        source,
        sessionKey,
        lastUsedMs: nowMs(),
        closed: new AbortController(),
      });
      return new CursorBatch(id, namespace, true, documents, source.tail?.token?.());
    },
    get(id, namespace) {
      const cursor = open.get(id.toString());
      if (!cursor) throw new CommandError('CursorNotFound', `cursor id ${id} not found`);
      if (cursor.namespace !== namespace)
        fail(
          'Unauthorized',
          `Requested getMore on namespace '${namespace}', but cursor belongs to '${cursor.namespace}'`,
        );
      cursor.lastUsedMs = nowMs();
      return cursor;
    },
    close(id) {
      const cursor = open.get(id.toString());
      cursor?.closed.abort();
      return open.delete(id.toString());
    },
    closeIdle() {
      for (const cursor of open.values())
        if (nowMs() - cursor.lastUsedMs > idleTimeoutMs) this.close(cursor.id);
    },
    closeSession(sessionKey) {
      for (const cursor of open.values()) if (cursor.sessionKey === sessionKey) this.close(cursor.id);
    },
  };
}

/**
 * A source over documents that are all known already, encoded as they are asked for. With `admitsEnd` false it says that
 * it is exhausted only once it was asked for more than there was, as MongoDB's queries do.
 */
export function listSource(documents: readonly (Doc | StoredDocument)[], admitsEnd = true): CursorSource {
  let at = 0;
  let askedBeyond = admitsEnd;
  return {
    next(maxDocuments, maxBytes) {
      const batch: Uint8Array[] = [];
      let size = 0;
      while (at < documents.length && batch.length < maxDocuments) {
        const document = documents[at] ?? {};
        const bytes = document instanceof StoredDocument ? document.bytes : encode(document);
        if (batch.length > 0 && size + bytes.length > maxBytes) break;
        size += bytes.length;
        batch.push(bytes);
        at++;
      }
      askedBeyond ||= batch.length < maxDocuments;
      return batch;
    },
    exhausted: () => at >= documents.length && askedBeyond,
  };
}
