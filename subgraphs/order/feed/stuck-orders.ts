import type { ClientSession } from 'mongoose';
import { clearException, reportException } from '../../../platform/events/exceptions.ts';
import type { Order } from '../domain/order.ts';
import { lostStock } from '../domain/stock-changes.ts';
import type { Room } from '../room.ts';

const KIND = 'ORDER_STUCK';
const reporter = (room: Room, { correlationId }: Order) => ({
  events: room.integration.events,
  source: '/subgraphs/order',
  correlationId,
});

/** Calls people to an order that cannot go on by itself. */
export function callToStuck(room: Room, session: ClientSession, order: Order, detail: string): Promise<void> {
  return reportException(session, reporter(room, order), {
    kind: KIND,
    subjectId: order._id,
    detail,
    ownerTeam: 'order operations',
    audience: 'BUSINESS',
    severity: 'HIGH',
  });
}

/** Nobody need look any more: the order is canceled, or all of it has left. An order nobody was ever called to costs nothing. */
export async function closeStuck(room: Room, session: ClientSession, order: Order): Promise<void> {
  if (!lostStock(order)) return;
  await clearException(session, reporter(room, order), { kind: KIND, subjectId: order._id });
}
