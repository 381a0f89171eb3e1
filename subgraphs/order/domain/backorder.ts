import type { Claim, FulfillmentOrder, Order, OrderEvent } from './order.ts';
import { newPiece, type Units, unitsIn, withEvent, withLess } from './work-units.ts';

/** What inventory says of a claim: how much of it is not there yet, and when that is expected. */
export interface Cover {
  readonly reservationId: string;
  readonly backordered: number;
  readonly expectedAt: Date | null;
}

export interface Covered {
  readonly order: Order;
  /** The work that can be begun from now on. */
  readonly opened: readonly string[];
}

/**
 * The order with goods that came, or that are waited for after all. Work whose goods are all there is OPEN, what still waits stays
 * SCHEDULED; work that somebody has begun stays as it is. Null: the claim is none of this order's, or nothing has changed.
 */
export function coverClaim(
  order: Order,
  { reservationId, backordered, expectedAt }: Cover,
  newId: () => string,
  event: OrderEvent,
): Covered | null {
  const line = order.lines.find(({ claims }) =>
    claims.some((claim) => claim.reservationId === reservationId),
  );
  const claim = line?.claims.find((one) => one.reservationId === reservationId);
  if (line === undefined || claim === undefined) return null;
  const before = claim.backordered ?? 0;
  if (before === backordered && claim.expectedAt?.getTime() === expectedAt?.getTime()) return null;
  const { backordered: _, expectedAt: __, ...rest } = claim;
  const after: Claim = {
    ...rest,
    ...(backordered === 0 ? {} : { backordered }),
    ...(expectedAt === null ? {} : { expectedAt }),
  };
  const changed = {
    ...withEvent(order, event),
    lines: order.lines.map((one) =>
      one === line ? { ...line, claims: line.claims.map((other) => (other === claim ? after : other)) } : one,
    ),
  };
  const [from, to] =
    before > backordered ? (['SCHEDULED', 'OPEN'] as const) : (['OPEN', 'SCHEDULED'] as const);
  const work: FulfillmentOrder[] = [];
  const opened: string[] = [];
  let left = Math.abs(before - backordered);
  for (const piece of order.work) {
    const isMeant =
      piece.state === from &&
      piece.locationId === claim.locationId &&
      // A warehouse that was asked for it has begun.
      (from === 'SCHEDULED' || piece.servedBy === undefined);
    const quantity = isMeant ? Math.min(left, unitsIn(piece, line.id)) : 0;
    left -= quantity;
    const parts = parted(piece, { orderLineId: line.id, quantity }, to, newId, event.recordedAt);
    work.push(...parts);
    const moved = parts.at(-1);
    if (quantity > 0 && to === 'OPEN' && moved !== undefined) opened.push(moved.id);
  }
  return { order: { ...changed, work }, opened };
}

/** A piece of work some of whose units are in another state from now on: the piece itself when that is all of it, else a piece of their own. */
function parted(
  piece: FulfillmentOrder,
  units: Units,
  state: FulfillmentOrder['state'],
  newId: () => string,
  at: Date,
): FulfillmentOrder[] {
  if (units.quantity === 0) return [piece];
  if (isAllOf(piece, units.quantity)) return [{ ...piece, state, version: piece.version + 1 }];
  const part = { ...newPiece(piece, piece.locationId, units, newId, at), state };
  return [
    withLess(piece, units),
    piece.servedBy === undefined ? part : { ...part, servedBy: piece.servedBy },
  ];
}

/** When the last of a piece's goods are expected; null when they are all there, or nobody has told of some. */
export function promisedBy(order: Order, piece: FulfillmentOrder): Date | null {
  if (piece.state !== 'SCHEDULED') return null;
  const waiting = order.lines
    .filter(({ id }) => piece.lines.some(({ orderLineId }) => orderLineId === id))
    .flatMap(({ claims }) => claims)
    .filter(({ locationId, backordered }) => locationId === piece.locationId && backordered !== undefined);
  const times = waiting.map(({ expectedAt }) => expectedAt?.getTime() ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...times);
  return Number.isFinite(last) ? new Date(last) : null;
}

function isAllOf({ lines }: FulfillmentOrder, units: number): boolean {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0) === units;
}
