import type { ClientSession } from 'mongoose';
import { type Money, money } from '../../../platform/money.ts';
import type { Claim, FulfillmentOrder, Order } from '../domain/order.ts';
import { amountLeft, amountOfWork, isLastToShip, workSettled } from '../domain/ship.ts';
import type { Room } from '../room.ts';
import { closeStuck } from './stuck-orders.ts';

const SOURCE = '/subgraphs/order';

/** `order.confirmed`: the order stands; what is reserved for it is to be kept for it. */
export async function announceConfirmed(room: Room, session: ClientSession, order: Order): Promise<void> {
  const workOf = (lineId: string, { locationId, quantity, backordered }: Claim) => {
    const atPlace = order.work.filter(
      (work) => work.locationId === locationId && work.lines.some((line) => line.orderLineId === lineId),
    );
    const waits = backordered === quantity;
    return atPlace.find(({ state }) => (state === 'SCHEDULED') === waits) ?? atPlace[0];
  };
  await publishOf(room, session, 'order.confirmed', order, {
    orderId: order._id,
    number: order.number,
    channelId: order.channelId,
    customerId: order.customerId,
    currencyCode: order.currencyCode,
    total: money(order.subtotal, order.currencyCode),
    placedAt: order.placedAt.toISOString(),
    reservations: order.lines.flatMap((line) =>
      line.claims.map((claim) => {
        const work = workOf(line.id, claim);
        return {
          reservationId: claim.reservationId,
          orderLineId: line.id,
          fulfillmentOrderId: work?.id ?? null,
          method: work?.method ?? null,
        };
      }),
    ),
  });
}

/** `order.canceled`: nothing of the order is wanted any more. */
export async function announceCanceled(
  room: Room,
  session: ClientSession,
  order: Order,
  reasonCode: string,
): Promise<void> {
  await publishOf(room, session, 'order.canceled', order, {
    orderId: order._id,
    number: order.number,
    reasonCode,
    reservationIds: order.lines.flatMap((line) => line.claims.map((claim) => claim.reservationId)),
  });
  await closeStuck(room, session, order);
}

/** `order.shipped`: the goods of a piece of work have left; with the last one, what is left of the order is to be taken. */
export async function announceShipped(
  room: Room,
  session: ClientSession,
  order: Order,
  work: FulfillmentOrder,
  departure: Pick<Departure, 'shipmentId' | 'shippedAt' | 'handedOver'>,
): Promise<void> {
  const final = isLastToShip(order, work);
  const before = workSettled(order);
  const amount = final ? amountLeft(order, before) : amountOfWork(order, before, work);
  await publishShipped(room, session, order, { work, ...departure, amount, final });
}

/** `order.shipped` for what was done with the sale itself: goods carried home from the till, and services, which need not travel. */
export async function announceHandedOver(room: Room, session: ClientSession, order: Order): Promise<void> {
  const isDone = order.status === 'COMPLETED';
  const shippedAt = order.placedAt;
  const handedOver = workSettled(order);
  for (const [index, work] of handedOver.entries()) {
    const before = handedOver.slice(0, index);
    const final = isDone && index === handedOver.length - 1;
    const amount = final ? amountLeft(order, before) : amountOfWork(order, before, work);
    await publishShipped(room, session, order, { work, shipmentId: work.id, shippedAt, amount, final });
  }
  if (!isDone || handedOver.length > 0) return;
  // Nothing to carry at all: the order itself stands for the work that there is not.
  await publishShipped(room, session, order, {
    work: null,
    shipmentId: order._id,
    shippedAt,
    amount: amountLeft(order, []),
    final: true,
  });
}

interface Departure {
  readonly work: FulfillmentOrder | null;
  readonly shipmentId: string;
  readonly shippedAt: Date;
  readonly amount: Money;
  readonly final: boolean;
  /** The customer took them from our hands; absent: they travel. */
  readonly handedOver?: true;
}

async function publishShipped(
  room: Room,
  session: ClientSession,
  order: Order,
  { work, shippedAt, ...departure }: Departure,
): Promise<void> {
  const variants = new Map(order.lines.map((line) => [line.id, line.variantId]));
  await publishOf(room, session, 'order.shipped', order, {
    orderId: order._id,
    number: order.number,
    fulfillmentOrderId: work?.id ?? order._id,
    shippedAt: shippedAt.toISOString(),
    // Of what a till sold by itself inventory is told by the ticket.
    lines: (order.ticket === undefined ? (work?.lines ?? []) : []).map(({ orderLineId, quantity }) => ({
      orderLineId,
      variantId: variants.get(orderLineId) ?? '',
      locationId: work?.locationId,
      quantity,
    })),
    ...departure,
  });
  if (departure.final) await closeStuck(room, session, order);
}

/** Tells siblings of an order, in the transaction of its change. */
export async function publishOf(
  room: Room,
  session: ClientSession,
  type: string,
  order: Order,
  data: unknown,
): Promise<void> {
  await room.integration.events.publish(session, {
    source: SOURCE,
    type,
    subject: order._id,
    correlationId: order.correlationId,
    data,
  });
}
