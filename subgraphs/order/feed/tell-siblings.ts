import type { ClientSession } from 'mongoose';
import { money } from '../../../platform/money.ts';
import { amountOfWork, isLastToShip } from '../domain/ship.ts';
import type { FulfillmentOrder, Order } from '../domain/order.ts';
import type { Room } from '../room.ts';

const SOURCE = '/subgraphs/order';

/** `order.confirmed`: the order stands; what is reserved for it is to be kept for it. */
export async function announceConfirmed(room: Room, session: ClientSession, order: Order): Promise<void> {
  const workOf = (lineId: string, locationId: string) =>
    order.work.find((work) => work.locationId === locationId && work.lines.some((line) => line.orderLineId === lineId))?.id ?? null;
  await publish(room, session, 'order.confirmed', order, {
    orderId: order._id,
    number: order.number,
    channelId: order.channelId,
    customerId: order.customerId,
    currencyCode: order.currencyCode,
    total: money(order.subtotal, order.currencyCode),
    placedAt: order.placedAt.toISOString(),
    reservations: order.lines.flatMap((line) =>
      line.claims.map(({ reservationId, locationId }) => ({ reservationId, orderLineId: line.id, fulfillmentOrderId: workOf(line.id, locationId) })),
    ),
  });
}

/** `order.canceled`: nothing of the order is wanted any more. */
export async function announceCanceled(room: Room, session: ClientSession, order: Order, reasonCode: string): Promise<void> {
  await publish(room, session, 'order.canceled', order, {
    orderId: order._id,
    number: order.number,
    reasonCode,
    reservationIds: order.lines.flatMap((line) => line.claims.map((claim) => claim.reservationId)),
  });
}

/** `order.shipped`: goods have left, or were handed over. Without a shipment (at a till) the work stands for it. */
export async function announceShipped(
  room: Room,
  session: ClientSession,
  order: Order,
  work: FulfillmentOrder,
  shipmentId: string | null,
  shippedAt: Date,
): Promise<void> {
  const lines = new Map(order.lines.map((line) => [line.id, line]));
  await publish(room, session, 'order.shipped', order, {
    orderId: order._id,
    number: order.number,
    fulfillmentOrderId: work.id,
    shipmentId: shipmentId ?? work.id,
    shippedAt: shippedAt.toISOString(),
    lines: work.lines.map(({ orderLineId, quantity }) => ({
      orderLineId,
      variantId: lines.get(orderLineId)?.variantId ?? '',
      locationId: work.locationId,
      quantity,
    })),
    amount: amountOfWork(order, work),
    final: isLastToShip(order, work),
  });
}

async function publish(room: Room, session: ClientSession, type: string, order: Order, data: unknown): Promise<void> {
  await room.integration.events.publish(session, { source: SOURCE, type, subject: order._id, correlationId: order.correlationId, data });
}
