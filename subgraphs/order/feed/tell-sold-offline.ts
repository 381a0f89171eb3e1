import type { ClientSession } from 'mongoose';
import type { Order } from '../domain/order.ts';
import type { Room } from '../room.ts';
import { publishOf } from './tell-siblings.ts';

/** `order.soldOffline`: a till handed goods over that nobody could claim; they are gone since then. Not told of services. */
export async function announceSoldOffline(room: Room, session: ClientSession, order: Order): Promise<void> {
  const { ticket } = order;
  const lines = order.work.flatMap((work) => work.lines);
  if (ticket === undefined || lines.length === 0) return;
  const variants = new Map(order.lines.map((line) => [line.id, line.variantId]));
  await publishOf(room, session, 'order.soldOffline', order, {
    orderId: order._id,
    number: order.number,
    locationId: ticket.locationId,
    registerId: ticket.registerId,
    registerTransactionId: ticket.transactionId,
    occurredAt: order.placedAt.toISOString(),
    lines: lines.map(({ orderLineId, quantity }) => ({
      orderLineId,
      variantId: variants.get(orderLineId) ?? '',
      quantity,
    })),
  });
}
