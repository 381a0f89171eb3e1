import { GraphError } from '../../../platform/errors.ts';
import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import type { Order } from '../domain/order.ts';
import { ticketOrderId } from '../domain/till-ticket.ts';
import { maySee, ordersVisibleTo } from '../domain/visibility.ts';
import type { CustomerResolvers, QueryResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { createdKey, placedKey } from '../store/orders.ts';

type Questions = Required<
  Pick<QueryResolvers, 'order' | 'orderByNumber' | 'orderByTicket' | 'orders' | 'fulfillmentOrders'>
>;

/** The order, if the caller may see it; otherwise as if there were none. */
export function visible(order: Order | null, { caller }: Context): Order | null {
  return order !== null && maySee(caller.identity, order) ? { ...order } : null;
}

export function orderQuestions({ orders }: Room): Questions {
  return {
    order: async (_parent, { id }, context) => visible(await context.loaders.orderById.load(id), context),
    orderByNumber: async (_parent, { number }, context) =>
      visible(await context.loaders.orderByNumber.load(number), context),
    async orderByTicket(_parent, { locationId, registerId, registerTransactionId }, context) {
      const ticket = { locationId, registerId, transactionId: registerTransactionId };
      return visible(await context.loaders.orderById.load(ticketOrderId(ticket)), context);
    },
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
    async fulfillmentOrders(_parent, { locationId, states, ...args }, { caller }) {
      if (!hasScope(caller.identity, 'order:read'))
        throw new GraphError('FORBIDDEN', 'the work of a place needs the scope order:read');
      const request = pageRequest(args);
      const position = request.after === null ? null : workPosition(request.after);
      // One order more than the page has room for: the one the last page ended in may have nothing left.
      const found = await orders.withWorkAt(
        locationId,
        states ?? null,
        request.first + 2,
        position?.orderKey ?? null,
      );
      const pieces = found.flatMap((order) =>
        order.work.flatMap((work, index) => {
          const isWanted = work.locationId === locationId && (states == null || states.includes(work.state));
          const key = createdKey(order);
          const isShown = position?.orderKey === key && index <= position.index;
          return isWanted && !isShown ? [{ order, work, key: `${key}|${index}` }] : [];
        }),
      );
      const page = pageOf(pieces, request, ({ key }) => key);
      return {
        edges: page.edges.map(({ cursor, node: { order, work } }) => ({ cursor, node: { order, work } })),
        pageInfo: page.pageInfo,
      };
    },
  };
}

/** A piece of work stands in its place's list by its order, and by its position in that. */
function workPosition(key: string): { readonly orderKey: string; readonly index: number } {
  const separator = key.lastIndexOf('|');
  return { orderKey: key.slice(0, separator), index: Number(key.slice(separator + 1)) };
}

/** A customer's own page of orders; the row rule is the same as for the list of all. */
export function ordersOfCustomer({ orders }: Room): NonNullable<CustomerResolvers['orders']> {
  return async (customer, args, { caller }) => {
    const request = pageRequest(args);
    const query = { visibility: ordersVisibleTo(caller.identity), customerId: customer.id };
    return pageOf(await orders.page(query, request.first + 1, request.after), request, placedKey);
  };
}
