import { randomFrom } from '../../kit/random.ts';
import type { Blow } from './blow.ts';

/** What becomes of a claim that was granted. */
export type Fate = 'release' | 'confirm' | 'cancel' | 'ship' | 'extend' | 'expire' | 'late';

export interface ScriptedClaim {
  readonly key: string;
  readonly units: number;
  readonly at: string | null;
  readonly fate: Fate;
}

/** What happens in one round, the same each time for the same seed, whichever process does it. */
export interface KillScript {
  readonly sku: string;
  /** Stocked at the beginning, by place. */
  readonly stock: Readonly<Record<string, number>>;
  readonly claims: readonly ScriptedClaim[];
  /** The step at which the blow is armed: 0 to 2 · claims, claims first, then their fates; then the expiry. */
  readonly armedAt: number;
  readonly blow: Blow;
  /** Whether claims and fates happen all at once, or one after the other. */
  readonly atOnce: boolean;
}

export const PLACES = ['L1', 'L2'];
const CLAIMS = 7;
const FATES: readonly Fate[] = ['release', 'confirm', 'cancel', 'ship', 'extend', 'expire', 'late'];

export function skuOf(seed: number): string {
  return `K${seed}`;
}

export function killScript(seed: number): KillScript {
  const random = randomFrom(seed * 7_919 + 1);
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  const firstFate = upTo(FATES.length);
  return {
    sku: skuOf(seed),
    stock: Object.fromEntries(PLACES.map((place) => [place, 3 + upTo(7)])),
    claims: Array.from({ length: CLAIMS }, (_, index) => ({
      key: `${seed}-${index}`,
      units: upTo(4),
      at: random() < 0.4 ? (PLACES[upTo(2) - 1] ?? null) : null,
      // Each round has every fate, in another order.
      fate: FATES[(index + firstFate) % FATES.length] ?? 'expire',
    })),
    armedAt: Math.floor(random() * (2 * CLAIMS + 1)),
    blow: { command: upTo(10), side: random() < 0.5 ? 'before' : 'after' },
    atOnce: seed % 2 === 1,
  };
}
