import { describe, expect, it } from 'vitest';
import { TestClock } from './clock.ts';
import { renewing } from './renewing.ts';
import { silentLogger } from './telemetry/logger.ts';

/** Lets everything go on that has nothing to wait for. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('renewing', () => {
  it('given work that takes long, then what it holds is renewed until it is done, and no longer', async () => {
    const clock = new TestClock();
    const work = Promise.withResolvers<string>();
    let renewals = 0;
    const renew = async () => {
      renewals += 1;
      if (renewals === 1) throw new Error('the store was busy');
    };
    const result = renewing({ everyMs: 100, clock, logger: silentLogger, renew }, () => work.promise);
    for (const expected of [1, 2, 3]) {
      clock.advance(100);
      await settle();
      expect(renewals).toBe(expected);
    }
    work.resolve('done');
    expect(await result).toBe('done');
    clock.advance(1_000);
    await settle();
    expect(renewals).toBe(3);
  });

  it('given work that fails, then it fails the same, and nothing is renewed any more', async () => {
    const clock = new TestClock();
    let renewals = 0;
    const failing = renewing(
      {
        everyMs: 100,
        clock,
        logger: silentLogger,
        renew: async () => {
          renewals += 1;
        },
      },
      async () => {
        throw new Error('no');
      },
    );
    await expect(failing).rejects.toThrow('no');
    clock.advance(1_000);
    await settle();
    expect(renewals).toBe(0);
  });
});
