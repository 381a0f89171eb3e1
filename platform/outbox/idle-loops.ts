import type { Clock } from '../clock.ts';

/** Where the loops of one dispatcher wait while there is nothing to do. */
export interface IdleLoops {
  /** Resolves when this loop is to look for work: it was announced, has come due, or it is its turn to look; or `signal` aborts. */
  rest(signal: AbortSignal): Promise<void>;
  /** There is work: one loop looks, at once or as soon as it rests. Eight looking for one operation would be seven wasted. */
  wake(): void;
  /** There will be work in `inMs`. What the next look would find in time anyway is not waited for. */
  wakeIn(inMs: number, signal: AbortSignal): void;
}

/**
 * While loops rest, one of them looks every `lookEveryMs`, in turn: an idle dispatcher costs one question, not one a loop. At most
 * `loops` announcements are remembered while nobody rests: each loop looks once for all that came while it worked.
 */
export function createIdleLoops(options: { clock: Clock; lookEveryMs: number; loops: number }): IdleLoops {
  const { clock, lookEveryMs } = options;
  const resting: (() => void)[] = [];
  let unheard = 0;
  let ticking = false;

  function wake(): void {
    const wakeOne = resting.shift();
    if (wakeOne !== undefined) wakeOne();
    else unheard = Math.min(unheard + 1, options.loops);
  }

  async function tick(signal: AbortSignal): Promise<void> {
    if (ticking) return;
    ticking = true;
    while (resting.length > 0 && !signal.aborted) {
      await clock.delay(lookEveryMs, signal);
      resting.shift()?.();
    }
    ticking = false;
  }

  return {
    wake,
    async rest(signal) {
      if (unheard > 0) {
        unheard -= 1;
        return;
      }
      if (signal.aborted) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      resting.push(resolve);
      const leave = () => resolve();
      signal.addEventListener('abort', leave, { once: true });
      void tick(signal);
      await promise;
      signal.removeEventListener('abort', leave);
      const at = resting.indexOf(resolve);
      if (at >= 0) resting.splice(at, 1);
    },
    wakeIn(inMs, signal) {
      if (inMs >= lookEveryMs) return;
      void clock.delay(inMs, signal).then(() => {
        if (!signal.aborted) wake();
      });
    },
  };
}
