import DataLoader from 'dataloader';
import type { Fresh, FreshCache } from '../../platform/cache/fresh-cache.ts';
import { GraphError } from '../../platform/errors.ts';
import type { Category, Channel, Product, Variant } from './domain/article.ts';
import type { PriceRow } from './domain/price.ts';
import { ALL_CHANNELS, type CatalogueCache } from './store/catalogue-cache.ts';

/** Made anew for each request; each answers one question, from memory where that is fresh enough. */
export interface Loaders {
  readonly variantById: DataLoader<string, Variant | null>;
  readonly productById: DataLoader<string, Product | null>;
  readonly categoryById: DataLoader<string, Category | null>;
  readonly variantIdsByProduct: DataLoader<string, string[] | null>;
  /** By 14-digit GTIN. */
  readonly variantIdByGtin: DataLoader<string, string | null>;
  /** By priceKey; with the moment the rows are known to be what the store has. */
  readonly pricesByKey: DataLoader<string, Fresh<PriceRow[]>>;
  /** All channels by code. */
  readonly channels: () => Promise<Channel[]>;
}

/** The most keys one query carries. */
const MAX_BATCH = 1_000;

export function createLoaders(cache: CatalogueCache): Loaders {
  return {
    variantById: fromCache(cache.variants),
    productById: fromCache(cache.products),
    categoryById: fromCache(cache.categories),
    variantIdsByProduct: fromCache(cache.variantIdsByProduct),
    variantIdByGtin: fromCache(cache.variantIdByGtin),
    pricesByKey: new DataLoader<string, Fresh<PriceRow[]>>((keys) => cache.prices.read(keys), {
      maxBatchSize: MAX_BATCH,
    }),
    async channels() {
      const [all] = await cache.channels.read([ALL_CHANNELS]);
      if (all instanceof GraphError) throw all;
      return all?.value?.map((channel) => ({ ...channel })) ?? [];
    },
  };
}

function fromCache<V>(cache: FreshCache<V>): DataLoader<string, V | null> {
  return new DataLoader<string, V | null>(
    async (keys) => {
      const answers = await cache.read(keys);
      return answers.map((answer) => (answer instanceof GraphError ? answer : answer.value));
    },
    { maxBatchSize: MAX_BATCH },
  );
}
