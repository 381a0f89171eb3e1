import { GraphError } from '../../../platform/errors.ts';
import { MAX_PAGE } from '../../../platform/graphql/page.ts';
import { presentThenChanges } from '../../../platform/graphql/present-then-changes.ts';
import type { Context } from '../context.ts';
import { mayKnow } from '../domain/visibility.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { ArticleChange, Room } from '../room.ts';

export function productUpdated(room: Room): NonNullable<SubscriptionResolvers['productUpdated']> {
  return {
    async subscribe(_parent: object, args, context: Context) {
      const ids = args.ids == null ? null : new Set(args.ids);
      if (ids !== null && ids.size > MAX_PAGE)
        throw new GraphError('BAD_USER_INPUT', `argument "ids" has at most ${MAX_PAGE} ids`, {
          argument: 'ids',
          maximum: MAX_PAGE,
        });
      return presentThenChanges({
        topic: room.articleChanges,
        wanted: (change) =>
          (ids === null || ids.has(change.variantId)) &&
          (args.channelId == null || change.channelIds.includes(args.channelId)) &&
          mayKnow(context.caller.identity, change),
        async present() {
          const changes = await Promise.all([...(ids ?? [])].map((id) => articleChange(context, id)));
          return changes.filter((change) => change !== null);
        },
      });
    },
    // A door of the graph must not answer what it has not read: the state is that of the moment of sending.
    async resolve({ variantId }: ArticleChange, _args: object, context: Context) {
      context.loaders = context.newLoaders();
      const variant = await context.loaders.variantById.load(variantId);
      if (variant === null) throw new Error(`variant ${variantId} changed and is gone`);
      return variant;
    },
  };
}

/** A change of the whole article: all that sell it are told. */
export async function articleChange(
  { loaders }: Pick<Context, 'loaders'>,
  variantId: string,
): Promise<ArticleChange | null> {
  const variant = await loaders.variantById.load(variantId);
  if (variant === null) return null;
  const product = await loaders.productById.load(variant.productId);
  return { variantId, status: variant.status, channelIds: product?.channelIds ?? [] };
}
