import type { ClientSession } from 'mongoose';
import type { Clock } from '../../../platform/clock.ts';
import type { Events } from '../../../platform/events/events.ts';
import { coverBackorders, owedUnits } from '../domain/backorder.ts';
import { levelId } from '../domain/level.ts';
import type { InventoryStore } from '../store/inventory-store.ts';

/** Which orders wait for goods that were sold before they were there. */
export interface BackorderCover {
  /**
   * Sets right which promises of a level are covered, the oldest claims first, and tells each order for which that has changed:
   * `inventory.allocationCovered` when goods came, `inventory.allocationBackordered` when it waits for more, or for another day. Answers
   * whether anything there is still waited for.
   */
  cover(session: ClientSession, level: { variantId: string; locationId: string }): Promise<boolean>;
}

export function createBackorderCover(options: {
  store: Pick<InventoryStore, 'allocations' | 'claims' | 'oversold' | 'stock'>;
  events: Events;
  clock: Clock;
}): BackorderCover {
  const { store, events, clock } = options;

  return {
    async cover(session, { variantId, locationId }) {
      const level = await store.oversold.read(session, levelId(variantId, locationId));
      if (level === null) return false;
      const allocations = await store.allocations.openAt(session, level);
      const isOwing = owedUnits(level) > 0;
      if (!isOwing && allocations.every(({ backordered }) => backordered === 0)) return false;
      const reservations = isOwing ? await store.claims.activeAt(session, level) : [];
      const stock = (await store.stock.read([variantId], session)).get(variantId);
      const supplies = (stock?.supplies ?? []).filter((supply) => supply.locationId === locationId);
      const before = new Map(allocations.map((one) => [one.id, one.backordered]));
      const changed = coverBackorders({ level, allocations, reservations, supplies });
      await store.allocations.save(session, changed, clock.now());
      for (const allocation of changed) {
        const { orderId, orderLineId, reservationId, quantity, backordered, expectedAt } = allocation;
        const isCovered = backordered < (before.get(allocation.id) ?? 0);
        await events.publish(session, {
          source: '/subgraphs/inventory',
          type: isCovered ? 'inventory.allocationCovered' : 'inventory.allocationBackordered',
          subject: orderId,
          correlationId: orderId,
          data: {
            orderId,
            orderLineId,
            reservationId,
            variantId,
            locationId,
            quantity,
            backordered,
            expectedAt: expectedAt?.toISOString() ?? null,
          },
        });
      }
      return isOwing;
    },
  };
}
