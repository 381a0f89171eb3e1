import { randomFrom } from '../../kit/random.ts';
import type { Blow } from './blow.ts';

/** What becomes of a claim that was granted. */
export type Fate = (typeof FATES)[number];

export interface ScriptedClaim {
  readonly key: string;
  readonly units: number;
  readonly at: string | null;
  readonly fate: Fate;
  /** Whether it may be of goods that are not there yet. */
  readonly isAhead: boolean;
}

/** What happens in one round, the same each time for the same seed, whichever process does it. */
export interface KillScript {
  readonly sku: string;
  /** Stocked at the beginning, by place. */
  readonly stock: Readonly<Record<string, number>>;
  /** Arrives at the first place when all claims have met their fates: enough for everybody who waits. */
  readonly refill: number;
  readonly claims: readonly ScriptedClaim[];
  /** The step at which the blow is armed: 0 to 2 · claims + 1, claims first, then their fates; then what arrives, then the expiry. */
  readonly armedAt: number;
  readonly blow: Blow;
  /** Whether claims and fates happen all at once, or one after the other. */
  readonly atOnce: boolean;
}

export const PLACES = ['L1', 'L2'];
const FATES = [
  'release',
  'confirm',
  'cancel',
  'ship',
  'extend',
  'expire',
  'late',
  'pick',
  'collect',
  'stale',
  'wait',
] as const;
const CLAIMS = FATES.length;
/** What the channel of those who wait lets a place owe. */
export const BACKORDER_UNITS = 8;

export function skuOf(seed: number): string {
  return `K${seed}`;
}

export function killScript(seed: number): KillScript {
  const random = randomFrom(seed * 7_919 + 1);
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  const firstFate = upTo(FATES.length);
  return {
    sku: skuOf(seed),
    stock: Object.fromEntries(PLACES.map((place) => [place, 5 + upTo(9)])),
    refill: BACKORDER_UNITS,
    claims: Array.from({ length: CLAIMS }, (_, index) => {
      // Each round has every fate, in another order.
      const fate = FATES[(index + firstFate) % FATES.length] ?? 'expire';
      const isAhead = fate === 'wait';
      const at = random() < 0.4 ? (PLACES[upTo(2) - 1] ?? null) : null;
      // Who waits wants more than is likely to be left where it will come.
      return {
        key: `${seed}-${index}`,
        units: upTo(4) + (isAhead ? 4 : 0),
        at: isAhead ? 'L1' : at,
        fate,
        isAhead,
      };
    }),
    armedAt: Math.floor(random() * (2 * CLAIMS + 2)),
    blow: { command: upTo(10), side: random() < 0.5 ? 'before' : 'after' },
    atOnce: seed % 2 === 1,
  };
}
