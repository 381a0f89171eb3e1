import { LRUCache } from 'lru-cache';

/** What the change stream has shown to exist: by it a read of a copy that lags behind is recognised. */
export interface Evidence {
  saw(key: string, part: string, version: number): void;
  /** Whether a read with these versions is not older than what was seen. */
  admits(key: string, versionOf: (part: string) => number): boolean;
  forget(): void;
}

export function createEvidence(options: { maxKeys: number }): Evidence {
  const newest = new LRUCache<string, Map<string, number>>({ max: options.maxKeys });
  return {
    saw(key, part, version) {
      const parts = newest.get(key) ?? new Map<string, number>();
      parts.set(part, Math.max(version, parts.get(part) ?? 0));
      newest.set(key, parts);
    },
    admits(key, versionOf) {
      const parts = newest.get(key);
      if (parts === undefined) return true;
      for (const [part, version] of parts) if (versionOf(part) < version) return false;
      return true;
    },
    forget: () => newest.clear(),
  };
}
