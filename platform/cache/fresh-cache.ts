import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { GraphError } from '../errors.ts';
import { createEvidence, type Seen } from './evidence.ts';

/** How an answer was come by: read from the store now, from memory within the bound, or the best to be had though it may be older. */
export type Basis = 'CONFIRMED' | 'CACHED' | 'FALLBACK';

export interface Fresh<V> {
  /** Null: there is no such thing, which is also worth remembering. */
  readonly value: V | null;
  /** The moment this is known to have been true. */
  readonly asOf: Date;
  readonly basis: Basis;
}

export interface FreshCache<V> {
  /**
   * One answer a key, in the order of the keys. For a key that nothing is remembered of while the store cannot be read in time, a
   * GraphError: UNAVAILABLE with reason STORE_UNAVAILABLE, `retryable`, or what `load` threw when that has a code. Never rejects.
   */
  read(keys: readonly string[]): Promise<(Fresh<V> | GraphError)[]>;
  /**
   * Call from the change stream: what is known of this key may be over. With `seen`, the part that changed and its version: a read
   * that answers an older version of that part comes from a copy that lags behind, and is not believed.
   */
  invalidate(key: string, seen?: { readonly part: string; readonly version: number }): void;
  /** Call when the stream had a gap. */
  invalidateAll(): void;
  readonly size: number;
}

export interface FreshCacheOptions<V> {
  readonly maxEntries: number;
  /** How old an answer from memory may be and still be called CACHED. */
  readonly maxStalenessMs: number;
  readonly clock: Clock;
  /** One query for all keys; keys that do not exist are left out of the answer. */
  load(keys: readonly string[]): Promise<ReadonlyMap<string, V>>;
  /** How long a load may take before the answer is given from what is remembered. Default 3,000. */
  readonly loadTimeoutMs?: number;
  /** When the change stream behind `invalidate` was last known to be complete; null while it is broken. */
  currentAsOf(): Date | null;
  /** The version of a part of a value, to compare with what `invalidate` was told; 0 for a part that is not there. */
  versionOf?(value: V | null, part: string): number;
}

interface Entry<V> {
  readonly value: V | null;
  readonly loadedAt: Date;
}

const LOAD_TIMEOUT_MS = 3_000;

/**
 * An LRU cache that knows how old its answers are. An entry is as fresh as the change stream that would have dropped it; when the
 * stream stands still for longer than the bound, the store is asked again, and when that fails or takes too long the answer is a
 * FALLBACK. An invalidated entry is kept for that moment alone.
 */
