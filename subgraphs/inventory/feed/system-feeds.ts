import type { FeedName, FeedRecord } from '../../../connectors/feeds.ts';
import { polledFeed } from '../../../connectors/polled-feed.ts';
import type { Connector } from '../../../connectors/port.ts';
import type { Clock } from '../../../platform/clock.ts';
import { createPoller } from '../../../platform/feed/poller.ts';
import type { PollerOptions } from '../../../platform/feed/poller-options.ts';
import type { Integration } from '../../../platform/integration.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import { createCatchUp } from './catch-up.ts';
import { createExpectedSuppliesFeed } from './expected-supplies.ts';
import { createItemsFeed } from './items.ts';
import { createLocationSignalsFeed } from './location-signals.ts';
import { createLocationsFeed } from './locations.ts';
import { createStockMovementsFeed } from './stock-movements.ts';

export interface SystemFeedsOptions {
  readonly system: Connector;
  readonly store: InventoryStore;
  readonly integration: Integration;
  /** Told of the levels at which something else is expected from now on. */
  readonly onExpected: (levelIds: readonly string[]) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Movements a page books in one transaction. */
const PAGE_SIZE = 500;
/** How long a page of movements waits, twice at most, for locations that it names and nobody knows yet: longer than the feed's rest. */
const LOCATIONS_WAIT_MS = 2_000;

/** `read` where something is to happen beside the reading. */
type Feed<F extends FeedName> = Pick<PollerOptions<FeedRecord[F]>, 'apply'> &
  Partial<Pick<PollerOptions<FeedRecord[F]>, 'read'>>;

/**
 * What we read of one system of record, be it the ERP, the warehouse or the tills: places and their signs of life, items, the movements
 * of stock it books and what it expects. A feed that it does not have is left out.
 */
export function createSystemFeeds(options: SystemFeedsOptions): Running[] {
  const { system, store, integration, clock, logger } = options;
  const sourceSystem = system.system.toUpperCase();

  function poller<F extends FeedName>(name: F, feed: Feed<F>): Running[] {
    if (system.capabilities.feeds[name] === undefined) return [];
    const running = createPoller<FeedRecord[F]>({
      name: `inventory/${system.system}/${name}`,
      ...polledFeed(system, name, integration),
      clock,
      logger,
      pageSize: PAGE_SIZE,
      ...feed,
    });
    return [running];
  }

  const locations = createCatchUp({
    read: polledFeed(system, 'locations', integration).read,
    apply: createLocationsFeed(store),
  });

  async function locationsRead(): Promise<void> {
    const patience = new AbortController();
    await Promise.race([locations.next(), clock.delay(LOCATIONS_WAIT_MS, patience.signal)]);
    patience.abort();
  }

  const movements = createStockMovementsFeed({ store, clock, sourceSystem, locationsRead });
  return [
    ...poller('locations', locations),
    ...poller('items', { apply: createItemsFeed(store.collections) }),
    ...poller('stockMovements', { apply: movements }),
    ...poller('expectedSupplies', {
      apply: createExpectedSuppliesFeed({
        store,
        clock,
        sourceSystem,
        onExpected: options.onExpected,
        locationsRead,
      }),
    }),
    ...poller('locationSignals', {
      apply: createLocationSignalsFeed({ store, clock, locationsRead }),
    }),
  ];
}
