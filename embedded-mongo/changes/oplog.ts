import { CommandError } from '../errors.ts';
import type { Journal } from '../store/journal.ts';
import type { Storage } from '../store/storage.ts';
import { type Change, decodeEntry, encodeEntry, type OplogEntry } from './oplog-entry.ts';
import { comparePositions, endOf, type Position, positionFromKey, positionKey } from './position.ts';

/** The log of changes, in commit order. Readers are only shown what is on disk. */
export type Oplog = {
  /** Takes the time of a commit: later than all before it, also across restarts. */
  nextTime(): bigint;
  append(time: bigint, changes: readonly Change[]): void;
  /** Up to `limit` durable entries after a position. Fails with ChangeStreamHistoryLost when some are gone already. */
  after(position: Position, limit: number): OplogEntry[];
  /** The time up to which everything is on disk. */
  durableTime(): bigint;
  /** Resolves at the next durable change, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void>;
};

/** What a stream that keeps up reads: the newest entries, decoded, up to so many bytes of their stored form. */
const tailBytes = 4 * 1024 * 1024;
const maxTrimmedAtOnce = 1000;
const trimmedKey = Buffer.from('oplog-trimmed');
const lastTimeKey = Buffer.from('last-time');

export function createOplog(options: {
  storage: Storage;
  journal: Journal;
  /** How much of the log is kept on disk; the oldest entries go first. */
  maxBytes: number;
  nowMs: () => number;
}): Oplog {
  const { storage, journal, maxBytes, nowMs } = options;
  let { lastTime, storedBytes } = readState(storage);
  let durable = lastTime;
  let writing = lastTime;
  let tail: { entry: OplogEntry; bytes: number }[] = [];
  let bytesInTail = 0;
  // Everything after this position is in the tail.
  let tailFrom: Position = endOf(lastTime);
  const trimmedValue = storage.get('meta', trimmedKey);
  let trimmed: Position | undefined = trimmedValue && positionFromKey(trimmedValue);
  const waiting = new Set<() => void>();

  journal.onWrite(() => {
    writing = lastTime;
  });
  journal.onDurable(() => {
    if (durable === writing) return;
    durable = writing;
    for (const wake of [...waiting]) wake();
  });

  /** In slices, so that the work is spread; a crash in between loses nothing but entries that were to go. */
  function trim(): void {
    if (storedBytes <= maxBytes) return;
    const wanted = maxBytes - Math.min(maxBytes / 10, tailBytes);
    let removed = 0;
    for (const { key, value } of storage.entries('oplog', trimmed && positionKey(trimmed))) {
      const position = positionFromKey(key);
      // Entries noted for removal stay visible until that is written.
      if (trimmed && comparePositions(position, trimmed) <= 0) continue;
      if (storedBytes <= wanted || removed >= maxTrimmedAtOnce) break;
      journal.note('oplog', Buffer.from(key), undefined);
      trimmed = position;
      storedBytes -= value.length;
      removed++;
    }
    if (trimmed && removed > 0) journal.note('meta', trimmedKey, positionKey(trimmed));
  }

  /** What is not on disk yet can only be read from the tail. */
  function shorten(): void {
    if (bytesInTail <= tailBytes * 2) return;
    let dropped = 0;
    for (const { entry, bytes } of tail) {
      if (bytesInTail <= tailBytes || entry.position.time > durable) break;
      bytesInTail -= bytes;
      tailFrom = entry.position;
      dropped++;
    }
    if (dropped > 0) tail = tail.slice(dropped);
  }

  return {
    nextTime() {
      const now = (BigInt(Math.floor(nowMs() / 1000)) << 32n) | 1n;
      lastTime = now > lastTime ? now : lastTime + 1n;
      return lastTime;
    },

    append(time, changes) {
      const wallMs = nowMs();
      for (const [index, change] of changes.entries()) {
        const entry: OplogEntry = { ...change, position: { time, index }, wallMs };
        const encoded = encodeEntry(entry);
        journal.note('oplog', positionKey(entry.position), encoded);
        tail.push({ entry, bytes: encoded.length });
        bytesInTail += encoded.length;
        storedBytes += encoded.length;
      }
      shorten();
      trim();
      journal.noteLast('oplog', () => ({
        table: 'meta',
        key: lastTimeKey,
        value: encodeState(lastTime, storedBytes),
      }));
    },

    after(position, limit) {
      if (trimmed && comparePositions(position, trimmed) < 0)
        throw new CommandError(
          'ChangeStreamHistoryLost',
          'Resume of change stream was not possible, as the resume point may no longer be in the oplog.',
          { labels: ['NonResumableChangeStreamError'] },
        );
      if (comparePositions(position, tailFrom) >= 0) {
        const entries: OplogEntry[] = [];
        for (let at = firstAfter(tail, position); at < tail.length && entries.length < limit; at++) {
          const entry = tail[at]?.entry;
          if (!entry || entry.position.time > durable) break;
          entries.push(entry);
        }
        return entries;
      }
      const entries: OplogEntry[] = [];
      for (const { key, value } of storage.entries(
        'oplog',
        positionKey({ time: position.time, index: Math.max(0, position.index) }),
      )) {
        const found = positionFromKey(key);
        if (comparePositions(found, position) <= 0) continue;
        if (entries.length >= limit) break;
        entries.push(decodeEntry(found, value));
      }
      return entries;
    },

    durableTime: () => durable,

    changed(signal) {
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
  };
}

/** The time of the last commit, and how many bytes the log's entries take. */
function readState(storage: Storage): { lastTime: bigint; storedBytes: number } {
  const saved = storage.get('meta', lastTimeKey);
  if (!saved) return { lastTime: 0n, storedBytes: 0 };
  const lastTime = saved.readBigUInt64BE(0);
  if (saved.length > 8) return { lastTime, storedBytes: Number(saved.readBigUInt64BE(8)) };
  // Written before the size was kept: it is measured once.
  let storedBytes = 0;
  for (const { value } of storage.entries('oplog')) storedBytes += value.length;
  return { lastTime, storedBytes };
}

function encodeState(lastTime: bigint, storedBytes: number): Buffer {
  const state = Buffer.allocUnsafe(16);
  state.writeBigUInt64BE(lastTime, 0);
  state.writeBigUInt64BE(BigInt(storedBytes), 8);
  return state;
}

function firstAfter(entries: readonly { entry: OplogEntry }[], position: Position): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = entries[middle]?.entry;
    if (found && comparePositions(found.position, position) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
