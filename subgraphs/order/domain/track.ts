import type { Order, OrderEvent, Shipment, ShipmentState } from './order.ts';

/** Where a shipment may be told to be after it was seen somewhere: it never goes back. */
const RANK: Readonly<Record<ShipmentState, number>> = { IN_TRANSIT: 0, DELIVERED: 1 };

/** The order with the shipments of a parcel at `state`, or null when that is nothing new to any of them. */
export function trackParcel(
  order: Order,
  isInParcel: (shipment: Shipment) => boolean,
  state: ShipmentState,
  event: OrderEvent,
): Order | null {
  const moves = (shipment: Shipment) => isInParcel(shipment) && RANK[shipment.state] < RANK[state];
  if (!order.shipments.some(moves)) return null;
  return {
    ...order,
    shipments: order.shipments.map((shipment) => (moves(shipment) ? { ...shipment, state } : shipment)),
    events: [...order.events, event],
    version: order.version + 1,
    updatedAt: event.recordedAt,
  };
}
