import type { Clock } from './clock.ts';
import type { Running } from './subgraph.ts';
import type { Logger } from './telemetry/logger.ts';

export interface RepeatingOptions {
  /** As `/readyz` shows it. */
  readonly name: string;
  /** The rest between two turns. */
  readonly everyMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What the log says when a turn fails; the next turn comes all the same. */
  readonly failure: string;
  /** Whether it rests before the first turn. Default: the first turn comes at once. */
  readonly restsFirst?: boolean;
  /** One turn; `again` when there is more to do at once. */
  turn(signal: AbortSignal): Promise<'again' | undefined>;
}

/**
 * Tidying, looking and comparing that is done now and then for as long as a subgraph runs. It serves nobody's question, so a turn that
 * failed is told as a detail and is no reason to send traffic elsewhere. Stopping waits for the turn under way.
 */
export function createRepeating(options: RepeatingOptions): Running {
  const { everyMs, clock, logger } = options;
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let lastError: string | undefined;

  async function run(signal: AbortSignal): Promise<void> {
    if (options.restsFirst === true) await clock.delay(everyMs, signal);
    while (!signal.aborted) {
      try {
        const more = await options.turn(signal);
        lastError = undefined;
        if (more === 'again') continue;
      } catch (error) {
        if (signal.aborted) return;
        lastError = error instanceof Error ? error.message : String(error);
        logger.warn({ err: error }, options.failure);
      }
      await clock.delay(everyMs, signal);
    }
  }

  return {
    name: options.name,
    async start() {
      stopping = new AbortController();
      running = run(stopping.signal);
    },
    async stop() {
      stopping.abort();
      await running;
    },
    health: () => (lastError === undefined ? { ready: true } : { ready: true, detail: lastError }),
  };
}
