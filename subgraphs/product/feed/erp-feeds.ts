import { sourceOf } from '../../../connectors/ownership.ts';
import { polledFeed } from '../../../connectors/polled-feed.ts';
import type { Connector } from '../../../connectors/port.ts';
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

/** Channels, items and prices, as they change, each from its owner. A price may come before its item or channel: ids follow from codes. */
export function createErpFeeds(
  dependencies: SubgraphDependencies & {
    readonly erp: Connector;
    readonly otherSystems?: readonly Connector[];
  },
  write: CatalogueWriter,
): ErpFeeds {
  const { erp, otherSystems, clock, logger, integration } = dependencies;

  /** Where a feed is read, and under which name its place is kept. */
  function from<F extends 'channels' | 'items' | 'prices'>(feed: F) {
    const source = sourceOf(feed, erp, otherSystems);
    const name = `product/${source.system}/${feed}`;
    return { ...polledFeed(source, feed, integration), name, clock, logger };
  }

  const pricesFrom = from('prices');
  const prices = knownAsOf(clock, {
    read: pricesFrom.read,
    apply: (changes) =>
      write.prices(
        changes.map(({ record, occurredAt }) => {
          const sourceAt = new Date(occurredAt);
          return { fact: priceRowOf(record, sourceAt), sourceAt };
        }),
      ),
  });
  const channels = createPoller({
    ...from('channels'),
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
    ...from('items'),
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
    pollers: [channels, items, createPoller({ ...pricesFrom, ...prices })],
    pricesKnownAsOf: prices.knownAsOf,
  };
}
