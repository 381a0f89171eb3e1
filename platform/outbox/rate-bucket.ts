import { LANES, type Lane } from './operation.ts';
import type { RatePolicy } from './system-policy.ts';

/** What may still be called of one system, by all processes together. */
export interface RateBucket {
  /** What any class of work may take, the urgent ones to the last drop. */
  readonly shared: number;
  /** What each class keeps for itself. */
  readonly own: Readonly<Record<Lane, number>>;
  readonly atMs: number;
}

/** A class of work takes from what is shared only what is left above its mark: the more urgent ones always find some. */
const MARK_OF_BURST: Readonly<Record<Lane, number>> = { order: 0, return: 0.25, stock: 0.5, catalogue: 0.75 };

/** A bucket that has rested. */
export function fullBucket(policy: RatePolicy, nowMs: number): RateBucket {
  return {
    shared: sharedCapacity(policy),
    own: laneValues((lane) => ownCapacity(policy, lane)),
    atMs: nowMs,
  };
}

/**
 * Takes up to `want` calls for `lane`: its own first, then from what is shared. What flows into a class whose own share is full is
 * shared, so that an idle class costs the others nothing. Nothing to take: when to look again. There is never more in it than
 * `atMost`: what the system itself says is left, others than we may call it too.
 */
export function takeFrom(
  bucket: RateBucket,
  lane: Lane,
  want: number,
  policy: RatePolicy,
  nowMs: number,
  atMost = Number.POSITIVE_INFINITY,
): { readonly bucket: RateBucket; readonly taken: number; readonly retryInMs: number } {
  const filled = lowered(refilled(bucket, policy, nowMs), atMost);
  const own = Math.min(want, Math.floor(filled.own[lane] + EPSILON));
  const mark = Math.min(MARK_OF_BURST[lane] * sharedCapacity(policy), sharedCapacity(policy) - 1);
  const lendable = Math.max(0, Math.floor(filled.shared - mark + EPSILON));
  const shared = Math.min(want - own, lendable);
  const taken = own + shared;
  const after: RateBucket = {
    ...filled,
    shared: filled.shared - shared,
    own: { ...filled.own, [lane]: filled.own[lane] - own },
  };
  return { bucket: after, taken, retryInMs: taken > 0 ? 0 : waitMs(filled, lane, mark, policy) };
}

/** Sums of fractions that should be whole are a hair below. */
const EPSILON = 1e-9;

function refilled(bucket: RateBucket, policy: RatePolicy, nowMs: number): RateBucket {
  // Clocks of two processes differ a little; time never runs backwards here.
  const seconds = Math.max(0, nowMs - bucket.atMs) / 1_000;
  let spilled = 0;
  const own = laneValues((lane) => {
    const level = bucket.own[lane] + policy.perSecond * policy.kept[lane] * seconds;
    const capacity = ownCapacity(policy, lane);
    spilled += Math.max(0, level - capacity);
    return Math.min(capacity, level);
  });
  const lent = 1 - LANES.reduce((sum, lane) => sum + policy.kept[lane], 0);
  const shared = bucket.shared + policy.perSecond * lent * seconds + spilled;
  return { own, shared: Math.min(sharedCapacity(policy), shared), atMs: Math.max(bucket.atMs, nowMs) };
}

/** What is shared goes first, then of each class the same part: nobody's own is used up for another. */
function lowered(bucket: RateBucket, atMost: number): RateBucket {
  const kept = LANES.reduce((sum, lane) => sum + bucket.own[lane], 0);
  if (bucket.shared + kept <= atMost) return bucket;
  const part = kept === 0 ? 0 : Math.min(1, Math.max(0, atMost) / kept);
  return {
    ...bucket,
    shared: Math.max(0, atMost - kept),
    own: laneValues((lane) => bucket.own[lane] * part),
  };
}

/** A share of a small burst may be less than one call; a class that can never have a whole one would starve. */
function ownCapacity(policy: RatePolicy, lane: Lane): number {
  return policy.kept[lane] === 0 ? 0 : Math.max(1, policy.burst * policy.kept[lane]);
}

function sharedCapacity(policy: RatePolicy): number {
  return Math.max(1, policy.burst - LANES.reduce((sum, lane) => sum + ownCapacity(policy, lane), 0));
}

function waitMs(bucket: RateBucket, lane: Lane, mark: number, policy: RatePolicy): number {
  const ownRate = policy.perSecond * policy.kept[lane];
  const own = ownRate > 0 ? (1 - bucket.own[lane]) / ownRate : Number.POSITIVE_INFINITY;
  const shared = (mark + 1 - bucket.shared) / policy.perSecond;
  return Math.max(1, Math.ceil(Math.min(own, Math.max(shared, 1 / policy.perSecond)) * 1_000));
}

function laneValues(value: (lane: Lane) => number): Record<Lane, number> {
  return {
    order: value('order'),
    return: value('return'),
    stock: value('stock'),
    catalogue: value('catalogue'),
  };
}
