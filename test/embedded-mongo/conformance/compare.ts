import type { Expected, Outcome } from './suites.ts';

export type Comparison = {
  passed: number;
  failed: number;
  pending: number;
  /** Failed, and no reason is written down. */
  unexpected: string[];
  /** Written down as failing, and passed or not there any more. */
  stale: string[];
};

/** Holds what came of a suite against the list of what was expected to fail. */
export function compare(outcomes: readonly Outcome[], expected: readonly Expected[]): Comparison {
  const titles = (kind: 'passes' | 'failures' | 'pending') =>
    outcomes.flatMap((outcome) => outcome[kind].map(({ fullTitle }) => fullTitle));
  const failures = new Set(titles('failures'));
  const known = new Set(expected.map(({ test }) => test));
  return {
    passed: titles('passes').length,
    failed: titles('failures').length,
    pending: titles('pending').length,
    unexpected: [...failures].filter((title) => !known.has(title)),
    stale: expected.filter(({ test, unstable }) => !unstable && !failures.has(test)).map(({ test }) => test),
  };
}
