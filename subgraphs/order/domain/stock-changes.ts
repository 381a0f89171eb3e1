import type { Claim, FulfillmentOrder, Order, OrderEvent } from './order.ts';
import { newPiece, type Units, unitsIn, withEvent, withLess, withMore } from './work-units.ts';

/** What the history of an order says when inventory moved or took back what was claimed for it. */
export const STOCK_MOVED = 'STOCK_MOVED';
export const STOCK_GONE = 'STOCK_GONE';

/** Whether stock that was claimed for the order moved or went: people may have been called. */
export function lostStock({ events }: Order): boolean {
  return events.some(({ type }) => type === STOCK_MOVED || type === STOCK_GONE);
}

/** A claim of the order, or a part of it, that inventory serves from another place. */
export interface MovedClaim {
  readonly reservationId: string;
  readonly toReservationId: string;
  readonly toLocationId: string;
  /** How many units of it. Absent: all; the others stay claimed as they were. */
  readonly quantity?: number | undefined;
}

export interface StockMoved {
  readonly order: Order;
  /** False: the place has taken the work on already, or a warehouse system does it; people have to settle it between the places. */
  readonly workFollows: boolean;
}

/**
 * The order with a claim at another place, and its work there as far as nobody has begun it, or its place has given it up. Null: the claim is
 * none of this order's, or was moved before.
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
  const { toLocationId } = moved;
  const units = {
    orderLineId: line.id,
    quantity: Math.min(moved.quantity ?? claim.quantity, claim.quantity),
  };
  const claims = line.claims.flatMap((other) =>
    other === claim ? split(claim, units.quantity, moved) : [other],
  );
  const changed = {
    ...withEvent(order, event),
    lines: order.lines.map((other) => (other === line ? { ...line, claims } : other)),
  };
  if (toLocationId === claim.locationId) return { order: changed, workFollows: true };
  const from = workThatLetsGo(order, claim, units);
  if (from === undefined) return { order: changed, workFollows: false };
  const to = order.work.find(
    (piece) =>
      isUntouched(piece) &&
      piece.state === 'OPEN' &&
      piece.locationId === toLocationId &&
      piece.method === from.method,
  );
  const work = order.work.map((piece) => {
    // What a place gave up stands there as it was: it says what became of it.
    if (piece === from) return isUntouched(from) ? withLess(piece, units) : piece;
    return piece === to ? withMore(piece, units, newId) : piece;
  });
  if (to === undefined) work.push(newPiece(from, toLocationId, units, newId, event.recordedAt));
  return { order: { ...changed, work }, workFollows: true };
}

/** The claim under its new name and place, where its goods are, and what of it stays as it was. */
function split(claim: Claim, quantity: number, { toReservationId, toLocationId }: MovedClaim): Claim[] {
  const gone = { reservationId: toReservationId, locationId: toLocationId, quantity };
  const left = claim.quantity - quantity;
  return left > 0 ? [{ ...claim, quantity: left }, gone] : [gone];
}

function isUntouched({ state, servedBy }: FulfillmentOrder): boolean {
  return (state === 'OPEN' || state === 'SCHEDULED') && servedBy === undefined;
}

/** The work at a place that units are taken out of: what nobody has begun, that which waits for goods to come if they are not there yet; else what the place has given up. */
function workThatLetsGo(
  order: Order,
  { locationId, backordered }: Claim,
  { orderLineId, quantity }: Units,
): FulfillmentOrder | undefined {
  const here = order.work.filter(
    (piece) => piece.locationId === locationId && unitsIn(piece, orderLineId) >= quantity,
  );
  const untouched = here.filter(isUntouched);
  const likely = backordered === undefined ? 'OPEN' : 'SCHEDULED';
  return (
    untouched.find(({ state }) => state === likely) ??
    untouched[0] ??
    here.findLast(({ state }) => state === 'REJECTED' || state === 'INCOMPLETE')
  );
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
