import { type Connection, type Model, Schema, type SchemaDefinition } from 'mongoose';
import type { Category, Channel, Product, Variant } from '../domain/article.ts';
import type { PriceRow } from '../domain/price.ts';

/** A fact as it is kept: under `_id`, with a count of its changes and the business time of the last one. */
export type Kept<T extends { readonly id: string }> = Omit<T, 'id'> & {
  readonly _id: string;
  readonly version: number;
  readonly sourceAt: Date;
};

export type VariantRecord = Kept<Variant>;
export type ProductRecord = Kept<Product>;
export type CategoryRecord = Kept<Category>;
export type ChannelRecord = Kept<Channel>;
export type PriceRecord = Kept<PriceRow>;

export interface Collections {
  readonly variants: Model<VariantRecord>;
  readonly products: Model<ProductRecord>;
  readonly categories: Model<CategoryRecord>;
  readonly channels: Model<ChannelRecord>;
  readonly prices: Model<PriceRecord>;
}

export function createCollections(connection: Connection): Collections {
  const variants = keptSchema<VariantRecord>('variants', {
    sku: String,
    productId: String,
    productCode: String,
    standsAlone: Boolean,
    title: String,
    brand: String,
    gtin: String,
    gtins: [String],
    baseUnit: String,
    unitConversions: [{ _id: false, unit: String, factor: String, gtin: String }],
    taxCategoryCode: String,
    trackInventory: Boolean,
    categoryIds: [String],
    status: String,
  });
  variants.index({ productId: 1, sku: 1 });
  variants.index({ gtins: 1 });

  const products = keptSchema<ProductRecord>('products', {
    code: String,
    title: String,
    titleOwner: String,
    brand: String,
    status: String,
    categoryIds: [String],
    tokens: [String],
    channelIds: [String],
  });
  products.index({ tokens: 1 });
  products.index({ channelIds: 1, _id: 1 });

  const categories = keptSchema<CategoryRecord>('categories', {
    code: String,
    name: String,
    parentId: String,
  });
  const channels = keptSchema<ChannelRecord>('channels', {
    code: String,
    name: String,
    market: String,
    defaultCurrency: String,
    priceIncludesTax: Boolean,
  });

  const prices = keptSchema<PriceRecord>('prices', {
    variantId: String,
    channelId: String,
    priceListCode: String,
    currencyCode: String,
    list: String,
    sale: String,
    taxIncluded: Boolean,
    validFrom: Date,
    validTo: Date,
  });
  prices.index({ variantId: 1, channelId: 1 });

  const model = <T>(name: string, schema: Schema<T>): Model<T> =>
    connection.models[name] ?? connection.model<T>(name, schema);
  return {
    variants: model('Variant', variants),
    products: model('Product', products),
    categories: model('Category', categories),
    channels: model('Channel', channels),
    prices: model('Price', prices),
  };
}

function keptSchema<T>(collection: string, facts: SchemaDefinition): Schema<T> {
  // mongoose cannot check a definition against a type parameter; the record types above are what is written and read.
  const definition = {
    _id: String,
    ...facts,
    version: Number,
    sourceAt: Date,
  } as unknown as SchemaDefinition<T>;
  return new Schema<T>(definition, {
    versionKey: false,
    collection,
    minimize: false,
  }) as unknown as Schema<T>;
}
