import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';

/** How an answer was come by: read from the store now, from memory within the bound, or from memory because nothing better could be had. */
export type Basis = 'CONFIRMED' | 'CACHED' | 'FALLBACK';

export interface Fresh<V> {
  /** Null: there is no such thing, which is also worth remembering. */
  readonly value: V | null;
  /** The moment this is known to have been true. */
  readonly asOf: Date;
  readonly basis: Basis;
}

export interface FreshCache<V> {
  /** One answer a key, in the order of the keys. Rejects only when a key is in no cache and the store cannot be read. */
  read(keys: readonly string[]): Promise<Fresh<V>[]>;
  /** Call from the change stream: what is known of this key may be over. */
  invalidate(key: string): void;
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
  /** When the change stream behind `invalidate` was last known to be complete; null while it is broken. */
  currentAsOf(): Date | null;
}

interface Entry<V> {
  readonly value: V | null;
  readonly loadedAt: Date;
}

/**
 * An LRU cache that knows how old its answers are. An entry is as fresh as the change stream that would have dropped it; when the
 * stream stands still for longer than the bound, the store is asked again, and when that fails too the answer is a FALLBACK.
 */
export function createFreshCache<V>(options: FreshCacheOptions<V>): FreshCache<V> {
  const entries = new LRUCache<string, Entry<V>>({ max: options.maxEntries });
  // Keys dropped while a load for them is under way: its result may predate the change and must not be kept.
  const loading = new Map<string, { stale: boolean; users: number }>();

  async function loadNow(keys: readonly string[]): Promise<Map<string, Entry<V>>> {
    const marks = keys.map((key) => {
      const mark = loading.get(key) ?? { stale: false, users: 0 };
      mark.users += 1;
      loading.set(key, mark);
      return mark;
    });
    try {
      const loadedAt = options.clock.now();
      const values = await options.load(keys);
      const loaded = new Map<string, Entry<V>>();
      keys.forEach((key, index) => {
        const entry = { value: values.get(key) ?? null, loadedAt };
        loaded.set(key, entry);
        if (marks[index]?.stale === false) entries.set(key, entry);
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

  function asOfOf(entry: Entry<V>): Date {
    const stream = options.currentAsOf();
    return stream !== null && stream > entry.loadedAt ? stream : entry.loadedAt;
  }

  function fallBack(key: string, error: unknown): Fresh<V> {
    const entry = entries.get(key);
    if (entry === undefined) throw error;
    return { value: entry.value, asOf: asOfOf(entry), basis: 'FALLBACK' };
  }

  return {
    async read(keys) {
      const nowMs = options.clock.now().getTime();
      const fromMemory = new Map<string, Fresh<V>>();
      const missing: string[] = [];
      for (const key of new Set(keys)) {
        const entry = entries.get(key);
        if (entry === undefined) {
          missing.push(key);
          continue;
        }
        const asOf = asOfOf(entry);
        if (nowMs - asOf.getTime() <= options.maxStalenessMs)
          fromMemory.set(key, { value: entry.value, asOf, basis: 'CACHED' });
        else missing.push(key);
      }
      if (missing.length > 0) {
        try {
          for (const [key, entry] of await loadNow(missing)) {
            fromMemory.set(key, { value: entry.value, asOf: entry.loadedAt, basis: 'CONFIRMED' });
          }
        } catch (error) {
          for (const key of missing) fromMemory.set(key, fallBack(key, error));
        }
      }
      return keys.map((key) => {
        const answer = fromMemory.get(key);
        if (answer === undefined) throw new Error(`the cache lost track of key ${key}`);
        return answer;
      });
    },
    invalidate(key) {
      entries.delete(key);
      const mark = loading.get(key);
      if (mark === undefined) return;
      mark.stale = true;
      // A load that starts after this change sees it: it gets a mark of its own.
      loading.delete(key);
    },
    invalidateAll() {
      for (const mark of loading.values()) mark.stale = true;
      loading.clear();
      entries.clear();
    },
    get size() {
      return entries.size;
    },
  };
}
