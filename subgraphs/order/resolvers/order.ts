import { pageOf, pageRequest } from '../../../platform/graphql/page.ts';
import { money } from '../../../platform/money.ts';
import { quantity } from '../../../platform/quantity.ts';
import { type Order, refundable } from '../domain/order.ts';
import { fulfillmentStatusOf, returnStatusOf } from '../domain/order-axes.ts';
import type { OrderLineResolvers, OrderResolvers } from '../generated.ts';
import { visible } from './orders.ts';

export const orderResolvers: OrderResolvers = {
  async __resolveReference(reference, context) {
    const { loaders } = context;
    return visible(
      await ('id' in reference
        ? loaders.orderById.load(reference.id)
        : loaders.orderByNumber.load(reference.number)),
      context,
    );
  },
  id: (order) => order._id,
  channel: ({ channelId }) => ({ __typename: 'Channel' as const, id: channelId }),
  customer: ({ customerId }) => (customerId === null ? null : { id: customerId }),
  fulfillmentStatus: fulfillmentStatusOf,
  returnStatus: async (order, _args, { loaders }) =>
    returnStatusOf(order, await loaders.returnsByOrder.load(order._id)),
  acknowledgedAt: (order) => order.erpSync.acknowledgedAt,
  lines: (order) => order.lines.map((line) => ({ order, line })),
  fulfillmentOrders: (order) => order.work.map((work) => ({ order, work })),
  returns: (order, _args, { loaders }) => loaders.returnsByOrder.load(order._id),
  ticket: ({ ticket }) =>
    ticket === undefined
      ? null
      : {
          location: { __typename: 'Location' as const, id: ticket.locationId },
          registerId: ticket.registerId,
          registerTransactionId: ticket.transactionId,
        },
  subtotal: (order) => money(order.subtotal, order.currencyCode),
  timeline: (order, args) => timelineOf(order, args),
};

/** A history is short and lies in the order's own document: it is paged by position. */
function timelineOf(order: Order, args: { first?: number | null; after?: string | null }) {
  const request = pageRequest(args);
  const positioned = order.events.map((event, position) => ({
    event,
    key: String(position).padStart(6, '0'),
  }));
  const { after } = request;
  const rows = positioned.filter(({ key }) => after === null || key > after).slice(0, request.first + 1);
  const page = pageOf(rows, request, ({ key }) => key);
  return {
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.event })),
    pageInfo: page.pageInfo,
  };
}

export const orderLineResolvers: OrderLineResolvers = {
  async __resolveReference({ id }, context) {
    const order = visible(await context.loaders.orderByLineId.load(id), context);
    const line = order?.lines.find((candidate) => candidate.id === id);
    return order === null || line === undefined ? null : { order, line };
  },
  id: ({ line }) => line.id,
  variant: ({ line }) => ({ __typename: 'ProductVariant' as const, id: line.variantId, sku: line.sku }),
  titleSnapshot: ({ line }) => line.title,
  quantity: ({ line }) => quantity(line.quantity, line.unit),
  unitPrice: ({ order, line }) => money(line.unitPrice, order.currencyCode),
  amount: ({ order, line }) => money(line.amount, order.currencyCode),
  taxCategoryCode: ({ line }) => line.taxCategoryCode,
  reservation({ line }) {
    const claim = line.claims[0];
    return claim === undefined ? null : { __typename: 'Reservation' as const, id: claim.reservationId };
  },
  fulfilledQuantity: ({ line }) => quantity(line.fulfilled, line.unit),
  canceledQuantity: ({ line }) => quantity(line.canceled, line.unit),
  returnedQuantity: ({ line }) => quantity(line.returned, line.unit),
  refundableQuantity: ({ line }) => quantity(refundable(line), line.unit),
};
