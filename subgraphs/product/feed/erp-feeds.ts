import type { Connector } from '../../../connectors/port.ts';
import { pushedFeed } from '../../../connectors/pushed-feed.ts';
import { createPoller, type Poller } from '../../../platform/feed/poller.ts';
import { idFromKey } from '../../../platform/ids.ts';
import type { SubgraphDependencies } from '../../../platform/integration.ts';
import { categoriesOf, variantOf } from '../domain/item.ts';
import { priceRowOf } from '../domain/list-price.ts';
import type { CatalogueWriter } from '../store/write-catalogue.ts';
import { knownAsOf } from './known-as-of.ts';

export interface ErpFeeds {
  readonly pollers: readonly Poller[];
  /** The moment up to which the ERP's prices are known; null until they were read to their end. */
  readonly pricesKnownAsOf: () => Date | null;
}

/** The ERP's channels, items and prices, as they change. A price may come before its item or channel: ids follow from codes. */
export function createErpFeeds(
  dependencies: SubgraphDependencies & { readonly erp: Connector },
  write: CatalogueWriter,
): ErpFeeds {
  const { erp, clock, logger, integration } = dependencies;
  const common = {
    system: erp.system,
    connection: integration.connection,
    health: integration.health,
    clock,
    logger,
  };
  const prices = knownAsOf(clock, {
    read: (cursor, options) => erp.readChanges('prices', cursor, options),
    apply: (changes) =>
      write.prices(
        changes.map(({ record, occurredAt }) => {
          const sourceAt = new Date(occurredAt);
          return { fact: priceRowOf(record, sourceAt), sourceAt };
        }),
      ),
  });
  const channels = createPoller({
    ...common,
    name: 'product/erp/channels',
    pushed: pushedFeed(erp, 'channels', integration.webhooks),
    read: (cursor, options) => erp.readChanges('channels', cursor, options),
    async apply(changes) {
      await write.channels(
        changes.map(({ record, occurredAt }) => ({
          fact: { id: idFromKey('channel', record.code), ...record },
          sourceAt: new Date(occurredAt),
        })),
      );
      return [];
    },
  });
  const items = createPoller({
    ...common,
    name: 'product/erp/items',
    pushed: pushedFeed(erp, 'items', integration.webhooks),
    read: (cursor, options) => erp.readChanges('items', cursor, options),
    async apply(changes) {
      const dated = changes.map(({ record, occurredAt }) => ({ record, sourceAt: new Date(occurredAt) }));
      await write.variants(
        dated.map(({ record, sourceAt }) => ({ fact: variantOf(record), sourceAt })),
        dated.flatMap(({ record, sourceAt }) =>
          categoriesOf(record).map((category) => ({ fact: category, sourceAt })),
        ),
      );
      return [];
    },
  });
  return {
    pollers: [
      channels,
      items,
      createPoller({
        ...common,
        name: 'product/erp/prices',
        pushed: pushedFeed(erp, 'prices', integration.webhooks),
        ...prices,
      }),
    ],
    pricesKnownAsOf: prices.knownAsOf,
  };
}
