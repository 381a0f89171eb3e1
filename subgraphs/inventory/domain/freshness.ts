import type { Fresh } from '../../../platform/cache/fresh-cache.ts';
import { connectivityOf } from './connectivity.ts';
import type { Level } from './level.ts';
import type { Location } from './location.ts';

/** Answers older than this are not given without saying so. */
export const MAX_STALENESS_MS = 5_000;

export interface Freshness {
  readonly asOf: Date;
  readonly stalenessMs: number;
  readonly basis: 'CONFIRMED' | 'CACHED' | 'ESTIMATED' | 'FALLBACK';
  readonly sourceSystem: 'INVENTORY';
  readonly sourceSequence: string | null;
}

/**
 * How fresh an answer about these levels is. The ledger may be up to date and the place not: one that has not been heard of for a
 * while may have sold since, so an answer about it is no better than its last sign of life.
 */
export function freshnessOf(
  stock: Pick<Fresh<unknown>, 'asOf' | 'basis'>,
  levels: readonly Level[],
  now: Date,
  location?: Pick<Location, 'lastSeenAt'>,
): Freshness {
  const connectivity = location === undefined ? 'ONLINE' : connectivityOf(location, now);
  const seenAt = connectivity === 'ONLINE' ? null : (location?.lastSeenAt ?? null);
  const asOf = seenAt !== null && seenAt < stock.asOf ? seenAt : stock.asOf;
  return {
    asOf,
    stalenessMs: Math.max(0, now.getTime() - asOf.getTime()),
    basis:
      connectivity === 'OFFLINE'
        ? 'FALLBACK'
        : connectivity === 'DEGRADED' && stock.basis !== 'FALLBACK'
          ? 'ESTIMATED'
          : stock.basis,
    sourceSystem: 'INVENTORY',
    // Versions only grow, so their sum grows with each change of any of the levels.
    sourceSequence:
      levels.length === 0 ? null : String(levels.reduce((sum, { version }) => sum + version, 0)),
  };
}

const LEAST_SURE_LAST: readonly Freshness['basis'][] = ['CONFIRMED', 'CACHED', 'ESTIMATED', 'FALLBACK'];

/** A sum is no fresher than the oldest of its parts, and no surer than the least sure. */
export function leastFresh(sum: Freshness, parts: readonly Freshness[]): Freshness {
  let { asOf, stalenessMs, basis } = sum;
  for (const part of parts) {
    if (part.asOf < asOf) ({ asOf, stalenessMs } = part);
    if (LEAST_SURE_LAST.indexOf(part.basis) > LEAST_SURE_LAST.indexOf(basis)) basis = part.basis;
  }
  return { ...sum, asOf, stalenessMs, basis };
}
