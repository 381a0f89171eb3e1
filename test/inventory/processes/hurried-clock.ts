import type { Clock } from '../../../platform/clock.ts';

const LONGEST_REST_MS = 25;

/** The system's clock with shorter rests, which can be put forward: an hour passes in no time. */
export function createHurriedClock(): Clock & { putForward(ms: number): void } {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    delay: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const timer = setTimeout(resolve, Math.min(ms, LONGEST_REST_MS));
        signal?.addEventListener(
          'abort',
          () => {
            clearTimeout(timer);
            resolve();
          },
          { once: true },
        );
      }),
    putForward(ms) {
      aheadMs += ms;
    },
  };
}
