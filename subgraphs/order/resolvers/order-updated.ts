import { presentThenChanges } from '../../../platform/graphql/present-then-changes.ts';
import type { Topic } from '../../../platform/graphql/topic.ts';
import type { Context } from '../context.ts';
import type { Order } from '../domain/order.ts';
import { maySee } from '../domain/visibility.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';

/** Where orders stand, step by step. An event carries the order as it was written by that step. */
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
      subscribe: (_parent, { channelId, locationId }) =>
        topic.subscribe(
          (order) =>
            (channelId == null || order.channelId === channelId) &&
            (locationId == null || order.work.some((work) => work.locationId === locationId)),
        ),
      resolve: told,
    },
  };
}

/** The order of an event, with loaders that know nothing of the event before it. */
function told(order: Order, _args: unknown, context: Context): Order {
  context.loaders = context.newLoaders();
  return { ...order };
}
