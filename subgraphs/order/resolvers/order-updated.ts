import { GraphError } from '../../../platform/errors.ts';
import { presentThenChanges } from '../../../platform/graphql/present-then-changes.ts';
import type { Topic } from '../../../platform/graphql/topic.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import type { Order } from '../domain/order.ts';
import { maySee } from '../domain/visibility.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';

/** Where orders stand, step by step: an event carries the order as that step left it, or a later one that followed at once. Versions only rise. */
export function orderSubscriptions(
  { orders }: Room,
  topic: Topic<Order>,
): Required<Pick<SubscriptionResolvers, 'orderUpdated' | 'ordersUpdated'>> {
  return {
    orderUpdated: {
      subscribe: (_parent, { id }, { caller }) =>
        presentThenChanges({
          topic,
          wanted: (order) => order._id === id && maySee(caller.identity, order),
          present: () => orders.byIds([id]),
          versionOf: ({ _id, version }) => ({ key: _id, version }),
        }),
      resolve: told,
    },
    ordersUpdated: {
      subscribe(_parent, { channelId, locationId }, { caller }) {
        if (!hasScope(caller.identity, 'order:read'))
          throw new GraphError('FORBIDDEN', 'to follow all orders needs the scope order:read');
        return topic.subscribe(
          (order) =>
            (channelId == null || order.channelId === channelId) &&
            (locationId == null || order.work.some((work) => work.locationId === locationId)),
        );
      },
      resolve: told,
    },
  };
}

/** The order of an event, with loaders that know nothing of the event before it. */
function told(order: Order, _args: unknown, context: Context): Order {
  context.loaders = context.newLoaders();
  return { ...order };
}
