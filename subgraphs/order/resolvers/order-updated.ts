import { GraphError } from '../../../platform/errors.ts';
import { follow } from '../../../platform/graphql/follow.ts';
import type { Topic } from '../../../platform/graphql/topic.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import type { Order } from '../domain/order.ts';
import { maySee } from '../domain/visibility.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';

/** Where orders stand, step by step: an event carries the order as that step left it, or a later one that followed at once. Versions only rise. */
export function orderSubscriptions(
  { orders, clock }: Room,
  topic: Topic<Order>,
): Required<Pick<SubscriptionResolvers, 'orderUpdated' | 'ordersUpdated'>> {
  return {
    orderUpdated: {
      subscribe(_parent, args, { caller }) {
        const wanted = (order: Order) => order._id === args.id && maySee(caller.identity, order);
        return follow({
          topic,
          clock,
          caller,
          stream: { field: 'orderUpdated', args },
          wanted,
          events: (order) => [order],
          present: async () => (await orders.byIds([args.id])).filter(wanted),
          stateOf,
        });
      },
      resolve: told,
    },
    ordersUpdated: {
      subscribe(_parent, args, { caller }) {
        if (!hasScope(caller.identity, 'order:read'))
          throw new GraphError('FORBIDDEN', 'to follow all orders needs the scope order:read');
        const { channelId, locationId } = args;
        return follow({
          topic,
          clock,
          caller,
          stream: { field: 'ordersUpdated', args },
          wanted: (order) =>
            (channelId == null || order.channelId === channelId) &&
            (locationId == null || order.work.some((work) => work.locationId === locationId)),
          events: (order) => [order],
          stateOf,
        });
      },
      resolve: told,
    },
  };
}

const stateOf = ({ _id, version }: Order) => ({ key: `Order:${_id}`, version });

/** The order of an event, with loaders that know nothing of the event before it. */
function told(order: Order, _args: unknown, context: Context): Order {
  context.loaders = context.newLoaders();
  return { ...order };
}
