import type { ClientSession } from 'mongoose';
import { z } from 'zod';
import { createConsumer } from '../../../platform/events/consumer.ts';
import type { DomainEvent } from '../../../platform/events/events.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Order, OrderEvent } from '../domain/order.ts';
import { loseClaim, moveClaim, STOCK_GONE, STOCK_MOVED } from '../domain/stock-changes.ts';
import type { Room } from '../room.ts';
import { backorderHandlers } from './backorders.ts';
import { callToStuck } from './stuck-orders.ts';

const lostSchema = z.object({
  orderId: z.string(),
  reservationId: z.string(),
  reason: z.string(),
  quantity: z.number().int().positive().optional(),
});
const movedSchema = lostSchema.extend({ toReservationId: z.string(), toLocationId: z.string() });

const ENDED: ReadonlySet<Order['status']> = new Set(['COMPLETED', 'CANCELED']);

/**
 * What inventory had to take back from a confirmed order. Served from another place: the order's work goes along. Not to be served any more: the
 * order says so, whoever watches it is told, and people decide whether to substitute, to wait or to cancel. Nothing is canceled by itself.
 */
export function createStockChanges(room: Room): Running {
  const { integration, clock, logger, orders, newId } = room;

  const eventOf = (type: string, { time }: DomainEvent): OrderEvent => ({
    id: newId(),
    type,
    occurredAt: new Date(time),
    recordedAt: clock.now(),
    actor: 'subgraph:inventory',
    sourceSystem: 'GRAPH',
  });

  async function openOrder(session: ClientSession, id: string): Promise<Order | null> {
    const order = await orders.find(session, id);
    return order === null || ENDED.has(order.status) ? null : order;
  }

  async function write(session: ClientSession, before: Order, after: Order): Promise<void> {
    if (!(await orders.replace(session, before, after)))
      throw new Error(`order ${before._id} changed within a transaction that had read it`);
  }

  return createConsumer({
    name: 'order/stock-changes',
    events: integration.events,
    inbox: integration.inbox,
    connection: integration.connection,
    clock,
    logger,
    handlers: {
      ...backorderHandlers(room),
      async 'inventory.allocationMoved'(session, event) {
        const { orderId, ...moved } = movedSchema.parse(event.data);
        const before = await openOrder(session, orderId);
        const after = before === null ? null : moveClaim(before, moved, newId, eventOf(STOCK_MOVED, event));
        if (before === null || after === null) return;
        await write(session, before, after.order);
        if (!after.workFollows)
          await callToStuck(
            room,
            session,
            before,
            `order ${before.number}: goods are gone where its work was begun; they are kept for it elsewhere`,
          );
      },
      async 'inventory.allocationFailed'(session, event) {
        const { orderId, reservationId, reason, quantity } = lostSchema.parse(event.data);
        const before = await openOrder(session, orderId);
        const lost = before === null ? null : loseClaim(before, reservationId, eventOf(STOCK_GONE, event));
        if (before === null || lost === null) return;
        await write(session, before, lost.order);
        await callToStuck(
          room,
          session,
          before,
          `order ${before.number}: ${quantity ?? lost.quantity} of ${lost.sku} are not there any more (${reason}); substitute, wait or cancel`,
        );
      },
    },
  });
}
