import type { Clock } from '../../../platform/clock.ts';
import { createRepeating } from '../../../platform/repeating.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { InventoryStore } from '../store/inventory-store.ts';

/** Levels compared in one turn: each turn reads all their ledger lines. */
const LEVELS_PER_TURN = 20;
/** All processes together take one turn in this time: 36,000 levels are compared in an hour. */
const TURN_EVERY_MS = 2_000;

/**
 * Compares level after level with its ledger and its claims, round and round, and opens a discrepancy where they do not agree. It never
 * corrects: a figure that mends itself hides the fault that broke it.
 */
export function createDriftDetector(options: {
  store: Pick<InventoryStore, 'audits'>;
  clock: Clock;
  logger: Logger;
}): Running {
  const { store, clock, logger } = options;
  return createRepeating({
    name: 'stock drift detector',
    everyMs: TURN_EVERY_MS,
    clock,
    logger,
    failure: 'levels could not be compared with their ledger',
    async turn() {
      const audit = await store.audits.nextTurn(LEVELS_PER_TURN, TURN_EVERY_MS);
      for (const { id, kind, levelId, cause } of audit?.open ?? [])
        logger.error({ discrepancy: id, kind, levelId, cause }, 'stock is not what its ledger says');
      return undefined;
    },
  });
}
