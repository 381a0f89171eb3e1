/** What a subscription knows of what it told, carried in its cursor from one connection to the next. */
export interface StreamMemory {
  know(state: State): void;
  /** Whether a state is newer than what was told of the same thing; of things that were not there at first, everything is. */
  isNews(state: State): boolean;
  /** As JSON; null when there is nothing to know. */
  save(): unknown;
  /** Takes back what `save` gave; anything else is as if nothing were known. */
  restore(saved: unknown): void;
}

interface State {
  readonly key: string;
  readonly version?: number;
}

/** Things whose versions a cursor carries; there are few where a present state is told. */
const MAX_VERSIONS = 100;

export function createStreamMemory(own?: { save(): unknown; restore(saved: unknown): void }): StreamMemory {
  const versions = new Map<string, number>();
  return {
    know({ key, version }) {
      if (version !== undefined && versions.size < MAX_VERSIONS) versions.set(key, version);
    },
    isNews({ key, version }) {
      const known = versions.get(key);
      if (version === undefined || known === undefined) return true;
      if (version <= known) return false;
      versions.set(key, version);
      return true;
    },
    save() {
      if (own === undefined) return versions.size === 0 ? null : [...versions];
      return [[...versions], own.save()];
    },
    restore(saved) {
      const [pairs, rest] = own === undefined ? [saved, undefined] : Array.isArray(saved) ? saved : [];
      if (Array.isArray(pairs))
        for (const pair of pairs.slice(0, MAX_VERSIONS)) {
          const [key, version]: unknown[] = Array.isArray(pair) ? pair : [];
          if (typeof key === 'string' && typeof version === 'number') versions.set(key, version);
        }
      own?.restore(rest);
    },
  };
}
