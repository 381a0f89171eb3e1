import { KEPT_OF_RATE, type RatePolicy } from './system-policy.ts';

/**
 * What a system said of how much more it may be asked, with an answer or with a refusal. A system that counts by the window, so many calls
 * in ten seconds, is told as if it gave them back evenly.
 */
export interface CallBudget {
  /** Calls it would take at once now. */
  readonly remaining: number;
  /** Calls it takes at once after a rest. */
  readonly limit: number;
  /** Calls it earns back each second; above zero. */
  readonly restoresPerSecond: number;
}

/** What was said, as far as it is known since: `remaining` is what was left at `atMs`. */
export interface ToldBudget extends CallBudget {
  readonly atMs: number;
  /** When the system said it last. */
  readonly heardAtMs: number;
}

/** A system that has said nothing for this long may have stopped saying it. */
const HEEDED_FOR_MS = 10_000;

/** Whether what a system said still holds: one that gives back a call a minute is not forgotten before it has given back two. */
export function isHeeded(told: ToldBudget, nowMs: number): boolean {
  return nowMs - told.heardAtMs < Math.max(HEEDED_FOR_MS, 2_000 / told.restoresPerSecond);
}

/** What should be left by now, if nobody has called since. */
export function remainingAt(told: ToldBudget, nowMs: number): number {
  const restored = (told.restoresPerSecond * Math.max(0, nowMs - told.atMs)) / 1_000;
  return Math.min(told.limit, told.remaining + restored);
}

/** Of all that a system takes at once, what polls of feeds leave to work that somebody waits for. */
const LEFT_BY_POLLS = 0.5;

/** What is left after a poll that is made now, or how long it is to wait. Of a system that takes one call at a time, nothing is left to others. */
export function afterPoll(
  told: ToldBudget,
  nowMs: number,
): { readonly told: ToldBudget } | { readonly retryInMs: number } {
  const remaining = remainingAt(told, nowMs) - 1;
  const least = Math.max(0, Math.min(told.limit * LEFT_BY_POLLS, told.limit - 1));
  if (remaining >= least) return { told: { ...told, remaining, atMs: nowMs } };
  return { retryInMs: Math.ceil(((least - remaining) / told.restoresPerSecond) * 1_000) };
}

/** How often a system may be called: as it is configured, and never more than it said itself. Null: nobody said anything. */
export function rateWithin(configured: RatePolicy | null, told: ToldBudget | null): RatePolicy | null {
  if (told === null) return configured;
  const { restoresPerSecond, limit } = told;
  return {
    perSecond: Math.min(configured?.perSecond ?? restoresPerSecond, restoresPerSecond),
    burst: Math.max(1, Math.min(configured?.burst ?? limit, limit)),
    kept: configured?.kept ?? KEPT_OF_RATE,
  };
}