export function createFreshCache<V>(options: FreshCacheOptions<V>): FreshCache<V> {
  const { clock, maxStalenessMs } = options;
  const entries = new LRUCache<string, Entry<V>>({ max: options.maxEntries });
  // What changed since it was read: of use only when the store cannot be read.
  const outdated = new LRUCache<string, Entry<V>>({ max: options.maxEntries });
  const evidence = createEvidence({ maxKeys: options.maxEntries });
  // Keys dropped while a load for them is under way: its result may predate the change and must not be kept.
  const loading = new Map<string, { stale: boolean; users: number }>();

  function outdate(key: string): void {
    const entry = entries.get(key);
    if (entry !== undefined) outdated.set(key, entry);
    entries.delete(key);
  }

  function isBehind(value: V | null, seen: Seen): boolean {
    const { versionOf } = options;
    return versionOf !== undefined && [...seen].some(([part, version]) => versionOf(value, part) < version);
  }

  async function loadNow(keys: readonly string[]): Promise<Map<string, Fresh<V>>> {
    const marks = keys.map((key) => {
      const mark = loading.get(key) ?? { stale: false, users: 0 };
      mark.users += 1;
      loading.set(key, mark);
      return mark;
    });
    try {
      const loadedAt = clock.now();
      // What is seen while we read does not count: of the moment we asked, the answer is true without it.
      const seen = keys.map((key) => evidence.of(key));
      const values = await options.load(keys);
      const loaded = new Map<string, Fresh<V>>();
      keys.forEach((key, index) => {
        const entry = { value: values.get(key) ?? null, loadedAt };
        if (isBehind(entry.value, seen[index] ?? new Map())) {
          loaded.set(key, {
            value: entry.value,
            asOf: outdated.get(key)?.loadedAt ?? loadedAt,
            basis: 'FALLBACK',
          });
          return;
        }
        loaded.set(key, { value: entry.value, asOf: loadedAt, basis: 'CONFIRMED' });
        if (marks[index]?.stale !== false) return;
        entries.set(key, entry);
        outdated.delete(key);
      });
      return loaded;
    } finally {
      keys.forEach((key, index) => {
        const mark = marks[index];
        if (mark === undefined) return;
        mark.users -= 1;
        if (mark.users === 0 && loading.get(key) === mark) loading.delete(key);
      });
    }
  }

  async function loadInTime(keys: readonly string[]): Promise<Map<string, Fresh<V>>> {
    const done = new AbortController();
    const timeoutMs = options.loadTimeoutMs ?? LOAD_TIMEOUT_MS;
    const late = clock.delay(timeoutMs, done.signal).then(() => {
      if (!done.signal.aborted) throw unavailable(`the store did not answer within ${timeoutMs} ms`);
      return new Map<string, Fresh<V>>();
    });
    try {
      return await Promise.race([loadNow(keys), late]);
    } finally {
      done.abort();
    }
  }

  /** A time that is still to come is from before our clock was set back, and says nothing. */
  function asOfOf({ loadedAt }: Entry<V>): Date {
    const stream = options.currentAsOf();
    return stream !== null && stream > loadedAt && stream <= clock.now() ? stream : loadedAt;
  }

  function fallBack(key: string, error: GraphError): Fresh<V> | GraphError {
    const entry = entries.get(key);
    if (entry !== undefined) return { value: entry.value, asOf: asOfOf(entry), basis: 'FALLBACK' };
    // That it changed is known; what it became is not.
    const older = outdated.get(key);
    return older === undefined ? error : { value: older.value, asOf: older.loadedAt, basis: 'FALLBACK' };
  }

  /** What memory may answer by itself. A clock that was set back makes ages that cannot be: such an entry is not trusted. */
  function fromMemory(key: string, nowMs: number): Fresh<V> | null {
    const entry = entries.get(key);
    if (entry === undefined) return null;
    const asOf = asOfOf(entry);
    const ageMs = nowMs - asOf.getTime();
    return ageMs >= 0 && ageMs <= maxStalenessMs ? { value: entry.value, asOf, basis: 'CACHED' } : null;
  }

  return {
    async read(keys) {
      const nowMs = clock.now().getTime();
      const answers = new Map<string, Fresh<V> | GraphError>();
      const missing: string[] = [];
      for (const key of new Set(keys)) {
        const answer = fromMemory(key, nowMs);
        if (answer === null) missing.push(key);
        else answers.set(key, answer);
      }
      if (missing.length > 0) {
        try {
          for (const [key, answer] of await loadInTime(missing)) answers.set(key, answer);
        } catch (cause) {
          const error = cause instanceof GraphError ? cause : unavailable('the store cannot be read', cause);
          for (const key of missing) answers.set(key, fallBack(key, error));
        }
      }
      return keys.map((key) => {
        const answer = answers.get(key);
        if (answer === undefined) throw new Error(`the cache lost track of key ${key}`);
        return answer;
      });
    },
    invalidate(key, seen) {
      if (seen !== undefined) evidence.saw(key, seen.part, seen.version);
      outdate(key);
      const mark = loading.get(key);
      if (mark === undefined) return;
      mark.stale = true;
      // A load that starts after this change sees it: it gets a mark of its own.
      loading.delete(key);
    },
    invalidateAll() {
      for (const mark of loading.values()) mark.stale = true;
      loading.clear();
      for (const key of [...entries.keys()]) outdate(key);
      // A restored store may have gone back to older versions.
      evidence.forget();
    },
    get size() {
      return entries.size;
    },
  };
}

function unavailable(why: string, cause?: unknown): GraphError {
  const message = `nothing is remembered of this, and ${why}; ask again`;
  return new GraphError('UNAVAILABLE', message, { reason: 'STORE_UNAVAILABLE', retryable: true }, cause);
}
