import type { Clock } from '../clock.ts';

/** Where the loops of one dispatcher wait while there is nothing to do. */
export interface IdleLoops {
  /** Resolves when this loop is to look for work: it was announced, has come due, or `lookEveryMs` are over; or `signal` aborts. */
  rest(signal: AbortSignal): Promise<void>;
  /** There is work: one loop looks, at once or as soon as it rests. Eight looking for one operation would be seven wasted. */
  wake(): void;
  /** There will be work in `inMs`. What the next look would find in time anyway is not waited for. */
  wakeIn(inMs: number, signal: AbortSignal): void;
}

/** At most `loops` announcements are remembered while nobody rests: each loop looks once for all that came while it worked. */
export function createIdleLoops(options: { clock: Clock; lookEveryMs: number; loops: number }): IdleLoops {
  const { clock, lookEveryMs } = options;
  const resting: (() => void)[] = [];
  let unheard = 0;

  function wake(): void {
    const wakeOne = resting.shift();
    if (wakeOne !== undefined) wakeOne();
    else unheard = Math.min(unheard + 1, options.loops);
  }

  return {
    wake,
    async rest(signal) {
      if (unheard > 0) {
        unheard -= 1;
        return;
      }
      const woken = new AbortController();
      const wakeThis = () => woken.abort();
      resting.push(wakeThis);
      await clock.delay(lookEveryMs, AbortSignal.any([woken.signal, signal]));
      const at = resting.indexOf(wakeThis);
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
