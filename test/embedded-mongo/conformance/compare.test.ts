import { expect, test } from 'vitest';
import { compare } from './compare.ts';
import { type Outcome, readExpectations } from './suites.ts';

const titled = (...titles: string[]) => titles.map((fullTitle) => ({ fullTitle }));
const outcome = (passes: string[], failures: string[]): Outcome => ({
  passes: titled(...passes),
  failures: titled(...failures),
  pending: [],
  stats: { tests: passes.length + failures.length },
});

test('a failure nobody wrote down is reported, and so is one that is none any more', () => {
  const expected = [
    { test: 'known', reason: 'text-search' },
    { test: 'mended', reason: 'text-search' },
    { test: 'gone', reason: 'text-search' },
    { test: 'now and then', reason: 'race', unstable: true },
  ];
  const found = compare(
    [outcome(['mended', 'good', 'now and then'], ['known']), outcome([], ['new'])],
    expected,
  );
  expect(found).toMatchObject({ passed: 3, failed: 2, unexpected: ['new'], stale: ['mended', 'gone'] });
});

test('every expected failure has a reason that is explained, and stands in the list once', () => {
  const { reasons, suites } = readExpectations();
  for (const expected of Object.values(suites)) {
    expect(expected.filter(({ reason }) => !(reason in reasons))).toEqual([]);
    expect(new Set(expected.map((one) => one.test)).size).toBe(expected.length);
  }
});
