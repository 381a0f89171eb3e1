import type { ClientSession } from 'mongoose';
import type { FulfillmentOrder, Order } from '../domain/order.ts';
import type { PickedUnits, PickOutcome } from '../domain/pick.ts';
import { claimsOf } from '../domain/reject.ts';
import type { Room } from '../room.ts';
import { publishOf } from './tell-siblings.ts';

/** `order.picked` for what was taken from the shelf, `order.pickedShort` for what is not there. */
export async function announcePick(
  room: Room,
  session: ClientSession,
  work: FulfillmentOrder,
  { order, picked, short }: PickOutcome,
): Promise<void> {
  const about = {
    orderId: order._id,
    number: order.number,
    fulfillmentOrderId: work.id,
    pickedAt: order.updatedAt.toISOString(),
  };
  if (picked.length > 0)
    await publishOf(room, session, 'order.picked', order, {
      ...about,
      lines: picked.map((units) => unitsAt(order, work, units)),
    });
  if (short.length === 0) return;
  const claims = claimsOf(order, work);
  await publishOf(room, session, 'order.pickedShort', order, {
    ...about,
    method: work.method,
    lines: short.map(({ reasonCode, ...units }) => ({
      ...unitsAt(order, work, units),
      reasonCode,
      reservationIds: claims
        .filter(({ orderLineId }) => orderLineId === units.orderLineId)
        .map(({ reservationId }) => reservationId),
    })),
  });
}

/** `order.workRejected`: what was claimed for the work at its place is to be claimed at another. */
export async function announceRejected(
  room: Room,
  session: ClientSession,
  order: Order,
  work: FulfillmentOrder,
  reasonCode: string,
): Promise<void> {
  await publishOf(room, session, 'order.workRejected', order, {
    orderId: order._id,
    number: order.number,
    fulfillmentOrderId: work.id,
    rejectedAt: order.updatedAt.toISOString(),
    method: work.method,
    reasonCode,
    reservationIds: claimsOf(order, work).map(({ reservationId }) => reservationId),
  });
}

/** Units of an order line at the place of a piece of work, as siblings are told of them. */
export function unitsAt(
  order: Order,
  { locationId }: FulfillmentOrder,
  { orderLineId, quantity }: PickedUnits,
) {
  const variantId = order.lines.find(({ id }) => id === orderLineId)?.variantId ?? '';
  return { orderLineId, variantId, locationId, quantity };
}
