import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, type CallOutcome, DEFAULT_RETRY } from './operation.ts';

const tried = (attempts: number, surprises = 0) => ({ attempts, surprises });
const notDone: CallOutcome = { kind: 'not-done', code: 'CONNECTION_REFUSED', message: 'refused' };

describe('after a call that failed', () => {
  it('given a system that says no, when it failed once, then it is parked', () => {
    expect(
      afterFailure(
        { kind: 'refused', code: 'UNKNOWN_SKU', message: 'no such sku' },
        tried(1),
        DEFAULT_RETRY,
        0.5,
      ),
    ).toEqual({
      step: 'FAILED',
      code: 'UNKNOWN_SKU',
      message: 'no such sku',
    });
  });

  it('given a call of which nobody knows, when it fails however often, then it stays in doubt and is never parked as failed', () => {
    const move = afterFailure(
      { kind: 'in-doubt', code: 'TIMEOUT', message: 'timeout' },
      tried(1_000),
      DEFAULT_RETRY,
      0.5,
    );
    expect(move.step).toBe('IN_DOUBT');
  });

  it('given a system that asks for patience, then it is not called sooner', () => {
    const move = afterFailure(
      { ...notDone, kind: 'not-done', retryAfterMs: 90_000 },
      tried(1),
      DEFAULT_RETRY,
      0,
    );
    expect(move).toMatchObject({ step: 'PENDING', retryInMs: 90_000 });
  });

  it('given the last attempt, then it is parked', () => {
    expect(afterFailure(notDone, tried(DEFAULT_RETRY.maxAttempts), DEFAULT_RETRY, 0).step).toBe('FAILED');
    expect(afterFailure(notDone, tried(DEFAULT_RETRY.maxAttempts - 1), DEFAULT_RETRY, 0).step).toBe(
      'PENDING',
    );
  });

  it('given our own code that fails at it, when it has failed often enough, then it is parked, however it was tried before', () => {
    const broken: CallOutcome = { kind: 'unexpected', code: 'UNEXPECTED', message: 'cannot read lines' };
    expect(afterFailure(broken, tried(120, 1), DEFAULT_RETRY, 0).step).toBe('IN_DOUBT');
    expect(afterFailure(broken, tried(5, DEFAULT_RETRY.maxSurprises), DEFAULT_RETRY, 0).step).toBe('FAILED');
  });

  it('waits at least a tenth of the step and never more than the cap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 129 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, random) => {
          const move = afterFailure(notDone, tried(attempts), DEFAULT_RETRY, random);
          if (move.step !== 'PENDING') throw new Error('parked too early');
          expect(move.retryInMs).toBeGreaterThanOrEqual(DEFAULT_RETRY.firstDelayMs / 10);
          expect(move.retryInMs).toBeLessThanOrEqual(DEFAULT_RETRY.maxDelayMs);
        },
      ),
    );
  });
});
