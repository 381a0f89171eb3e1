import type { ClientSession } from 'mongoose';
import type { Clock } from '../../../platform/clock.ts';
import type { Store } from '../../../platform/store/store.ts';
import type { Category, Channel, Product, Variant } from '../domain/article.ts';
import type { PriceRow } from '../domain/price.ts';
import { productOf, sameProduct } from '../domain/product.ts';
import type { Collections, VariantRecord } from './collections.ts';
import { type Dated, factOf, factsById, keepNews, write } from './keep.ts';

/** What the feeds write. Each call takes a whole page, and taking a page again changes nothing. */
export interface CatalogueWriter {
  variants(variants: readonly Dated<Variant>[], categories: readonly Dated<Category>[]): Promise<void>;
  prices(prices: readonly Dated<PriceRow>[]): Promise<void>;
  channels(channels: readonly Dated<Channel>[]): Promise<void>;
}

export function createCatalogueWriter(options: {
  store: Store;
  collections: Collections;
  clock: Clock;
}): CatalogueWriter {
  const { store, collections, clock } = options;

  /** Makes products say what their variants say now. */
  async function followVariants(heads: ReadonlyMap<string, string>, session: ClientSession): Promise<void> {
    const ids = [...heads.keys()];
    const before = await factsById<Product>(collections.products, ids, session);
    const variants = await collections.variants
      .find({ productId: { $in: ids } })
      .session(session)
      .lean<VariantRecord[]>();
    const byProduct = Map.groupBy(
      variants.map((record) => factOf<Variant>(record)),
      (variant) => variant.productId,
    );
    const changed = ids.flatMap((id) => {
      const known = before.get(id) ?? null;
      const head = { id, code: known === null ? (heads.get(id) ?? null) : known.code };
      const product = productOf(head, byProduct.get(id) ?? [], known?.channelIds ?? [], known);
      return known !== null && sameProduct(known, product) ? [] : [{ fact: product, sourceAt: clock.now() }];
    });
    await write<Product>(collections.products, changed, session);
  }

  /**
   * Tells products in which channels their variants have a price. Items and prices come by two feeds at once: each writes its own
   * facts first and then looks here for the other's, so whichever is second finds both.
   */
  async function linkChannels(variantIds: readonly string[]): Promise<void> {
    const prices = await collections.prices
      .find({ variantId: { $in: [...variantIds] } }, { variantId: 1, channelId: 1 })
      .lean<{ variantId: string; channelId: string }[]>();
    const priced = [...new Set(prices.map((price) => price.variantId))];
    const variants = await collections.variants
      .find({ _id: { $in: priced } }, { productId: 1 })
      .lean<{ _id: string; productId: string }[]>();
    const productOfVariant = new Map(variants.map((variant) => [variant._id, variant.productId]));
    const wanted = Map.groupBy(prices, (price) => productOfVariant.get(price.variantId));
    const products = await factsById<Product>(
      collections.products,
      [...wanted.keys()].filter((id) => id !== undefined),
    );
    const updates = [...products.values()].flatMap((product) => {
      const channels = new Set(wanted.get(product.id)?.map((price) => price.channelId));
      const missing = [...channels].filter((id) => !product.channelIds.includes(id));
      if (missing.length === 0) return [];
      const update = { $addToSet: { channelIds: { $each: missing } }, $inc: { version: 1 } };
      return [{ updateOne: { filter: { _id: product.id }, update } }];
    });
    if (updates.length > 0) await collections.products.bulkWrite(updates);
  }

  return {
    async variants(variants, categories) {
      await store.transaction(async (session) => {
        await keepNews<Category>(collections.categories, categories, session);
        const changed = await keepNews<Variant>(collections.variants, variants, session);
        const heads = new Map<string, string>();
        for (const { fact, before } of changed) {
          // A variant that moved leaves a product behind that has to forget it.
          if (before !== null) heads.set(before.productId, before.productCode);
          heads.set(fact.productId, fact.productCode);
        }
        if (heads.size > 0) await followVariants(heads, session);
      });
      await linkChannels(variants.map(({ fact }) => fact.id));
    },
    async prices(prices) {
      await store.transaction((session) => keepNews<PriceRow>(collections.prices, prices, session));
      await linkChannels([...new Set(prices.map(({ fact }) => fact.variantId))]);
    },
    async channels(channels) {
      await store.transaction((session) => keepNews<Channel>(collections.channels, channels, session));
    },
  };
}
