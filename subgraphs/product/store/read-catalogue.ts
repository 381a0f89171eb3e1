import type { QueryFilter } from 'mongoose';
import type { PageRequest } from '../../../platform/graphql/page.ts';
import type { Category, Channel, Product, ProductStatus, Variant } from '../domain/article.ts';
import type { PriceRow } from '../domain/price.ts';
import type { Collections, PriceRecord, ProductRecord, VariantRecord } from './collections.ts';
import { factOf, factsById } from './keep.ts';

/** One query a call, whatever the number of keys. Keys of things that do not exist are left out of an answer. */
export interface CatalogueReader {
  variants(ids: readonly string[]): Promise<Map<string, Variant>>;
  products(ids: readonly string[]): Promise<Map<string, Product>>;
  categories(ids: readonly string[]): Promise<Map<string, Category>>;
  /** All channels by code. */
  channels(): Promise<Channel[]>;
  /** The ids of each product's variants by SKU. */
  variantIdsByProduct(productIds: readonly string[]): Promise<Map<string, string[]>>;
  /** The variant that carries each 14-digit GTIN; of several the one with the first SKU. */
  variantIdByGtin(gtins: readonly string[]): Promise<Map<string, string>>;
  /** The price rows of each `priceKey`. */
  prices(keys: readonly string[]): Promise<Map<string, PriceRow[]>>;
  /** Products in the order of their ids: one more than the page asks for, when there are more. */
  search(question: Question, page: PageRequest): Promise<Product[]>;
}

export interface Question {
  /** Each must begin one of the product's tokens. */
  readonly words: readonly string[];
  readonly channelId: string | null;
  readonly statuses: readonly ProductStatus[];
}

/** Names the prices of one variant in one channel. */
export function priceKey(variantId: string, channelId: string): string {
  return JSON.stringify([variantId, channelId]);
}

export function createCatalogueReader(collections: Collections): CatalogueReader {
  return {
    variants: (ids) => factsById<Variant>(collections.variants, ids),
    products: (ids) => factsById<Product>(collections.products, ids),
    categories: (ids) => factsById<Category>(collections.categories, ids),
    async channels() {
      const records = await collections.channels.find().sort({ _id: 1 }).lean();
      return records.map((record) => factOf<Channel>(record)).sort((a, b) => (a.code < b.code ? -1 : 1));
    },
    async variantIdsByProduct(productIds) {
      const found = await collections.variants
        .find({ productId: { $in: [...productIds] } }, { productId: 1 })
        .sort({ productId: 1, sku: 1 })
        .lean<Pick<VariantRecord, '_id' | 'productId'>[]>();
      const byProduct = Map.groupBy(found, (record) => record.productId);
      return new Map([...byProduct].map(([id, records]) => [id, records.map((record) => record._id)]));
    },
    async variantIdByGtin(gtins) {
      const found = await collections.variants
        .find({ gtins: { $in: [...gtins] } }, { gtins: 1, sku: 1 })
        .lean<Pick<VariantRecord, '_id' | 'gtins' | 'sku'>[]>();
      // The first SKU is written last, and so it is the one that stays.
      const bySkuDescending = found.sort((a, b) => (a.sku < b.sku ? 1 : -1));
      return new Map(
        bySkuDescending.flatMap(({ _id, gtins: carried }) => carried.map((gtin) => [gtin, _id])),
      );
    },
    async prices(keys) {
      const asked = keys.map((key) => JSON.parse(key) as [string, string]);
      const records = await collections.prices
        .find({
          variantId: { $in: [...new Set(asked.map(([variantId]) => variantId))] },
          channelId: { $in: [...new Set(asked.map(([, channelId]) => channelId))] },
        })
        .lean<PriceRecord[]>();
      return Map.groupBy(
        records.map((record) => factOf<PriceRow>(record)),
        (row) => priceKey(row.variantId, row.channelId),
      );
    },
    async search({ words, channelId, statuses }, { first, after }) {
      const conditions: QueryFilter<ProductRecord>[] = words.map((word) => ({ tokens: beginningWith(word) }));
      if (channelId !== null) conditions.push({ channelIds: channelId });
      if (after !== null) conditions.push({ _id: { $gt: after } });
      conditions.push({ status: { $in: [...statuses] } });
      const records = await collections.products
        .find({ $and: conditions })
        .sort({ _id: 1 })
        .limit(first + 1)
        .lean<ProductRecord[]>();
      return records.map((record) => factOf<Product>(record));
    },
  };
}

/** An anchored pattern of plain characters: the store reads it as a range of the index, not as a pattern to try on every token. */
function beginningWith(word: string): RegExp {
  return new RegExp(`^${word.replace(/[^\p{L}\p{N}]/gu, '\\$&')}`);
}
