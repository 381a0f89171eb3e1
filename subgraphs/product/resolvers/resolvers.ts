import type { Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import {
  categoryResolvers,
  channelResolvers,
  productResolvers,
  productVariantResolvers,
} from './articles.ts';
import { priceResolvers } from './price.ts';
import { productUpdated } from './product-updated.ts';
import { queries } from './queries.ts';
import { upsertProduct } from './upsert-product.ts';

export function createResolvers(room: Room): Resolvers {
  return {
    Query: queries(room),
    Mutation: { upsertProduct: upsertProduct(room) },
    Subscription: { productUpdated: productUpdated(room) },
    Product: productResolvers,
    ProductVariant: productVariantResolvers(room),
    Channel: channelResolvers,
    Category: categoryResolvers,
    Price: priceResolvers,
    UserError: { __resolveType: () => 'ProductUserError' },
  };
}
