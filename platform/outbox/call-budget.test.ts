import { describe, expect, it } from 'vitest';
import { afterPoll, isHeeded, rateWithin, remainingAt } from './call-budget.ts';
import { KEPT_OF_RATE } from './system-policy.ts';

const told = { remaining: 3, limit: 20, restoresPerSecond: 10, atMs: 1_000, heardAtMs: 1_000 };

describe('what a system says of its own budget', () => {
  it('is its rate when none is configured, and lowers one that is; it never raises it', () => {
    expect(rateWithin(null, null)).toBeNull();
    expect(rateWithin(null, told)).toEqual({ perSecond: 10, burst: 20, kept: KEPT_OF_RATE });
    const kept = { order: 0.5, return: 0, stock: 0, catalogue: 0.1 };
    expect(rateWithin({ perSecond: 50, burst: 5, kept }, told)).toEqual({ perSecond: 10, burst: 5, kept });
    expect(rateWithin({ perSecond: 4, burst: 100, kept }, told)).toEqual({ perSecond: 4, burst: 20, kept });
  });

  it('grows back as it said, up to its limit', () => {
    expect(remainingAt(told, 1_000)).toBe(3);
    expect(remainingAt(told, 1_500)).toBe(8);
    expect(remainingAt(told, 60_000)).toBe(20);
    // Another process' clock is a little behind.
    expect(remainingAt(told, 900)).toBe(3);
  });

  it('is left by polls to work that somebody waits for, by half; of one call at a time, to nobody', () => {
    expect(afterPoll({ ...told, remaining: 12 }, 1_000)).toMatchObject({ told: { remaining: 11 } });
    expect(afterPoll(told, 1_000)).toEqual({ retryInMs: 800 });
    expect(afterPoll(told, 1_800)).toMatchObject({ told: { remaining: 10, atMs: 1_800, heardAtMs: 1_000 } });
    const single = { ...told, limit: 1, restoresPerSecond: 1 };
    expect(afterPoll({ ...single, remaining: 1 }, 1_000)).toMatchObject({ told: { remaining: 0 } });
    expect(afterPoll({ ...single, remaining: 0 }, 1_000)).toEqual({ retryInMs: 1_000 });
  });

  it('is forgotten when it is said no more, but not before it could have been', () => {
    expect(isHeeded(told, 10_999)).toBe(true);
    expect(isHeeded(told, 11_000)).toBe(false);
    expect(isHeeded({ ...told, restoresPerSecond: 1 / 60 }, 61_000)).toBe(true);
  });
});
