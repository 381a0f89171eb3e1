import type { Offer } from './offer.ts';

/** A line that wants stock. */
export interface SourcingLine {
  /** Its position in the request. */
  readonly index: number;
  readonly variantId: string;
  /** Whole base units, above zero. */
  readonly quantity: number;
  /** Where it must come from; null: from wherever is best. */
  readonly locationId: string | null;
}

/** What is left of the offers while a plan is being made. */
export interface Pool {
  /** Units of a variant at a place that are there now. */
  now(variantId: string, locationId: string): number;
  /** Units of a variant at a place that can be had although they are not there yet. */
  later(variantId: string, locationId: string): number;
  /** Places that serve customers who did not choose one and have any of the variant, best first: nearest, then most of it, then by id. */
  places(variantId: string, when: 'now' | 'later'): readonly Offer[];
  take(line: SourcingLine, locationId: string, quantity: number): void;
}

/**
 * Decides from which places lines are served that name none. Called once for each request, with what lines that name a place have left
 * over; takes what it decides from the pool, as much as there is. Must give the same for the same pool, so that it can be replayed: no
 * clock, no chance, and equal places told apart by id.
 */
export interface SourcingStrategy {
  /** Kept with each decision; give it a new one when it decides differently. */
  readonly name: string;
  source(lines: readonly SourcingLine[], pool: Pool): void;
}
