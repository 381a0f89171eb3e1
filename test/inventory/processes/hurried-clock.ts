import type { Clock } from '../../../platform/clock.ts';

/** What is waited for up to so long is a rest between two turns; what is longer is somebody's patience, and stays as it is. */
const LONGEST_REST_MS = 1_000;
const SHORT_REST_MS = 25;

/** The system's clock with shorter rests, which can be put forward and right again. */
export function createHurriedClock(): Clock & { putForward(ms: number): void; putRight(): void } {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    delay: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const timer = setTimeout(resolve, ms <= LONGEST_REST_MS ? Math.min(ms, SHORT_REST_MS) : ms);
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
    putRight() {
      aheadMs = 0;
    },
  };
}
