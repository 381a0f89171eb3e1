import type { FulfillmentOrder, FulfillmentOrderLine, Order, OrderEvent } from './order.ts';

/** So many units of a line. */
export type Units = Pick<FulfillmentOrderLine, 'orderLineId' | 'quantity'>;

/** How many units of a line a piece of work has. */
export function unitsIn(piece: FulfillmentOrder, orderLineId: string): number {
  return piece.lines
    .filter((line) => line.orderLineId === orderLineId)
    .reduce((sum, line) => sum + line.quantity, 0);
}

/** A piece that has nothing left to do is canceled. */
export function withLess(piece: FulfillmentOrder, { orderLineId, quantity }: Units): FulfillmentOrder {
  const lines = piece.lines
    .map((line) =>
      line.orderLineId === orderLineId ? { ...line, quantity: line.quantity - quantity } : line,
    )
    .filter((line) => line.quantity > 0);
  return lines.length === 0
    ? { ...piece, state: 'CANCELED', version: piece.version + 1 }
    : { ...piece, lines, version: piece.version + 1 };
}

/** Units of a line that the piece has already are added to it. */
export function withMore(piece: FulfillmentOrder, units: Units, newId: () => string): FulfillmentOrder {
  const known = piece.lines.some(({ orderLineId }) => orderLineId === units.orderLineId);
  const lines = known
    ? piece.lines.map((line) =>
        line.orderLineId === units.orderLineId ? { ...line, quantity: line.quantity + units.quantity } : line,
      )
    : [...piece.lines, { id: newId(), ...units }];
  return { ...piece, lines, version: piece.version + 1 };
}

/** A piece of work like another one, at a place, that nobody has begun. */
export function newPiece(
  { method }: FulfillmentOrder,
  locationId: string,
  units: Units,
  newId: () => string,
  createdAt: Date,
): FulfillmentOrder {
  return {
    id: newId(),
    locationId,
    method,
    state: 'OPEN',
    lines: [{ id: newId(), ...units }],
    createdAt,
    version: 1,
  };
}

/** The order a step on, with what happened in its history. */
export function withEvent(order: Order, event: OrderEvent): Order {
  return {
    ...order,
    events: [...order.events, event],
    version: order.version + 1,
    updatedAt: event.recordedAt,
  };
}
