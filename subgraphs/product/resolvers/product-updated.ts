import { GraphError } from '../../../platform/errors.ts';
import { MAX_PAGE } from '../../../platform/graphql/page.ts';
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
      const wanted = (change: ArticleChange) =>
        (ids === null || ids.has(change.variantId)) &&
        (args.channelId == null || change.channelIds.includes(args.channelId)) &&
        mayKnow(context.caller.identity, change);
      const changes = room.articleChanges.subscribe(wanted);
      // Listening begins before the present is read, so that nothing falls between the two.
      const present = await Promise.all([...(ids ?? [])].map((id) => articleChange(context, id))).catch(
        async (error: unknown) => {
          await changes.return?.();
          throw error;
        },
      );
      return after(present.filter((change) => change !== null).filter(wanted), changes);
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

/** `first`, then everything `rest` gives; ends with it. No generator: one that waits cannot be ended from outside. */
function after<T>(first: readonly T[], rest: AsyncIterableIterator<T>): AsyncIterableIterator<T> {
  const waiting = [...first];
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      const value = waiting.shift();
      return value === undefined ? rest.next() : Promise.resolve({ done: false, value });
    },
    return() {
      waiting.length = 0;
      return rest.return?.() ?? Promise.resolve({ done: true, value: undefined });
    },
  };
}
