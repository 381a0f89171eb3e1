import { fewestParcels } from './fewest-parcels.ts';
import type { Offer } from './offer.ts';
import type { Pool, SourcingLine, SourcingStrategy } from './sourcing-strategy.ts';

export interface Claim {
  readonly index: number;
  readonly variantId: string;
  readonly locationId: string;
  readonly quantity: number;
  /** Whether it is there, or to come: of one line at one place these are two claims. */
  readonly when: 'now' | 'later';
}

export interface Shortage {
  readonly index: number;
  /** What the line could have had, whole base units. */
  readonly available: number;
}

export interface SourcingPlan {
  /** In the order of the lines; a line that is split has several, what is there before what is to come. */
  readonly claims: readonly Claim[];
  /** Lines that cannot be served in full. */
  readonly shortages: readonly Shortage[];
}

/** All that a decision is made from, as plain data: the same problem gives the same plan, today and when it is replayed. */
export interface SourcingProblem {
  readonly lines: readonly SourcingLine[];
  readonly offers: readonly Offer[];
}

/** The strategy when none is chosen: fewest parcels, then nearest, then most stock. */
export const DEFAULT_STRATEGY: SourcingStrategy = fewestParcels;

/** A decision as it is kept: what it was made from, by whom, and what it was. */
export interface SourcingDecision {
  readonly strategy: string;
  readonly problem: SourcingProblem;
  readonly plan: SourcingPlan;
}

/** Where each line's stock comes from: lines that name a place first, then the others as the strategy says. */
export function planSources(
  problem: SourcingProblem,
  strategy: SourcingStrategy = DEFAULT_STRATEGY,
): SourcingPlan {
  const claims = new Map<string, Claim>();
  const missing = new Map(problem.lines.map(({ index, quantity }) => [index, quantity]));
  const pool = createPool(problem.offers, (line, locationId, quantity, when) => {
    if (quantity === 0) return;
    const key = `${line.index}|${locationId}|${when}`;
    const sofar = claims.get(key)?.quantity ?? 0;
    claims.set(key, {
      index: line.index,
      variantId: line.variantId,
      locationId,
      quantity: sofar + quantity,
      when,
    });
    missing.set(line.index, (missing.get(line.index) ?? 0) - quantity);
  });
  for (const line of problem.lines) {
    if (line.locationId === null) continue;
    const there = pool.now(line.variantId, line.locationId) + pool.later(line.variantId, line.locationId);
    pool.take(line, line.locationId, Math.min(there, line.quantity));
  }
  const open = problem.lines.filter(({ locationId }) => locationId === null);
  if (open.length > 0) strategy.source(open, pool);
  return {
    claims: [...claims.values()].sort(
      (left, right) =>
        left.index - right.index || Number(left.when === 'later') - Number(right.when === 'later'),
    ),
    shortages: problem.lines.flatMap(({ index, quantity }) => {
      const short = missing.get(index) ?? 0;
      return short > 0 ? [{ index, available: quantity - short }] : [];
    }),
  };
}

function createPool(
  offers: readonly Offer[],
  taken: (line: SourcingLine, locationId: string, quantity: number, when: Claim['when']) => void,
): Pool {
  const byVariant = new Map<string, Map<string, Offer>>();
  for (const offer of offers) {
    const places = byVariant.get(offer.variantId) ?? new Map<string, Offer>();
    byVariant.set(offer.variantId, places.set(offer.locationId, offer));
  }
  const at = (variantId: string, locationId: string) => byVariant.get(variantId)?.get(locationId);
  return {
    now: (variantId, locationId) => at(variantId, locationId)?.now ?? 0,
    later: (variantId, locationId) => at(variantId, locationId)?.later ?? 0,
    places: (variantId, when) =>
      [...(byVariant.get(variantId)?.values() ?? [])]
        .filter((offer) => offer.serves && offer[when] > 0)
        .sort((left, right) => nearestThenMost(left, right, when)),
    take(line, locationId, quantity) {
      const offer = at(line.variantId, locationId);
      if (offer === undefined || quantity <= 0) return;
      const fromStock = Math.min(quantity, offer.now);
      const toCome = quantity - fromStock;
      const next = { ...offer, now: offer.now - fromStock, later: offer.later - toCome };
      byVariant.get(line.variantId)?.set(locationId, next);
      taken(line, locationId, fromStock, 'now');
      taken(line, locationId, toCome, 'later');
    },
  };
}

function nearestThenMost(left: Offer, right: Offer, when: 'now' | 'later'): number {
  const km = (left.km ?? Number.MAX_VALUE) - (right.km ?? Number.MAX_VALUE);
  return km || right[when] - left[when] || (left.locationId < right.locationId ? -1 : 1);
}
