import type { Clock } from '../../../platform/clock.ts';
import { createRepeating } from '../../../platform/repeating.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { InventoryStore } from '../store/inventory-store.ts';

/** Stock of a claim that ran out is back on sale at most about this long after. */
const SWEEP_EVERY_MS = 1_000;
const RESERVATIONS_PER_SWEEP = 200;

/**
 * Gives back the stock of reservations that ran out. It only tidies: that they ran out was decided by `expiresAt`, so a sweep
 * that comes late makes stock scarce for a moment and never sells it twice. Every process sweeps; who comes second finds nothing.
 */
export function createExpiry(options: {
  store: Pick<InventoryStore, 'claims' | 'transaction'>;
  clock: Clock;
  logger: Logger;
}): Running {
  const { store, clock, logger } = options;

  async function sweep(): Promise<number> {
    const at = clock.now();
    // Most of the time nothing is due, and one look is cheaper than a transaction.
    if ((await store.claims.due(at, 1)).length === 0) return 0;
    return store.transaction(async (session) => {
      const due = await store.claims.due(at, RESERVATIONS_PER_SWEEP, session);
      if (due.length > 0)
        await store.claims.end(session, due, { state: 'EXPIRED', reasonCode: 'EXPIRED', at });
      return due.length;
    });
  }

  return createRepeating({
    name: 'reservation expiry',
    everyMs: SWEEP_EVERY_MS,
    clock,
    logger,
    failure: 'reservations that ran out could not be tidied up',
    turn: async () => ((await sweep()) === RESERVATIONS_PER_SWEEP ? 'again' : undefined),
  });
}
