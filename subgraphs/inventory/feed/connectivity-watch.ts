import type { Clock } from '../../../platform/clock.ts';
import type { Topic } from '../../../platform/graphql/topic.ts';
import { createRepeating } from '../../../platform/repeating.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import { connectivityOf } from '../domain/connectivity.ts';
import type { Location } from '../domain/location.ts';
import type { AnswerChange } from '../store/answer-changes.ts';
import type { InventoryStore } from '../store/inventory-store.ts';

/** How late it may be noticed that a place is silent for too long, or is back. */
const LOOK_EVERY_MS = 1_000;

/**
 * Tells when places go offline and come back, which changes what may be promised of them. That a place has gone silent is written
 * nowhere: it is a matter of time, so each process finds it by itself, from memory, and tells its own subscribers.
 */
export function createConnectivityWatch(options: {
  store: Pick<InventoryStore, 'locations'>;
  answerChanges: Pick<Topic<AnswerChange>, 'tell'>;
  clock: Clock;
  logger: Logger;
}): Running {
  const { store, answerChanges, clock, logger } = options;
  let offline: ReadonlySet<string> | null = null;

  return createRepeating({
    name: 'connectivity of places',
    everyMs: LOOK_EVERY_MS,
    clock,
    logger,
    failure: 'it could not be seen which places are offline',
    async turn() {
      const now = clock.now();
      const before = offline;
      const isOffline = (location: Location) => connectivityOf(location, now) === 'OFFLINE';
      const after = new Set([...store.locations.all()].filter(isOffline).map(({ id }) => id));
      offline = after;
      // Whoever subscribes is told, or has read, what held at first.
      if (before === null) return undefined;
      const locationIds = [...after, ...before].filter((id) => before.has(id) !== after.has(id));
      if (locationIds.length > 0) answerChanges.tell({ what: 'places', locationIds: new Set(locationIds) });
      return undefined;
    },
  });
}
