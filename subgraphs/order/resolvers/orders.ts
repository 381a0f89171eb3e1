import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import type { Context } from '../context.ts';
import type { Order } from '../domain/order.ts';
import { maySee, ordersVisibleTo } from '../domain/visibility.ts';
import type { CustomerResolvers, QueryResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { createdKey, placedKey } from '../store/orders.ts';

type Questions = Required<Pick<QueryResolvers, 'order' | 'orderByNumber' | 'orders' | 'fulfillmentOrders'>>;

/** The order, if the caller may see it; otherwise as if there were none. */
export function visible(order: Order | null, { caller }: Context): Order | null {
  return order !== null && maySee(caller.identity, order) ? { ...order } : null;
}

export function orderQuestions({ orders }: Room): Questions {
  return {
    order: async (_parent, { id }, context) => visible(await context.loaders.orderById.load(id), context),
    orderByNumber: async (_parent, { number }, context) =>
      visible(await context.loaders.orderByNumber.load(number), context),
    async orders(_parent, args, { caller }) {
      const request = pageRequest(args);
      const { channelId, statuses, erpSyncStates, placedAfter } = args.filter ?? {};
      const query = {
        visibility: ordersVisibleTo(caller.identity),
        ...(channelId == null ? {} : { channelId }),
        ...(statuses == null ? {} : { statuses }),
        ...(erpSyncStates == null ? {} : { erpSyncStates }),
        ...(placedAfter == null ? {} : { placedAfter: new Date(placedAfter) }),
      };
      return pageOf(await orders.page(query, request.first + 1, request.after), request, placedKey);
    },
    async fulfillmentOrders(_parent, { locationId, states, ...args }) {
      const request = pageRequest(args);
      const found = await orders.withWorkAt(locationId, states ?? null, request.first + 1, request.after);
      const page = pageOf(found, request, createdKey);
      // An order has one piece of work a place and method: its edge shows the first that was asked for.
      const edges = page.edges.map(({ cursor, node: order }) => {
        const work = order.work.find(
          (piece) => piece.locationId === locationId && (states == null || states.includes(piece.state)),
        );
        if (work === undefined)
          throw new Error(`order ${order._id} was found by work at ${locationId} and has none`);
        return { cursor, node: { order, work } };
      });
      return { edges, pageInfo: page.pageInfo };
    },
  };
}

/** A customer's own page of orders; the row rule is the same as for the list of all. */
export function ordersOfCustomer({ orders }: Room): NonNullable<CustomerResolvers['orders']> {
  return async (customer, args, { caller }) => {
    const request = pageRequest(args);
    const query = { visibility: ordersVisibleTo(caller.identity), customerId: customer.id };
    return pageOf(await orders.page(query, request.first + 1, request.after), request, placedKey);
  };
}
