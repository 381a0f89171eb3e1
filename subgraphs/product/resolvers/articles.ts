import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import { idFromKey } from '../../../platform/ids.ts';
import type { Context } from '../context.ts';
import type { Product, Variant } from '../domain/article.ts';
import type {
  CategoryResolvers,
  ChannelResolvers,
  ProductResolvers,
  ProductVariantResolvers,
} from '../generated.ts';
import type { Room } from '../room.ts';
import { priceOf } from './price.ts';

// A reference is answered with a copy: the federation library writes the type's name on what it is given.

export const productResolvers: ProductResolvers = {
  async __resolveReference({ id }, { loaders }) {
    return copy(await loaders.productById.load(id));
  },
  categories: async ({ categoryIds }, _args, { loaders }) =>
    (await Promise.all(categoryIds.map((id) => loaders.categoryById.load(id)))).filter(
      (category) => category !== null,
    ),
  async variants({ id }, args, { loaders }) {
    const page = pageRequest(args);
    const ids = (await loaders.variantIdsByProduct.load(id)) ?? [];
    const variants = await Promise.all(ids.map((variantId) => loaders.variantById.load(variantId)));
    const bySku = variants.filter((variant) => variant !== null);
    const { after } = page;
    const rest = after === null ? bySku : bySku.filter((variant) => variant.sku > after);
    return pageOf(rest.slice(0, page.first + 1), page, (variant) => variant.sku);
  },
};

export function productVariantResolvers(room: Room): ProductVariantResolvers {
  return {
    async __resolveReference(reference, { loaders }) {
      const id = 'id' in reference ? reference.id : idFromKey('variant', reference.sku.toUpperCase());
      return copy(await loaders.variantById.load(id));
    },
    title: async (variant, _args, context) =>
      variant.standsAlone ? (await productOf(variant, context)).title : variant.title,
    product: (variant, _args, context) => productOf(variant, context),
    price: (variant, args, context) => priceOf(room, variant, args, context),
    externalIdentifiers: ({ sku }) => [{ system: 'erp', value: sku }],
  };
}

export const channelResolvers: ChannelResolvers = {
  async __resolveReference(reference, { loaders }) {
    const channels = await loaders.channels();
    return (
      channels.find((channel) =>
        'id' in reference ? channel.id === reference.id : channel.code === reference.code,
      ) ?? null
    );
  },
};

export const categoryResolvers: CategoryResolvers = {
  async __resolveReference({ id }, { loaders }) {
    return copy(await loaders.categoryById.load(id));
  },
  parent: ({ parentId }, _args, { loaders }) =>
    parentId === null ? null : loaders.categoryById.load(parentId),
};

/** Every variant is written together with its product. */
async function productOf(variant: Variant, { loaders }: Context): Promise<Product> {
  const product = await loaders.productById.load(variant.productId);
  if (product === null) throw new Error(`variant ${variant.id} has no product ${variant.productId}`);
  return product;
}

const copy = <T extends object>(thing: T | null): T | null => (thing === null ? null : { ...thing });
