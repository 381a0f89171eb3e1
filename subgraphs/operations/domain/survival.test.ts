import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Measured, quantileOf } from './survival.ts';

const ended = (...times: number[]): Measured[] => times.map((ms) => ({ value: ms, ended: true }));
const going = (...times: number[]): Measured[] => times.map((ms) => ({ value: ms, ended: false }));

describe('how long it takes until a share has ended', () => {
  it('is the ordinary quantile when all have ended', () => {
    expect(quantileOf(ended(5, 1, 4, 2, 3), 0.5)).toBe(3);
    expect(quantileOf(ended(5, 1, 4, 2, 3), 0.95)).toBe(5);
    expect(quantileOf([], 0.5)).toBeNull();
  });

  it('counts what is under way: half of the orders of an outage wait, and the median is not that of the lucky ones', () => {
    expect(quantileOf([...ended(1, 1, 1), ...going(100, 100, 100, 100)], 0.5)).toBe(100);
    // One that began a moment ago says nothing about how long it takes.
    expect(quantileOf([...ended(10, 10, 10), ...going(1)], 0.5)).toBe(10);
  });

  it('never gets better by something that is still going on', () => {
    const some = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        some,
        fc.integer({ min: 0, max: 2_000 }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (times, age, q) => {
          const without = quantileOf(ended(...times), q) ?? 0;
          expect(quantileOf([...ended(...times), ...going(age)], q)).toBeGreaterThanOrEqual(without);
        },
      ),
    );
  });
});
