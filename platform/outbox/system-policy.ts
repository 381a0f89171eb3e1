import type { RetryPolicy } from './operation.ts';
import { DEFAULT_RETRY, LANES, type Lane } from './operation.ts';

/** How one system of record is called: what it may be asked of at once, for how long, how often, and when to leave it alone. */
export interface SystemPolicy {
  /** Deadline of one call, by class of work. */
  readonly callTimeoutMs: Readonly<Record<Lane, number>>;
  readonly retry: RetryPolicy;
  readonly retryQuota: RetryQuotaPolicy;
  readonly breaker: BreakerPolicy;
  readonly bulkhead: BulkheadPolicy;
  /** Calls over all processes together. Null: as many as the bulkhead lets through. */
  readonly rate: RatePolicy | null;
}

export interface RetryQuotaPolicy {
  /** Failing repeats that may be made at once before any has been earned. */
  readonly most: number;
  /** What each call that succeeds or is the first of its step earns. */
  readonly earnedPerCall: number;
  /** One repeat is earned each so many milliseconds, so that a quiet system is tried again too. */
  readonly earnedEveryMs: number;
}

export interface BreakerPolicy {
  /** Failures to reach the system in a row after which calls are held back. */
  readonly failuresInARow: number;
  /** The last so many calls are looked at; when at least half of them failed, calls are held back as well. */
  readonly window: number;
  /** How long calls are held back at first; doubled at each failed try, up to `maxOpenMs`. */
  readonly firstOpenMs: number;
  readonly maxOpenMs: number;
}

export interface BulkheadPolicy {
  /** Calls under way at once in one process. */
  readonly maxInFlight: number;
  /** Of these, what no other class of work may take. */
  readonly kept: Readonly<Record<Lane, number>>;
}

export interface RatePolicy {
  readonly perSecond: number;
  /** What may be called at once after a rest. */
  readonly burst: number;
  /** The share of the rate, 0 to 1, that a class of work gets even when a more urgent one could use all; together below 1. */
  readonly kept: Readonly<Record<Lane, number>>;
}

/** What a system may say differently from the defaults. */
export type SystemPolicies = Readonly<Record<string, Partial<SystemPolicy>>>;

const everyLane = (value: number): Readonly<Record<Lane, number>> => ({
  order: value,
  return: value,
  stock: value,
  catalogue: value,
});

/** What each class of work keeps of a rate unless the system's policy says otherwise. */
export const KEPT_OF_RATE: Readonly<Record<Lane, number>> = {
  order: 0.4,
  return: 0.1,
  stock: 0.1,
  catalogue: 0.05,
};

export const DEFAULT_POLICY: SystemPolicy = {
  callTimeoutMs: everyLane(10_000),
  retry: DEFAULT_RETRY,
  retryQuota: { most: 10, earnedPerCall: 0.1, earnedEveryMs: 6_000 },
  breaker: { failuresInARow: 5, window: 20, firstOpenMs: 1_000, maxOpenMs: 15_000 },
  bulkhead: { maxInFlight: 8, kept: everyLane(1) },
  rate: null,
};

/** The policy of one system. Throws when it promises what cannot be kept: an unusable policy stops the start, not the night. */
export function policyOf(policies: SystemPolicies, system: string): SystemPolicy {
  const policy = { ...DEFAULT_POLICY, ...policies[system] };
  const { bulkhead, rate } = policy;
  const keptSlots = LANES.reduce((sum, lane) => sum + bulkhead.kept[lane], 0);
  if (keptSlots > bulkhead.maxInFlight)
    throw new Error(
      `policy of ${system}: bulkhead keeps ${keptSlots} calls for its lanes but lets only ${bulkhead.maxInFlight} through (maxInFlight)`,
    );
  if (rate === null) return policy;
  const keptShare = LANES.reduce((sum, lane) => sum + rate.kept[lane], 0);
  if (keptShare >= 1)
    throw new Error(
      `policy of ${system}: rate.kept adds up to ${keptShare}, which leaves nothing to lend; make it less than 1`,
    );
  if (rate.perSecond <= 0 || rate.burst < 1)
    throw new Error(`policy of ${system}: rate needs perSecond above 0 and a burst of at least 1`);
  return policy;
}
