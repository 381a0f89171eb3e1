import type {
  FulfillmentCancellation,
  FulfillmentRequest,
} from '../../../connectors/canonical/fulfillment-request.ts';
import type { ShipmentNotice } from '../../../connectors/canonical/shipment-notice.ts';
import { type FulfillmentOrder, isCollected, type Order, type Shipment } from './order.ts';

/** The order with its open work at these places (code by id) given to the warehouse system that serves them; customers are served by people. */
export function assignWork(order: Order, system: string, codes: ReadonlyMap<string, string>): Order {
  return {
    ...order,
    work: order.work.map((piece) => {
      const locationCode = codes.get(piece.locationId);
      return (piece.state !== 'OPEN' && piece.state !== 'SCHEDULED') ||
        isCollected(piece.method) ||
        locationCode === undefined
        ? piece
        : { ...piece, servedBy: { system, locationCode } };
    }),
  };
}

/** The pieces of work that a warehouse system has, or is about to have, and that have not left: what it is asked for, and what it is told to drop. */
export function workAtWarehouse(order: Order): FulfillmentOrder[] {
  return order.work.filter(
    ({ servedBy, state }) => servedBy !== undefined && (state === 'OPEN' || state === 'ACCEPTED'),
  );
}

/** The same in every attempt: nothing in it changes once the order is written. */
export function fulfillmentRequestOf(order: Order, work: FulfillmentOrder): FulfillmentRequest {
  const lines = new Map(order.lines.map((line) => [line.id, line]));
  return {
    reference: work.id,
    orderReference: order.number,
    locationCode: work.servedBy?.locationCode ?? '',
    requestedAt: work.createdAt.toISOString(),
    lines: work.lines.map(({ id, orderLineId, quantity }) => ({
      lineReference: id,
      sku: lines.get(orderLineId)?.sku ?? '',
      quantity: String(quantity),
      unit: lines.get(orderLineId)?.unit ?? '',
    })),
    correlationId: order.correlationId,
  };
}

/** A cancellation is named after its work: there is one at most. */
export function requestCancellationOf(
  order: Order,
  workId: string,
  reasonCode: string,
  canceledAt: Date,
): FulfillmentCancellation {
  return {
    reference: `${workId}-CANCEL`,
    requestReference: workId,
    reasonCode,
    canceledAt: canceledAt.toISOString(),
    correlationId: order.correlationId,
  };
}

/** What a warehouse says has left, as a shipment of the order. Whether its packages name lines of the work is for `shipWork` to say. */
export function shipmentOfNotice(id: string, notice: ShipmentNotice): Shipment {
  return {
    id,
    fulfillmentOrderId: notice.requestReference,
    state: 'IN_TRANSIT',
    carrier: notice.carrier,
    trackingNumber: notice.trackingNumber ?? null,
    packages: notice.packages.map(({ sscc, lineReferences }) => ({
      sscc: sscc ?? null,
      lineIds: lineReferences,
    })),
    shippedAt: new Date(notice.shippedAt),
  };
}
