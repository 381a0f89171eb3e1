import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import { idFromKey } from '../../../platform/ids.ts';
import type { Context } from '../context.ts';
import { gtin14, type Variant } from '../domain/article.ts';
import { queryWords } from '../domain/search.ts';
import { listedStatuses, mayKnow } from '../domain/visibility.ts';
import type { QueryResolvers } from '../generated.ts';
import type { Room } from '../room.ts';

export function queries(room: Room): QueryResolvers {
  return {
    channels: (_parent, _args, { loaders }) => loaders.channels(),
    async channelByCode(_parent, { code }, { loaders }) {
      return (await loaders.channels()).find((channel) => channel.code === code) ?? null;
    },
    async product(_parent, { id }, { loaders, caller }) {
      const product = await loaders.productById.load(id);
      return product !== null && mayKnow(caller.identity, product) ? product : null;
    },
    productVariant: (_parent, { id }, context) => variantFor(context, id),
    productVariantBySku: (_parent, { sku }, context) =>
      variantFor(context, idFromKey('variant', sku.trim().toUpperCase())),
    async productVariantByGtin(_parent, args, context) {
      const gtin = gtin14(args.gtin);
      const id = gtin === null ? null : await context.loaders.variantIdByGtin.load(gtin);
      return id === null ? null : variantFor(context, id);
    },
    async products(_parent, args, { caller }) {
      const page = pageRequest(args);
      const words = queryWords(args.query ?? '');
      const statuses = listedStatuses(caller.identity);
      const found = await room.read.search({ words, channelId: args.channelId ?? null, statuses }, page);
      return pageOf(found, page, (product) => product.id);
    },
  };
}

async function variantFor({ loaders, caller }: Context, id: string): Promise<Variant | null> {
  const variant = await loaders.variantById.load(id);
  return variant !== null && mayKnow(caller.identity, variant) ? variant : null;
}
