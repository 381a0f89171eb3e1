import type { BreakerPolicy } from './system-policy.ts';

export type BreakerState = 'CLOSED' | 'HALF_OPEN' | 'OPEN';

/** Whether one system is left alone. */
export interface Breaker {
  readonly state: BreakerState;
  /** Until when no call is made; meaningless while CLOSED. */
  readonly openUntilMs: number;
  /** How long it was held back last. */
  readonly openMs: number;
  readonly failuresInARow: number;
  /** Whether each of the last calls failed, the latest last. */
  readonly recent: readonly boolean[];
}

export const CLOSED: Breaker = { state: 'CLOSED', openUntilMs: 0, openMs: 0, failuresInARow: 0, recent: [] };

/** A call reached the system, whatever it said. */
export function reached(breaker: Breaker, policy: BreakerPolicy): Breaker {
  if (breaker.state !== 'CLOSED') return CLOSED;
  return { ...breaker, failuresInARow: 0, recent: [...breaker.recent, false].slice(-policy.window) };
}

/** A call did not reach the system, or nothing usable came back. A try that fails has it left alone for twice as long. */
export function unreached(breaker: Breaker, policy: BreakerPolicy, nowMs: number): Breaker {
  const failuresInARow = breaker.failuresInARow + 1;
  const recent = [...breaker.recent, true].slice(-policy.window);
  const failed = recent.filter((each) => each).length;
  if (breaker.state === 'CLOSED') {
    const halfFailed = recent.length === policy.window && failed * 2 >= policy.window;
    if (failuresInARow < policy.failuresInARow && !halfFailed) return { ...breaker, failuresInARow, recent };
    return opened({ ...breaker, failuresInARow, recent }, policy.firstOpenMs, nowMs);
  }
  // Calls that were under way when it opened say nothing new.
  if (breaker.state === 'OPEN' && nowMs < breaker.openUntilMs) return { ...breaker, failuresInARow, recent };
  const openMs = Math.min(policy.maxOpenMs, Math.max(policy.firstOpenMs, breaker.openMs * 2));
  return opened({ ...breaker, failuresInARow, recent }, openMs, nowMs);
}

/** One call goes out to find out; the next one only after `forMs`, should nothing be heard of it. */
export function triedOut(breaker: Breaker, forMs: number, nowMs: number): Breaker {
  return { ...breaker, state: 'HALF_OPEN', openUntilMs: nowMs + forMs };
}

function opened(breaker: Breaker, openMs: number, nowMs: number): Breaker {
  return { ...breaker, state: 'OPEN', openMs, openUntilMs: nowMs + openMs };
}
