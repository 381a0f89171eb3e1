import { expect, it } from 'vitest';
import { DEFAULT_PICKUP_TIMES, nextDue } from './pickup-times.ts';

const day = (count: number) => new Date(Date.UTC(2026, 2, 1 + count));
const kept = { readyAt: day(0), expiresAt: day(7) };

it.each([
  [0, 4],
  [3.9, 4],
  [4, 6],
  [6, 7],
  [9, 7],
])('given it is day %s of seven, then the next thing is due on day %s', (now, due) => {
  const at = new Date(day(0).getTime() + now * 86_400_000);
  expect(nextDue(kept, DEFAULT_PICKUP_TIMES, at)).toEqual(day(due));
});

it('given goods that are kept for less than a reminder comes before the end, then there is none', () => {
  expect(nextDue({ readyAt: day(0), expiresAt: day(1) }, DEFAULT_PICKUP_TIMES, day(0))).toEqual(day(1));
  expect(nextDue(kept, { ...DEFAULT_PICKUP_TIMES, remindBeforeMs: [0, 8 * 86_400_000] }, day(0))).toEqual(
    day(7),
  );
});
