import type { ClientSession } from 'mongoose';
import { PIECE } from '../../../platform/quantity.ts';
import { draw } from '../domain/allocation.ts';
import { leave } from '../domain/allocation-steps.ts';
import type { Movement } from '../domain/movement.ts';
import { orderShipped } from './event-data.ts';
import { assertKnownLocations, type EventHandler, type EventHandlerOptions } from './event-handler.ts';
import { createOrderStock } from './order-stock.ts';

/**
 * Goods that left, be it as a parcel or in a customer's hands, use up what was allocated to their order, picked or not. What left without
 * being allocated is gone all the same, and logged.
 */
export function onOrderShipped({ store, clock, logger }: EventHandlerOptions): EventHandler {
  return async (session, event) => {
    const shipment = orderShipped.parse(event.data);
    assertKnownLocations(store, shipment.lines);
    const { orderId, fulfillmentOrderId } = shipment;
    const stock = await createOrderStock(store, session, orderId);
    const unpromised: Movement[] = [];
    shipment.lines.forEach((line, index) => {
      const about = {
        type: shipment.handedOver ? ('SALE' as const) : ('SHIP' as const),
        occurredAt: new Date(shipment.shippedAt),
        sourceSystem: 'ORDER',
      };
      const eventId = `${shipment.shipmentId}:${index}`;
      const { drawn, missing } = draw(line, stock.allocations(), fulfillmentOrderId, ({ open }) => open);
      for (const { allocation, quantity } of drawn)
        stock.take(
          leave({ ...allocation, workOrderId: fulfillmentOrderId }, quantity, {
            ...about,
            eventId,
            reasonCode: null,
          }),
        );
      if (missing > 0)
        unpromised.push({
          ...about,
          variantId: line.variantId,
          locationId: line.locationId,
          unit: PIECE,
          from: 'available',
          to: null,
          quantity: missing,
          sourceEventId: eventId,
          reasonCode: 'NOT_ALLOCATED',
        });
    });

    if (unpromised.length > 0)
      logger.warn(
        { orderId, unpromised, correlationId: event.correlationId },
        'goods left that were not promised to their order',
      );
    await stock.write(clock.now(), unpromised.length === 0 ? [] : await inBaseUnits(session, unpromised));
  };

  /** The event counts in base units without naming them. */
  async function inBaseUnits(session: ClientSession, movements: readonly Movement[]): Promise<Movement[]> {
    const stock = await store.stock.read(
      movements.map(({ variantId }) => variantId),
      session,
    );
    return movements.map((movement) => {
      const known = stock.get(movement.variantId);
      return { ...movement, unit: known?.item?.baseUnit ?? known?.levels[0]?.unit ?? movement.unit };
    });
  }
}
