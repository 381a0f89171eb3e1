import type { Clock } from './clock.ts';
import type { Logger } from './telemetry/logger.ts';

/**
 * Runs `work` and renews what it holds (a lease, a turn) every `everyMs` meanwhile, so that a holder may take its time and a holder
 * that died is passed over soon. A renewal that fails is logged and tried again; whether the hold was lost shows when its result is
 * written.
 */
export async function renewing<T>(
  options: { everyMs: number; clock: Clock; logger: Logger; renew(): Promise<unknown> },
  work: () => Promise<T>,
): Promise<T> {
  const done = new AbortController();
  void renewUntil(done.signal, options);
  try {
    return await work();
  } finally {
    done.abort();
  }
}

async function renewUntil(
  done: AbortSignal,
  {
    everyMs,
    clock,
    logger,
    renew,
  }: { everyMs: number; clock: Clock; logger: Logger; renew(): Promise<unknown> },
): Promise<void> {
  for (;;) {
    await clock.delay(everyMs, done);
    if (done.aborted) return;
    await renew().catch((error: unknown) => logger.warn({ err: error }, 'what is held could not be renewed'));
  }
}
