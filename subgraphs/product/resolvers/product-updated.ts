import { GraphError } from '../../../platform/errors.ts';
import { follow } from '../../../platform/graphql/follow.ts';
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
      const isWanted = (change: ArticleChange) =>
        (ids === null || ids.has(change.variantId)) &&
        (args.channelId == null || change.channelIds.includes(args.channelId)) &&
        mayKnow(context.caller.identity, change);
      return follow({
        topic: room.catalogueChanges,
        clock: room.clock,
        caller: context.caller,
        stream: { field: 'productUpdated', args },
        // What changes a whole product is looked at in the next step, for it has to be asked which variants that are.
        wanted: (change) => change.what === 'product' || ids === null || ids.has(change.variantId),
        events: async (change) => (await room.articleChanges(change)).filter(isWanted),
        // The whole catalogue is no state to begin with.
        ...(ids !== null && {
          async present() {
            const changes = await Promise.all(
              [...ids].map((variantId) => room.articleChanges({ what: 'variant', variantId })),
            );
            return changes.flat().filter(isWanted);
          },
        }),
        stateOf: ({ variantId }) => ({ key: `ProductVariant:${variantId}` }),
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
