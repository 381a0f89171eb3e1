import type { Clock } from '../../../platform/clock.ts';
import { GraphError } from '../../../platform/errors.ts';

/** Lets writers of the same variant in this process through one after the other. */
export interface Lanes {
  /** Runs `work` when all its keys are free. Throws DEADLINE_EXCEEDED when the turn comes too late to be of use. */
  run<T>(keys: readonly string[], deadlineMs: number, work: () => Promise<T>): Promise<T>;
}

/**
 * Transactions that touch one level conflict, and all but one start again. Standing in line here costs less than starting again
 * there; between processes, and for right and wrong, the store decides alone.
 */
export function createLanes(options: { clock: Clock }): Lanes {
  const tails = new Map<string, Promise<void>>();

  return {
    async run(keys, deadlineMs, work) {
      const lanes = [...new Set(keys)];
      const done = Promise.withResolvers<void>();
      // Entering all lanes in one tick keeps the order the same in each, so two requests can never wait for one another.
      const ahead = lanes.map((key) => tails.get(key));
      const mine = Promise.all(ahead).then(() => done.promise);
      for (const key of lanes) tails.set(key, mine);
      try {
        await Promise.all(ahead);
        if (options.clock.now().getTime() > deadlineMs)
          throw new GraphError('DEADLINE_EXCEEDED', 'too many others want the same stock; try again', {
            retryable: true,
          });
        return await work();
      } finally {
        done.resolve();
        for (const key of lanes) if (tails.get(key) === mine) tails.delete(key);
      }
    },
  };
}
