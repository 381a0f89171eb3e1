import type { Topic } from '../../../platform/graphql/topic.ts';
import type { Order } from '../domain/order.ts';
import type { Return } from '../domain/return.ts';
import type { FinancialDocumentResolvers, Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { cancelOrder } from './cancel-order.ts';
import { acceptFulfillmentOrder, createShipment } from './fulfillment.ts';
import { orderLineResolvers, orderResolvers } from './order.ts';
import { orderSubscriptions } from './order-updated.ts';
import { orderQuestions, ordersOfCustomer, visible } from './orders.ts';
import { recordPick, rejectFulfillmentOrder } from './pick.ts';
import { confirmPickup, expirePickup, markReadyForPickup, pickupDetailsResolvers } from './pickup.ts';
import { placeOrder } from './place-order.ts';
import { createReturnResolvers } from './returns.ts';
import { submitOfflineSales } from './submit-offline-sales.ts';
import {
  fulfillmentOrderLineResolvers,
  fulfillmentOrderResolvers,
  packageResolvers,
  shipmentResolvers,
  workOrderResolvers,
} from './work.ts';
import { fulfillmentOrderUpdated } from './work-updated.ts';

/** Every door of the order subgraph. */
export function createResolvers(
  room: Room,
  topics: { orders: Topic<Order>; returns: Topic<Return> },
): Resolvers {
  const returns = createReturnResolvers(room, topics.returns);
  return {
    ...returns,
    Query: { ...orderQuestions(room), ...returns.Query },
    Mutation: {
      placeOrder: placeOrder(room),
      submitOfflineSales: submitOfflineSales(room),
      cancelOrder: cancelOrder(room),
      acceptFulfillmentOrder: acceptFulfillmentOrder(room),
      rejectFulfillmentOrder: rejectFulfillmentOrder(room),
      recordPick: recordPick(room),
      markReadyForPickup: markReadyForPickup(room),
      confirmPickup: confirmPickup(room),
      expirePickup: expirePickup(room),
      createShipment: createShipment(room),
      ...returns.Mutation,
    },
    Subscription: {
      ...orderSubscriptions(room, topics.orders),
      fulfillmentOrderUpdated: fulfillmentOrderUpdated(room, topics.orders),
      ...returns.Subscription,
    },
    Order: orderResolvers,
    OrderLine: orderLineResolvers,
    WorkOrder: workOrderResolvers,
    FulfillmentOrder: fulfillmentOrderResolvers,
    FulfillmentOrderLine: fulfillmentOrderLineResolvers,
    PickupDetails: pickupDetailsResolvers,
    Shipment: shipmentResolvers,
    Package: packageResolvers,
    Customer: {
      ...returns.Customer,
      __resolveReference: async ({ id }) => ({ id }),
      orders: ordersOfCustomer(room),
    },
    FinancialDocument: {
      ...returns.FinancialDocument,
      __resolveReference: async (document) => document,
      sourceOrder,
    },
  };
}

const sourceOrder: FinancialDocumentResolvers['sourceOrder'] = async ({ orderNumber }, _args, context) =>
  orderNumber == null ? null : visible(await context.loaders.orderByNumber.load(orderNumber), context);
