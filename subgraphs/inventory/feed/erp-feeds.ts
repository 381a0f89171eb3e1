import type { FeedName, FeedRecord } from '../../../connectors/feeds.ts';
import type { Connector } from '../../../connectors/port.ts';
import type { Clock } from '../../../platform/clock.ts';
import {
  createPoller,
  type FeedRejection,
  type GoodChange,
  type PollerOptions,
} from '../../../platform/feed/poller.ts';
import type { Integration } from '../../../platform/integration.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import { createCatchUp } from './catch-up.ts';
import { createItemsFeed } from './items.ts';
import { createLocationsFeed } from './locations.ts';
import { createStockMovementsFeed } from './stock-movements.ts';

export interface ErpFeedsOptions {
  readonly erp: Connector;
  readonly store: InventoryStore;
  readonly integration: Integration;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Movements a page books in one transaction. */
const PAGE_SIZE = 500;
/** How long a page of movements waits for the locations it names before what is still unknown is set aside. */
const LOCATIONS_WAIT_MS = 5_000;

type Read<F extends FeedName> = PollerOptions<FeedRecord[F]>['read'];
type Apply<F extends FeedName> = (
  changes: readonly GoodChange<FeedRecord[F]>[],
) => Promise<readonly { eventId: string; rejected: FeedRejection }[]>;

/** What we read of the ERP: places, items and the movements of stock it books. A feed that it does not have is left out. */
export function createErpFeeds(options: ErpFeedsOptions): Running[] {
  const { erp, store, integration, clock, logger } = options;
  const has = (name: FeedName) => erp.capabilities.feeds[name] !== undefined;

  function poller<F extends FeedName>(name: F, apply: Apply<F>, read: Read<F> = reader(name)): Running {
    return createPoller<FeedRecord[F]>({
      name: `inventory/${erp.system}/${name}`,
      system: erp.system,
      connection: integration.connection,
      clock,
      logger,
      health: integration.health,
      pageSize: PAGE_SIZE,
      read,
      apply,
    });
  }

  function reader<F extends FeedName>(name: F): Read<F> {
    return (cursor, reading) => erp.readChanges(name, cursor, reading);
  }

  const locations = createCatchUp(reader('locations'));
  const movements = createStockMovementsFeed({
    store,
    clock,
    sourceSystem: erp.system.toUpperCase(),
    async locationsRead() {
      const patience = new AbortController();
      await Promise.race([locations.next(), clock.delay(LOCATIONS_WAIT_MS, patience.signal)]);
      patience.abort();
    },
  });
  return [
    ...(has('locations') ? [poller('locations', createLocationsFeed(store), locations.read)] : []),
    ...(has('items') ? [poller('items', createItemsFeed(store.collections))] : []),
    ...(has('stockMovements') ? [poller('stockMovements', movements)] : []),
  ];
}
