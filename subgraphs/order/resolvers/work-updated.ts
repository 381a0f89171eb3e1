import { GraphError } from '../../../platform/errors.ts';
import { follow } from '../../../platform/graphql/follow.ts';
import type { Topic } from '../../../platform/graphql/topic.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import type { Order } from '../domain/order.ts';
import type { SubscriptionResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import type { FulfillmentOrder } from './models.ts';

/** The work of a place, step by step. A step of an order that is not one of this work may be told again in the state that was told before. */
export function fulfillmentOrderUpdated(
  { clock }: Room,
  topic: Topic<Order>,
): NonNullable<SubscriptionResolvers['fulfillmentOrderUpdated']> {
  return {
    subscribe(_parent, args, { caller }) {
      if (!hasScope(caller.identity, 'order:read'))
        throw new GraphError('FORBIDDEN', 'to follow the work of a place needs the scope order:read');
      const isHere = ({ locationId }: { readonly locationId: string }) => locationId === args.locationId;
      return follow({
        topic,
        clock,
        caller,
        stream: { field: 'fulfillmentOrderUpdated', args },
        wanted: (order) => order.work.some(isHere),
        events: (order) => order.work.filter(isHere).map((work) => ({ order, work })),
        stateOf: ({ work }) => ({ key: `FulfillmentOrder:${work.id}`, version: work.version }),
      });
    },
    resolve(piece: FulfillmentOrder, _args: unknown, context: Context) {
      context.loaders = context.newLoaders();
      return { ...piece };
    },
  };
}
