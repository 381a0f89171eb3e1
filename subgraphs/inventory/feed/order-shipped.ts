import type { ClientSession } from 'mongoose';
import { PIECE } from '../../../platform/quantity.ts';
import { type Allocation, planConsumption } from '../domain/allocation.ts';
import type { Movement } from '../domain/movement.ts';
import { transactionId } from '../store/booking.ts';
import { orderShipped } from './event-data.ts';
import { assertKnownLocations, type EventHandler, type EventHandlerOptions } from './event-handler.ts';

/** Goods that left use up what was allocated to their order. What left without being allocated is gone all the same, and logged. */
export function onOrderShipped({ store, clock, logger }: EventHandlerOptions): EventHandler {
  return async (session, event) => {
    const shipment = orderShipped.parse(event.data);
    assertKnownLocations(store, shipment.lines);
    const at = clock.now();
    const allocations = new Map(
      (await store.allocations.ofOrder(session, shipment.orderId)).map((one) => [one.id, one]),
    );
    const changed = new Map<string, Allocation>();
    const movements: Movement[] = [];
    const unpromised: Movement[] = [];
    shipment.lines.forEach((line, index) => {
      const plan = planConsumption(line, [...allocations.values()]);
      const about = {
        type: 'SHIP' as const,
        variantId: line.variantId,
        locationId: line.locationId,
        unit: PIECE,
        to: null,
        occurredAt: new Date(shipment.shippedAt),
        sourceSystem: 'ORDER',
      };
      const eventId = `${shipment.shipmentId}:${index}`;
      for (const { allocation, quantity } of plan.consumed) {
        const open = allocation.open - quantity;
        const movement: Movement = {
          ...about,
          unit: allocation.unit,
          from: 'allocated',
          quantity,
          sourceEventId: `${eventId}:${allocation.id}`,
          reasonCode: null,
        };
        const next: Allocation = {
          ...allocation,
          open,
          state: open === 0 ? 'CONSUMED' : 'ALLOCATED',
          workOrderId: shipment.fulfillmentOrderId,
          shippedWith: [...allocation.shippedWith, transactionId(movement)],
        };
        allocations.set(next.id, next);
        changed.set(next.id, next);
        movements.push(movement);
      }
      if (plan.unpromised > 0)
        unpromised.push({
          ...about,
          from: 'available',
          quantity: plan.unpromised,
          sourceEventId: eventId,
          reasonCode: 'NOT_ALLOCATED',
        });
    });

    if (unpromised.length > 0) {
      const { orderId } = shipment;
      logger.warn(
        { orderId, unpromised, correlationId: event.correlationId },
        'goods left that were not promised to their order',
      );
      movements.push(...(await inBaseUnits(session, unpromised)));
    }
    await store.ledger.record(session, { movements, at });
    await store.allocations.save(session, [...changed.values()], at);
    const used = [...changed.values()].filter(({ open }) => open === 0);
    await store.claims.settle(
      session,
      used.map(({ reservationId }) => reservationId),
      'CONSUMED',
      at,
    );
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
