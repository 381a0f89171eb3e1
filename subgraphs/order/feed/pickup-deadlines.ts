import { createRepeating } from '../../../platform/repeating.ts';
import type { Running } from '../../../platform/subgraph.ts';
import type { Order } from '../domain/order.ts';
import { dueForPickup } from '../domain/pickup.ts';
import type { Room } from '../room.ts';
import { announceReminder } from './tell-pickup.ts';
import { giveUpPickup } from './uncollected.ts';

const LOOK_EVERY_MS = 1_000;
const BATCH = 100;

/**
 * Reminds customers of goods that lie ready for them, and gives up what nobody came for. Every process looks; who comes second finds
 * nothing due. What is late by an outage is done when it is over: an end counts from when it was due, reminders that were missed go out as one.
 */
export function createPickupDeadlines(room: Room): Running {
  const { orders, store, clock, logger, newId, integration, pickupTimes } = room;

  /** One piece of work a transaction, so that one order that cannot be written holds up no other. */
  async function settle(orderId: string, workId: string): Promise<void> {
    const changed = await store.transaction(async (session) => {
      const before = await orders.find(session, orderId);
      const work = before?.work.find(({ id }) => id === workId);
      if (before === null || work === undefined) return false;
      const now = clock.now();
      const occasion = {
        id: newId(),
        occurredAt: now,
        recordedAt: now,
        actor: 'subgraph:order',
        sourceSystem: 'GRAPH',
      };
      const due = dueForPickup(before, work, pickupTimes, occasion);
      if (due === null) return false;
      if (!(await orders.replace(session, before, due.order)))
        throw new Error(`order ${orderId} changed within a transaction that had read it`);
      if (due.became === 'EXPIRED') {
        await giveUpPickup(room, session, before, due.order, work);
        return true;
      }
      const reminded = due.order.work.find(({ id }) => id === workId);
      if (reminded !== undefined) await announceReminder(room, session, due.order, reminded);
      return false;
    });
    if (changed) integration.operations.wake('order');
  }

  return createRepeating({
    name: 'pickup deadlines',
    everyMs: LOOK_EVERY_MS,
    clock,
    logger,
    failure: 'goods that wait for their customer could not be looked at',
    async turn(signal) {
      const now = clock.now();
      const found: Order[] = await orders.withPickupDue(now, BATCH);
      let failed = 0;
      for (const order of found)
        for (const { id, pickup } of order.work) {
          if (signal.aborted) return undefined;
          if (pickup === undefined || pickup.dueAt === null || pickup.dueAt > now) continue;
          await settle(order._id, id).catch((error: unknown) => {
            failed += 1;
            logger.warn(
              { err: error, orderId: order._id, workId: id },
              'a pickup could not be settled; tried again',
            );
          });
        }
      return found.length === BATCH && failed === 0 ? 'again' : undefined;
    },
  });
}
