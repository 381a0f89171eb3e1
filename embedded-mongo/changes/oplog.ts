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

const keptInMemory = 20_000;
const trimmedKey = Buffer.from('oplog-trimmed');

export function createOplog(options: {
  storage: Storage;
  journal: Journal;
  maxEntries: number;
  nowMs: () => number;
}): Oplog {
  const { storage, journal, maxEntries, nowMs } = options;
  let count = storage.count('oplog');
  let lastTime = lastTimeOf(storage);
  let durable = lastTime;
  let writing = lastTime;
  let recent: OplogEntry[] = [];
  // Everything after this position is in `recent`.
  let recentFrom: Position = endOf(lastTime);
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

  function trim(): void {
    // In slices, so that the work is spread and a crash in between loses nothing but unneeded entries.
    const excess = Math.min(count - maxEntries, 1000);
    if (excess < Math.min(1000, Math.ceil(maxEntries / 10))) return;
    let removed = 0;
    for (const key of storage.keys('oplog', excess)) {
      const position = positionFromKey(key);
      // Keys noted for removal stay visible until they are written.
      if (trimmed && comparePositions(position, trimmed) <= 0) continue;
      journal.note('oplog', key, undefined);
      trimmed = position;
      removed++;
    }
    if (removed === 0 || !trimmed) return;
    count -= removed;
    journal.note('meta', trimmedKey, positionKey(trimmed));
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
        recent.push(entry);
        journal.note('oplog', positionKey(entry.position), encodeEntry(entry));
      }
      count += changes.length;
      if (recent.length > keptInMemory * 2) {
        const dropped = recent[recent.length - keptInMemory - 1];
        // What is not on disk yet can only be read from here.
        if (dropped && dropped.position.time <= durable) {
          recentFrom = dropped.position;
          recent = recent.slice(-keptInMemory);
        }
      }
      trim();
    },

    after(position, limit) {
      if (trimmed && comparePositions(position, trimmed) < 0)
        throw new CommandError(
          'ChangeStreamHistoryLost',
          'Resume of change stream was not possible, as the resume point may no longer be in the oplog.',
          { labels: ['NonResumableChangeStreamError'] },
        );
      if (comparePositions(position, recentFrom) >= 0) {
        const entries: OplogEntry[] = [];
        for (let at = firstAfter(recent, position); at < recent.length && entries.length < limit; at++) {
          const entry = recent[at];
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

function lastTimeOf(storage: Storage): bigint {
  const saved = storage.get('meta', lastTimeKey);
  return saved ? saved.readBigUInt64BE(0) : 0n;
}
export const lastTimeKey = Buffer.from('last-time');

function firstAfter(entries: OplogEntry[], position: Position): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry && comparePositions(entry.position, position) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
