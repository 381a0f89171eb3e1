import type { Order, OrderEvent } from './order.ts';
import { newPiece, unitsIn, withEvent, withLess, withMore } from './work-units.ts';

/** What the history of an order says when inventory moved or took back what was claimed for it. */
export const STOCK_MOVED = 'STOCK_MOVED';
export const STOCK_GONE = 'STOCK_GONE';

/** Whether stock that was claimed for the order moved or went: people may have been called. */
export function lostStock({ events }: Order): boolean {
  return events.some(({ type }) => type === STOCK_MOVED || type === STOCK_GONE);
}

/** A claim of the order that inventory serves from another place. */
export interface MovedClaim {
  readonly reservationId: string;
  readonly toReservationId: string;
  readonly toLocationId: string;
}

export interface StockMoved {
  readonly order: Order;
  /** False: the place has taken the work on already, or a warehouse system does it; people have to settle it between the places. */
  readonly workFollows: boolean;
}

/**
 * The order with a claim at another place, and its work there as far as nobody has begun it. Null: the claim is none of this order's, or was
 * moved before.
 */
export function moveClaim(
  order: Order,
  moved: MovedClaim,
  newId: () => string,
  event: OrderEvent,
): StockMoved | null {
  const line = order.lines.find(({ claims }) =>
    claims.some(({ reservationId }) => reservationId === moved.reservationId),
  );
  const claim = line?.claims.find(({ reservationId }) => reservationId === moved.reservationId);
  if (line === undefined || claim === undefined) return null;
  const { toReservationId, toLocationId } = moved;
  const lines = order.lines.map((candidate) =>
    candidate.id !== line.id
      ? candidate
      : {
          ...candidate,
          claims: candidate.claims.map((other) =>
            other === claim ? { ...claim, reservationId: toReservationId, locationId: toLocationId } : other,
          ),
        },
  );
  const from = order.work.find(
    (piece) =>
      piece.state === 'OPEN' &&
      piece.servedBy === undefined &&
      piece.locationId === claim.locationId &&
      unitsIn(piece, line.id) >= claim.quantity,
  );
  const changed = { ...withEvent(order, event), lines };
  if (toLocationId === claim.locationId) return { order: changed, workFollows: true };
  if (from === undefined) return { order: changed, workFollows: false };
  const units = { orderLineId: line.id, quantity: claim.quantity };
  const to = order.work.find(
    (piece) =>
      piece.state === 'OPEN' &&
      piece.servedBy === undefined &&
      piece.locationId === toLocationId &&
      piece.method === from.method,
  );
  const work = order.work.map((piece) => {
    if (piece === from) return withLess(piece, units);
    return piece === to ? withMore(piece, units, newId) : piece;
  });
  if (to === undefined) work.push(newPiece(from, toLocationId, units, newId, event.recordedAt));
  return { order: { ...changed, work }, workFollows: true };
}

/** The order with the loss of stock in its history. Null: the claim is none of this order's. */
export function loseClaim(
  order: Order,
  reservationId: string,
  event: OrderEvent,
): { readonly order: Order; readonly sku: string; readonly quantity: number } | null {
  for (const { sku, claims } of order.lines) {
    const claim = claims.find((candidate) => candidate.reservationId === reservationId);
    if (claim !== undefined) return { order: withEvent(order, event), sku, quantity: claim.quantity };
  }
  return null;
}
