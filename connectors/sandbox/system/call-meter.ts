import type { Clock } from '../../../platform/clock.ts';

/** Counts the calls to one stand-in, and keeps the budget of one that is throttled to so many a second. */
export interface CallMeter {
  /** Counts anew. With `perSecond`: takes so many calls a second, and as many at once after a rest; null: all. */
  begin(perSecond: number | null): void;
  /** Counts a call; `taken`: whether there was one left for it. The headers say what is left now, where there is a budget. */
  take(): { readonly taken: boolean; readonly headers: Record<string, string> };
  /** Counts a call that was taken as refused after all. */
  refuse(): void;
  counted(): { readonly calls: number; readonly refused: number };
}

export function createCallMeter(clock: Clock): CallMeter {
  let budget: { readonly perSecond: number; level: number; atMs: number } | null = null;
  let calls = 0;
  let refused = 0;

  return {
    begin(perSecond) {
      calls = 0;
      refused = 0;
      budget = perSecond === null ? null : { perSecond, level: perSecond, atMs: clock.now().getTime() };
    },
    take() {
      calls += 1;
      const headers: Record<string, string> = {};
      if (budget === null) return { taken: true, headers };
      const { perSecond, level, atMs } = budget;
      const nowMs = clock.now().getTime();
      const filled = Math.min(perSecond, level + (perSecond * Math.max(0, nowMs - atMs)) / 1_000);
      const taken = filled >= 1;
      if (!taken) refused += 1;
      budget = { perSecond, level: taken ? filled - 1 : filled, atMs: nowMs };
      headers['ratelimit-policy'] = `"calls";q=${perSecond};w=1`;
      headers['ratelimit'] = `"calls";r=${Math.floor(budget.level)}`;
      return { taken, headers };
    },
    refuse() {
      refused += 1;
    },
    counted: () => ({ calls, refused }),
  };
}
