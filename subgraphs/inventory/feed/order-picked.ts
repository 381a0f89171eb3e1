import { draw, unpicked } from '../domain/allocation.ts';
import { pick } from '../domain/allocation-steps.ts';
import { orderPicked } from './event-data.ts';
import { assertKnownLocations, type EventHandler, type EventHandlerOptions } from './event-handler.ts';
import { createOrderStock } from './order-stock.ts';

/**
 * Goods taken from the shelf for their order. What was picked without being allocated, or left before it was told of, stays as the books
 * have it: it is taken when it leaves, and logged.
 */
export function onOrderPicked({ store, clock, logger }: EventHandlerOptions): EventHandler {
  return async (session, event) => {
    const { orderId, fulfillmentOrderId, pickedAt, lines } = orderPicked.parse(event.data);
    assertKnownLocations(store, lines);
    const stock = await createOrderStock(store, session, orderId);
    lines.forEach((line, index) => {
      const { drawn, missing } = draw(line, stock.allocations(), fulfillmentOrderId, unpicked);
      for (const { allocation, quantity } of drawn)
        stock.take(
          pick({ ...allocation, workOrderId: fulfillmentOrderId }, quantity, {
            occurredAt: new Date(pickedAt),
            sourceSystem: 'ORDER',
            eventId: `${event.id}:${index}`,
            reasonCode: null,
          }),
        );
      if (missing > 0)
        logger.info(
          { orderId, fulfillmentOrderId, line, missing, correlationId: event.correlationId },
          'goods were picked that lay on no shelf for their order',
        );
    });
    await stock.write(clock.now());
  };
}
