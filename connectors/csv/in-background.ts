import type { Clock } from '../../platform/clock.ts';

/** Answered instead of a result that is not there yet: ask again later. */
export const NOT_YET = Symbol('not yet');

export interface Background {
  /**
   * The result of `work`, which begins at the first call with this key and goes on between calls; `NOT_YET` when it takes longer than
   * the caller should wait. A result or a failure is given once: the next call begins anew.
   */
  run<T>(key: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | typeof NOT_YET>;
  /** Gives up all work and waits for its end. */
  close(): Promise<void>;
}

/** Work on whole files may take longer than one reading of a feed has time: it is carried from one to the next. */
export function createBackground(options: {
  readonly clock: Clock;
  readonly patienceMs: number;
}): Background {
  const { clock, patienceMs } = options;
  const stopping = new AbortController();
  const running = new Map<string, Promise<{ value: unknown } | { error: unknown }>>();

  return {
    async run<T>(key: string, work: (signal: AbortSignal) => Promise<T>) {
      const job =
        running.get(key) ??
        work(stopping.signal).then(
          (value) => ({ value }),
          (error: unknown) => ({ error }),
        );
      running.set(key, job);
      const enough = new AbortController();
      const outcome = await Promise.race([job, clock.delay(patienceMs, enough.signal).then(() => NOT_YET)]);
      enough.abort();
      if (typeof outcome === 'symbol') return NOT_YET;
      running.delete(key);
      if ('error' in outcome) throw outcome.error;
      // What a key runs is always the same work, so the value is of its type.
      return outcome.value as T;
    },
    async close() {
      stopping.abort();
      await Promise.all(running.values());
      running.clear();
    },
  };
}
