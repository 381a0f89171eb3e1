import { draw } from '../domain/allocation.ts';
import { giveBack } from '../domain/allocation-steps.ts';
import { pickupExpired } from './event-data.ts';
import { assertKnownLocations, type EventHandler, type EventHandlerOptions } from './event-handler.ts';
import { createOrderStock } from './order-stock.ts';

/** Goods that were not collected in time go back on sale as of the moment their time was over, all of a piece of work in one step. */
export function onPickupExpired({ store, clock }: EventHandlerOptions): EventHandler {
  return async (session, event) => {
    const { orderId, fulfillmentOrderId, expiredAt, lines } = pickupExpired.parse(event.data);
    assertKnownLocations(store, lines);
    const stock = await createOrderStock(store, session, orderId);
    lines.forEach((line, index) => {
      const { drawn } = draw(line, stock.allocations(), fulfillmentOrderId, ({ open }) => open);
      for (const { allocation, quantity } of drawn)
        stock.take(
          giveBack(allocation, quantity, {
            occurredAt: new Date(expiredAt),
            sourceSystem: 'ORDER',
            eventId: `${fulfillmentOrderId}:expired:${index}`,
            reasonCode: 'PICKUP_EXPIRED',
          }),
        );
    });
    await stock.write(clock.now());
  };
}
