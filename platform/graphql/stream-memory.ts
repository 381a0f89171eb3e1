/** What a subscription knows of what it told, carried in its cursor from one connection to the next. */
export interface StreamMemory {
  /** A state that was there at first: later ones of the same thing are compared for as long as the stream lasts. */
  know(state: State): void;
  /** Whether a state is newer than what was told of the same thing, as far as that is still known. */
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

/** Things that were there at first whose versions a cursor carries. */
const MAX_KNOWN = 100;
/**
 * Things told last whose versions a cursor carries. An event is looked up after its change and may be ahead of it, by the changes that
 * followed at once: those are told of few things at a time.
 */
const MAX_RECENT = 8;

export function createStreamMemory(own?: { save(): unknown; restore(saved: unknown): void }): StreamMemory {
  const known = new Map<string, number>();
  const recent = new Map<string, number>();

  function keep(key: string, version: number): void {
    if (known.has(key)) {
      known.set(key, version);
      return;
    }
    recent.delete(key);
    recent.set(key, version);
    const [oldest] = recent.keys();
    if (recent.size > MAX_RECENT && oldest !== undefined) recent.delete(oldest);
  }

  return {
    know({ key, version }) {
      if (version !== undefined && known.size < MAX_KNOWN) known.set(key, version);
    },
    isNews({ key, version }) {
      if (version === undefined) return true;
      const told = known.get(key) ?? recent.get(key);
      if (told !== undefined && version <= told) return false;
      keep(key, version);
      return true;
    },
    save() {
      const saved = {
        ...(known.size > 0 && { known: [...known] }),
        ...(recent.size > 0 && { recent: [...recent] }),
        ...(own !== undefined && { own: own.save() }),
      };
      return Object.keys(saved).length === 0 ? null : saved;
    },
    restore(saved) {
      if (typeof saved !== 'object' || saved === null) return;
      const parts: { known?: unknown; recent?: unknown; own?: unknown } = saved;
      for (const [key, version] of pairsOf(parts.known).slice(0, MAX_KNOWN)) known.set(key, version);
      for (const [key, version] of pairsOf(parts.recent).slice(0, MAX_RECENT)) recent.set(key, version);
      own?.restore(parts.own);
    },
  };
}

function pairsOf(value: unknown): [string, number][] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((pair: unknown): [string, number][] => {
    const [key, version]: unknown[] = Array.isArray(pair) ? pair : [];
    return typeof key === 'string' && typeof version === 'number' ? [[key, version]] : [];
  });
}
