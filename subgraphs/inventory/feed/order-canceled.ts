import { deallocated } from '../domain/claim-movements.ts';
import { orderCanceled } from './event-data.ts';
import type { EventHandler, EventHandlerOptions } from './event-handler.ts';

/** A canceled order gives its stock back, be it reserved still or allocated. */
export function onOrderCanceled({ store, clock }: EventHandlerOptions): EventHandler {
  return async (session, event) => {
    const { orderId, reasonCode, reservationIds } = orderCanceled.parse(event.data);
    const at = clock.now();
    const known = [...(await store.transfers.current(session, reservationIds)).values()];
    const active = known.filter(({ state }) => state === 'ACTIVE');
    if (active.length > 0) await store.claims.end(session, active, { state: 'RELEASED', reasonCode, at });

    const listed = new Set(known.map(({ id }) => id));
    const open = (await store.allocations.ofOrder(session, orderId)).filter(
      ({ state, reservationId }) => state === 'ALLOCATED' && listed.has(reservationId),
    );
    const movements = open.map((allocation) =>
      deallocated({ ...allocation, id: allocation.reservationId, quantity: allocation.open }, at, reasonCode),
    );
    await store.ledger.record(session, { movements, at });
    await store.allocations.save(
      session,
      open.map((allocation) => ({ ...allocation, state: 'DEALLOCATED', open: 0 })),
      at,
    );
    await store.claims.settle(
      session,
      open.map(({ reservationId }) => reservationId),
      'RELEASED',
      at,
    );
  };
}
