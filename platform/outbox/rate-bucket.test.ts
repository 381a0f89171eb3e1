import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANES, type Lane } from './operation.ts';
import { fullBucket, type RateBucket, takeFrom } from './rate-bucket.ts';
import { KEPT_OF_RATE, type RatePolicy } from './system-policy.ts';

const policy: RatePolicy = { perSecond: 20, burst: 40, kept: KEPT_OF_RATE };

/** Every lane of `lanes` takes whatever it can, each 50 ms for `seconds`, the most urgent first; answers what each got. */
function saturate(lanes: readonly Lane[], seconds: number): Record<Lane, number> {
  const got: Record<Lane, number> = { order: 0, return: 0, stock: 0, catalogue: 0 };
  let bucket: RateBucket = fullBucket(policy, 0);
  for (let nowMs = 0; nowMs <= seconds * 1_000; nowMs += 50) {
    for (const lane of lanes) {
      const { bucket: after, taken } = takeFrom(bucket, lane, 1_000, policy, nowMs);
      bucket = after;
      got[lane] += taken;
    }
  }
  return got;
}

describe('the calls a system may still be asked for', () => {
  it('given that all classes want more than there is, then orders take what is shared and each other class its own', () => {
    const got = saturate(LANES, 100);
    const all = LANES.reduce((sum, lane) => sum + got[lane], 0);
    expect(all).toBeGreaterThanOrEqual(1_990);
    expect(all).toBeLessThanOrEqual(2_045);
    for (const lane of LANES) expect(got[lane]).toBeGreaterThanOrEqual(policy.kept[lane] * 2_000 * 0.98);
    expect(got.order).toBeGreaterThan(1_400);
    expect(got.catalogue).toBeLessThan(150);
  });

  it('given that only the catalogue has work, then it may use all of it', () => {
    expect(saturate(['catalogue'], 100).catalogue).toBeGreaterThanOrEqual(1_990);
  });

  it('says when to look again, and then there is something', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LANES),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (lane, perSecond, burst) => {
          const some: RatePolicy = { perSecond, burst, kept: KEPT_OF_RATE };
          let { bucket, taken, retryInMs } = { bucket: fullBucket(some, 0), taken: 1, retryInMs: 0 };
          while (taken > 0) ({ bucket, taken, retryInMs } = takeFrom(bucket, lane, 1_000, some, 0));
          let nowMs = 0;
          for (let looks = 0; taken === 0; looks += 1) {
            expect(looks).toBeLessThan(10);
            nowMs += retryInMs;
            ({ bucket, taken, retryInMs } = takeFrom(bucket, lane, 1, some, nowMs));
          }
          expect(taken).toBe(1);
        },
      ),
    );
  });

  it('never gives more than the system itself says is left, and leaves each class a part of that', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 60, noNaN: true }),
        fc.array(fc.constantFrom(...LANES), { minLength: 1, maxLength: 40 }),
        (atMost, lanes) => {
          let bucket = fullBucket(policy, 0);
          let total = 0;
          for (const lane of lanes) {
            const left = Math.max(0, atMost - total);
            const { bucket: after, taken } = takeFrom(bucket, lane, 3, policy, 0, left);
            bucket = after;
            total += taken;
          }
          expect(total).toBeLessThanOrEqual(atMost + 1e-9);
        },
      ),
    );
    const { bucket } = takeFrom(fullBucket(policy, 0), 'order', 1, policy, 0, 21);
    for (const lane of LANES) expect(bucket.own[lane]).toBeGreaterThan(0);
  });

  it('whoever asks in whatever order, never gives more than the burst and what has flowed in since', () => {
    const ask = fc.record({
      lane: fc.constantFrom(...LANES),
      want: fc.integer({ min: 1, max: 10 }),
      afterMs: fc.integer({ min: -20, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 200 }), (asks) => {
        let bucket = fullBucket(policy, 0);
        let nowMs = 0;
        let latestMs = 0;
        let total = 0;
        for (const { lane, want, afterMs } of asks) {
          nowMs = Math.max(0, nowMs + afterMs);
          latestMs = Math.max(latestMs, nowMs);
          const { bucket: after, taken } = takeFrom(bucket, lane, want, policy, nowMs);
          bucket = after;
          total += taken;
          expect(taken).toBeLessThanOrEqual(want);
          expect(total).toBeLessThanOrEqual(policy.burst + (policy.perSecond * latestMs) / 1_000 + 1);
        }
      }),
    );
  });
});
