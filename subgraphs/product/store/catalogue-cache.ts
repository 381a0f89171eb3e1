import type { Connection } from 'mongoose';
import { createFreshCache, type FreshCache } from '../../../platform/cache/fresh-cache.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Change, type ChangeTail, createChangeTail } from '../../../platform/store/change-tail.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { Category, Channel, Product, Variant } from '../domain/article.ts';
import type { PriceRow } from '../domain/price.ts';
import type { PriceRecord, VariantRecord } from './collections.ts';
import { type CatalogueReader, priceKey } from './read-catalogue.ts';

/** The catalogue in memory: warm, a product page costs no read of the store. */
export interface CatalogueCache {
  readonly variants: FreshCache<Variant>;
  readonly products: FreshCache<Product>;
  readonly categories: FreshCache<Category>;
  /** One entry, under ALL_CHANNELS: there are few. */
  readonly channels: FreshCache<Channel[]>;
  readonly variantIdsByProduct: FreshCache<string[]>;
  readonly variantIdByGtin: FreshCache<string>;
  /** By priceKey. */
  readonly prices: FreshCache<PriceRow[]>;
  /** Drops what changes, by whatever process; runs as long as the subgraph. */
  readonly tail: ChangeTail;
}

/** What changed, for those who listen. */
export type CatalogueChange =
  | { readonly what: 'variant'; readonly variantId: string }
  | { readonly what: 'product'; readonly productId: string }
  | { readonly what: 'price'; readonly variantId: string; readonly channelId: string };

/** What a change in the store is to those who listen; null: nothing. */
export function catalogueChangeOf({ collection, id, document }: Change<unknown>): CatalogueChange | null {
  if (document === null) return null;
  switch (collection) {
    case 'variants':
      return { what: 'variant', variantId: id };
    case 'products':
      return { what: 'product', productId: id };
    case 'prices': {
      const { variantId, channelId } = document as PriceRecord;
      return { what: 'price', variantId, channelId };
    }
    default:
      return null;
  }
}

export const ALL_CHANNELS = 'all';

/** The bounds of the schema's `@sor`. */
const CONTENT_STALENESS_MS = 900_000;
const PRICE_STALENESS_MS = 60_000;
/** About 1 kB an entry: some tens of megabytes at most. */
const MAX_ARTICLES = 50_000;
const MAX_PRICES = 100_000;
const MAX_CATEGORIES = 5_000;

export function createCatalogueCache(options: {
  read: CatalogueReader;
  connection: Connection;
  clock: Clock;
  logger: Logger;
  /** Called with each change, after what changed was dropped. */
  onChange(change: Change<unknown>): void;
  /** Called when changes may have been missed. */
  onGap(): void;
}): CatalogueCache {
  const { read, clock } = options;
  const common = { clock, currentAsOf: () => tail.currentAsOf() };
  const content = { ...common, maxStalenessMs: CONTENT_STALENESS_MS, maxEntries: MAX_ARTICLES };
  const caches = {
    variants: createFreshCache<Variant>({ ...content, load: read.variants }),
    products: createFreshCache<Product>({ ...content, load: read.products }),
    categories: createFreshCache<Category>({
      ...content,
      maxEntries: MAX_CATEGORIES,
      load: read.categories,
    }),
    channels: createFreshCache<Channel[]>({
      ...content,
      maxEntries: 1,
      load: async () => new Map([[ALL_CHANNELS, await read.channels()]]),
    }),
    variantIdsByProduct: createFreshCache<string[]>({ ...content, load: read.variantIdsByProduct }),
    variantIdByGtin: createFreshCache<string>({ ...content, load: read.variantIdByGtin }),
    prices: createFreshCache<PriceRow[]>({
      ...common,
      maxStalenessMs: PRICE_STALENESS_MS,
      maxEntries: MAX_PRICES,
      load: read.prices,
    }),
  };

  function forgetAll(): void {
    for (const cache of Object.values(caches)) cache.invalidateAll();
  }

  function drop({ collection, id, document }: Change<unknown>): void {
    // Nothing is deleted here in the ordinary course; whoever repairs the database by hand gets a clean start.
    if (document === null) {
      forgetAll();
      return;
    }
    switch (collection) {
      case 'variants': {
        const { productId, gtins } = document as VariantRecord;
        caches.variants.invalidate(id);
        caches.variantIdsByProduct.invalidate(productId);
        for (const gtin of gtins) caches.variantIdByGtin.invalidate(gtin);
        return;
      }
      case 'products':
        caches.products.invalidate(id);
        // A variant that moved changed the product it left, and this is how we hear of that.
        caches.variantIdsByProduct.invalidate(id);
        return;
      case 'categories':
        caches.categories.invalidate(id);
        return;
      case 'channels':
        caches.channels.invalidate(ALL_CHANNELS);
        return;
      case 'prices': {
        const { variantId, channelId } = document as PriceRecord;
        caches.prices.invalidate(priceKey(variantId, channelId));
      }
    }
  }

  const tail = createChangeTail<unknown>({
    name: 'product/catalogue',
    connection: options.connection,
    collections: ['variants', 'products', 'categories', 'channels', 'prices'],
    clock,
    logger: options.logger,
    onChange(change) {
      drop(change);
      options.onChange(change);
    },
    onGap() {
      forgetAll();
      options.onGap();
    },
  });
  return { ...caches, tail };
}
