import { describe, expect, it } from 'vitest';
import { TestClock } from '../../../platform/clock.ts';
import { ANONYMOUS } from '../../../platform/identity/identity.ts';
import { silentLogger as logger } from '../../../platform/telemetry/logger.ts';
import { inTime } from './in-time.ts';

const START = new Date('2026-03-01T12:00:00Z');
const numbers = Array.from({ length: 10 }, (_, index) => index);

/** Ten turns that take a second each, for a caller who waits so long. */
function tenTurns(waitsMs: number, take?: (turn: number) => void) {
  const clock = new TestClock(START);
  const caller = { identity: ANONYMOUS, correlationId: 'c', deadlineMs: START.getTime() + waitsMs };
  const done: number[] = [];
  const all = inTime({ clock, logger }, caller, numbers, async (turn) => {
    await clock.delay(1_000);
    take?.(turn);
    done.push(turn);
  });
  const pass = async (ms: number) => {
    for (let step = 0; step < ms; step += 100) {
      clock.advance(100);
      // Everything that has come due is done before time moves on.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { done, all, pass };
}

describe('turns that are taken in time', () => {
  it('are all taken, four at once, when there is time', async () => {
    const { done, all, pass } = tenTurns(10_000);
    await pass(1_000);
    expect(done).toEqual([0, 1, 2, 3]);
    await pass(2_000);
    await all;
    expect(done.toSorted()).toEqual(numbers);
  });

  it('are answered for before the time is up; those under way end, the others are not begun', async () => {
    const { done, all, pass } = tenTurns(2_500);
    await pass(1_500);
    await all;
    expect(done).toEqual([0, 1, 2, 3]);
    await pass(5_000);
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('are not begun when there is no time at all', async () => {
    const { done, all, pass } = tenTurns(900);
    await all;
    await pass(5_000);
    expect(done).toEqual([]);
  });

  it('reject with a surprise when the others have ended', async () => {
    const { done, all, pass } = tenTurns(10_000, (turn) => {
      if (turn === 1) throw new Error('a surprise');
    });
    const surprise = expect(all).rejects.toThrow('a surprise');
    await pass(5_000);
    await surprise;
    expect(done.toSorted()).toEqual(numbers.filter((turn) => turn !== 1));
  });
});
