import type { Reservation } from './reservation.ts';

/** What a subscription wants to hear of: active claims at a place, so long before their end. */
export interface Nearing {
  readonly locationId: string;
  readonly withinMs: number;
}

/** A claim that is near its end, and when it came near: at the moment its time says, or when it was claimed or extended, if that was later. */
export interface NearingClaim {
  readonly claim: Reservation;
  readonly nearSinceMs: number;
}

/** How long a claim may be on its way into the store, and how far two clocks may differ: so far back every look looks again. */
export const OVERLAP_MS = 60_000;
/** Claims told last that a cursor names. */
const MAX_REMEMBERED = 100;

/** When a claim came near its end; null when it has not, is over, or is none of this subscription's. */
export function nearSince(
  claim: Pick<Reservation, 'state' | 'locationId' | 'expiresAt'> & { readonly updatedAt: Date },
  { locationId, withinMs }: Nearing,
  now: Date,
): number | null {
  const { state, expiresAt, updatedAt } = claim;
  if (state !== 'ACTIVE' || claim.locationId !== locationId || expiresAt <= now) return null;
  const nearMs = expiresAt.getTime() - withinMs;
  return nearMs > now.getTime() ? null : Math.max(nearMs, updatedAt.getTime());
}

/** A claim that was given more time nears its end once more. */
export function nearingKey({ id, extendCount }: Pick<Reservation, 'id' | 'extendCount'>): string {
  // The end of an id is chance, and a cursor is short.
  return `${id.slice(-12)}.${extendCount}`;
}

/** What a subscription knows of what it told last, so that nobody who comes back is told it twice. */
export interface NearingMemory {
  /** Whether it is news; from then on it is not. */
  tell(told: NearingClaim): boolean;
  save(): unknown;
  restore(saved: unknown): void;
}

/** Remembers the last hundred of a minute; a client that comes back after more than that in so short a time may hear some again. */
export function createNearingMemory(): NearingMemory {
  const told = new Map<string, number>();
  return {
    tell({ claim, nearSinceMs }) {
      const key = nearingKey(claim);
      if (told.has(key)) return false;
      told.set(key, nearSinceMs);
      for (const [one, sinceMs] of told)
        if (told.size > MAX_REMEMBERED || sinceMs < nearSinceMs - 2 * OVERLAP_MS) told.delete(one);
      return true;
    },
    save: () => [...told],
    restore(saved) {
      if (!Array.isArray(saved)) return;
      for (const pair of saved.slice(-MAX_REMEMBERED)) {
        const [key, sinceMs]: unknown[] = Array.isArray(pair) ? pair : [];
        if (typeof key === 'string' && typeof sinceMs === 'number') told.set(key, sinceMs);
      }
    },
  };
}
