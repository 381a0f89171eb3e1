import { LRUCache } from 'lru-cache';

/** By part: the newest version seen. */
export type Seen = ReadonlyMap<string, number>;

const NOTHING: Seen = new Map();

/** What the change stream has shown to exist: by it a read of a copy that lags behind is recognised. */
export interface Evidence {
  saw(key: string, part: string, version: number): void;
  /** What was seen of this key until now; it does not change when more is seen. */
  of(key: string): Seen;
  forget(): void;
}

export function createEvidence(options: { maxKeys: number }): Evidence {
  const newest = new LRUCache<string, Seen>({ max: options.maxKeys });
  return {
    saw(key, part, version) {
      const seen = newest.get(key) ?? NOTHING;
      if ((seen.get(part) ?? 0) < version) newest.set(key, new Map([...seen, [part, version]]));
    },
    of: (key) => newest.get(key) ?? NOTHING,
    forget: () => newest.clear(),
  };
}
