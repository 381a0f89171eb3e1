import type { ClientSession } from 'mongoose';
import { clearException, reportException } from '../../../platform/events/exceptions.ts';
import type { FulfillmentOrder, Order } from '../domain/order.ts';
import type { Room } from '../room.ts';
import { publishOf } from './tell-siblings.ts';

const STALE = 'STALE_PICKUP_RESERVATION';

/** `order.readyForPickup`: a messenger tells the customer. The code is not in it: events are kept and read by many. */
export async function announceReady(
  room: Room,
  session: ClientSession,
  order: Order,
  work: FulfillmentOrder,
): Promise<void> {
  await publishOf(room, session, 'order.readyForPickup', order, aboutPickup(order, work));
}

/** `order.pickupReminder`: a messenger reminds the customer. With the last reminder the store is told too, that somebody may call. */
export async function announceReminder(
  room: Room,
  session: ClientSession,
  order: Order,
  work: FulfillmentOrder,
): Promise<void> {
  const { pickup } = work;
  if (pickup === undefined) return;
  await publishOf(room, session, 'order.pickupReminder', order, {
    ...aboutPickup(order, work),
    reminder: pickup.remindersSent,
  });
  if (pickup.dueAt?.getTime() !== pickup.expiresAt.getTime()) return;
  await reportException(session, reporter(room, order), {
    kind: STALE,
    subjectId: work.id,
    detail: `order ${order.number}: goods are kept for collection until ${pickup.expiresAt.toISOString()}, and nobody has come`,
    ownerTeam: 'stores',
    audience: 'BUSINESS',
    severity: 'MEDIUM',
  });
}

/** Nobody need call the customer any more: the goods were collected, given up or canceled. */
export async function forgetPickup(
  room: Room,
  session: ClientSession,
  order: Order,
  work: FulfillmentOrder,
): Promise<void> {
  if (work.pickup === undefined || work.pickup.remindersSent === 0) return;
  await clearException(session, reporter(room, order), { kind: STALE, subjectId: work.id });
}

function aboutPickup(order: Order, work: FulfillmentOrder) {
  return {
    orderId: order._id,
    number: order.number,
    customerId: order.customerId,
    fulfillmentOrderId: work.id,
    locationId: work.locationId,
    readyAt: work.pickup?.readyAt.toISOString(),
    expiresAt: work.pickup?.expiresAt.toISOString(),
  };
}

const reporter = (room: Room, { correlationId }: Order) => ({
  events: room.integration.events,
  source: '/subgraphs/order',
  correlationId,
});
