import type { Clock } from '../../../platform/clock.ts';
import type { Events } from '../../../platform/events/events.ts';
import { clearException } from '../../../platform/events/exceptions.ts';
import { createRepeating } from '../../../platform/repeating.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import { DISPUTE, SOURCE } from './sold-offline.ts';

const LOOK_EVERY_MS = 5_000;
const AT_ONCE = 200;

/** Sends people away from a shelf that is in dispute no more: it was counted, or the receipt that was missing has arrived. */
export function createDisputedShelvesSweep(options: {
  readonly store: Pick<InventoryStore, 'disputedShelves' | 'oversold' | 'transaction'>;
  readonly events: Events;
  readonly clock: Clock;
  readonly logger: Logger;
}): Running {
  const { store, events, clock, logger } = options;

  async function settle(id: string): Promise<void> {
    await store.transaction(async (session) => {
      const level = await store.oversold.read(session, id);
      if (level !== null && level.onHand < 0) return;
      await store.disputedShelves.close(session, id);
      await clearException(
        session,
        { events, source: SOURCE, correlationId: id },
        { kind: DISPUTE, subjectId: id },
      );
    });
  }

  return createRepeating({
    name: 'disputed shelves',
    everyMs: LOOK_EVERY_MS,
    clock,
    logger,
    failure: 'disputed shelves could not be looked at',
    async turn(signal) {
      for (const id of await store.disputedShelves.list(AT_ONCE)) {
        if (signal.aborted) return undefined;
        await settle(id);
      }
      return undefined;
    },
  });
}
