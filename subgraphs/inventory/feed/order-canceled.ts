import { giveBack } from '../domain/allocation-steps.ts';
import { claimSource, OWN_SYSTEM } from '../domain/claim-movements.ts';
import { orderCanceled } from './event-data.ts';
import type { EventHandler, EventHandlerOptions } from './event-handler.ts';
import { createOrderStock } from './order-stock.ts';

/** A canceled order gives its stock back, be it reserved still, allocated or picked. */
export function onOrderCanceled({ store, clock }: EventHandlerOptions): EventHandler {
  return async (session, event) => {
    const { orderId, reasonCode, reservationIds } = orderCanceled.parse(event.data);
    const at = clock.now();
    const known = [...(await store.transfers.current(session, reservationIds)).values()];
    const active = known.filter(({ state }) => state === 'ACTIVE');
    if (active.length > 0) await store.claims.end(session, active, { state: 'RELEASED', reasonCode, at });

    const listed = new Set([...reservationIds, ...known.map(({ id }) => id)]);
    const stock = await createOrderStock(store, session, orderId);
    for (const allocation of stock.allocations()) {
      const { reservationId, partOf, open } = allocation;
      if (open === 0 || !(listed.has(reservationId) || (partOf !== null && listed.has(partOf)))) continue;
      stock.take(
        giveBack(allocation, open, {
          occurredAt: at,
          sourceSystem: OWN_SYSTEM,
          eventId: claimSource('deallocate', reservationId),
          reasonCode,
        }),
      );
    }
    await stock.write(at);
  };
}
