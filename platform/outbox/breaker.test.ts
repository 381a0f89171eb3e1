import { describe, expect, it } from 'vitest';
import { CLOSED, reached, triedOut, unreached } from './breaker.ts';
import { DEFAULT_POLICY } from './system-policy.ts';

const policy = DEFAULT_POLICY.breaker;
const failTimes = (times: number, nowMs = 0) =>
  Array.from({ length: times }).reduce<typeof CLOSED>((breaker) => unreached(breaker, policy, nowMs), CLOSED);

describe('a breaker', () => {
  it('given failures in a row, then it opens at the last of them and not before', () => {
    expect(failTimes(4).state).toBe('CLOSED');
    expect(failTimes(5)).toMatchObject({ state: 'OPEN', openUntilMs: 1_000 });
  });

  it('given that every other call fails, then it opens although no two fail in a row', () => {
    let breaker = CLOSED;
    for (let call = 0; call < 10; call += 1) breaker = unreached(reached(breaker, policy), policy, 0);
    expect(breaker.state).toBe('OPEN');
  });

  it('given one failure in three, then it stays closed', () => {
    let breaker = CLOSED;
    for (let call = 0; call < 100; call += 1)
      breaker = call % 3 === 0 ? unreached(breaker, policy, 0) : reached(breaker, policy);
    expect(breaker.state).toBe('CLOSED');
  });

  it('given tries that fail, then it waits twice as long each time, up to the longest', () => {
    let breaker = failTimes(5);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const nowMs = breaker.openUntilMs;
      breaker = unreached(triedOut(breaker, 11_000, nowMs), policy, nowMs);
      waits.push(breaker.openMs);
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  });

  it('given calls that were under way when it opened, when they fail, then it does not wait longer for them', () => {
    const open = failTimes(5);
    expect(unreached(open, policy, 10).openUntilMs).toBe(open.openUntilMs);
  });

  it('given a try that succeeds, then it is closed and has forgotten', () => {
    expect(reached(triedOut(failTimes(5), 11_000, 2_000), policy)).toEqual(CLOSED);
  });
});
