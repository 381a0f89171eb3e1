import type { RetryQuotaPolicy } from './system-policy.ts';

/** How many more failing repeats one process may make to one system. */
export interface RetryQuota {
  allowsRepeat(nowMs: number): boolean;
  /** A call has ended. Only a repeat that failed costs; whatever succeeds earns, so that a backlog drains as fast as the system can. */
  ended(call: { repeat: boolean; failed: boolean }, nowMs: number): void;
}

/** Keeps repeats a small share of calls: a system in trouble must not get its load twice because it is in trouble. */
export function createRetryQuota(policy: RetryQuotaPolicy): RetryQuota {
  let left = policy.most;
  let seenMs: number | null = null;

  function earn(nowMs: number, more: number): void {
    const passed = seenMs === null ? 0 : Math.max(0, nowMs - seenMs);
    seenMs = nowMs;
    left = Math.min(policy.most, left + passed / policy.earnedEveryMs + more);
  }

  return {
    allowsRepeat(nowMs) {
      earn(nowMs, 0);
      return left >= 1;
    },
    ended({ repeat, failed }, nowMs) {
      earn(nowMs, repeat && failed ? 0 : policy.earnedPerCall);
      // Calls that were under way at once may take it below nothing; what is owed is earned back first.
      if (repeat && failed) left -= 1;
    },
  };
}
