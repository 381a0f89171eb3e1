import type { NewId } from '../../../platform/ids.ts';
import { pendingSync } from './erp-sync.ts';
import type {
  Claim,
  FulfillmentMethod,
  FulfillmentOrder,
  FulfillmentOrderState,
  Order,
  OrderEvent,
  OrderLine,
  OrderStatus,
} from './order.ts';
import type { PlaceRequest } from './place-request.ts';
import type { PricedLine, PricedOrder, SellingChannel } from './price-lines.ts';

/** Everything that is known once stock is claimed and payments are bound. */
export interface OrderFacts {
  readonly id: string;
  readonly number: string;
  readonly request: PlaceRequest;
  readonly channel: SellingChannel;
  readonly customerCode: string | null;
  readonly priced: PricedOrder;
  readonly lineIds: readonly string[];
  readonly claims: readonly (Claim & { readonly lineId: string })[];
  readonly placedBy: string;
  readonly correlationId: string;
  readonly now: Date;
  readonly newId: NewId;
}

/** The order as it is first written: confirmed, with its work, and waiting for the ERP. What is carried home from the till is done at once. */
export function buildOrder(facts: OrderFacts): Order {
  const { request, channel, priced, now } = facts;
  const lines = priced.lines.map((line, index) => buildLine(line, facts.lineIds[index] ?? '', facts.claims));
  const work = planWork(request, lines, facts);
  const status = statusAtFirst(lines, work);
  const events: OrderEvent[] = [event(facts, 'ORDER_CONFIRMED', request.placedAt)];
  if (status === 'COMPLETED') events.push(event(facts, 'ORDER_HANDED_OVER', request.placedAt));
  if (status === 'IN_PROGRESS') events.push(event(facts, 'GOODS_HANDED_OVER', request.placedAt));
  return {
    _id: facts.id,
    number: facts.number,
    channelId: channel.id,
    channelCode: channel.code,
    customerId: request.customerId,
    customerCode: facts.customerCode,
    placedBy: facts.placedBy,
    status,
    erpSync: pendingSync(now),
    placedAt: request.placedAt,
    currencyCode: channel.defaultCurrency,
    lines,
    work,
    shipments: [],
    ...(request.reservationIds.length === 0 ? {} : { reservationIds: request.reservationIds }),
    subtotal: priced.total.amount,
    events,
    correlationId: facts.correlationId,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

/** Goods carried home have left, and services have nothing to leave: with nothing else in it the order is done. */
function statusAtFirst(lines: readonly OrderLine[], work: readonly FulfillmentOrder[]): OrderStatus {
  if (lines.every((line) => line.fulfilled === line.quantity)) return 'COMPLETED';
  return work.some((piece) => piece.state === 'PICKED_UP') ? 'IN_PROGRESS' : 'CONFIRMED';
}

function buildLine(line: PricedLine, id: string, claims: OrderFacts['claims']): OrderLine {
  const { variant, requested, unitPrice, amount } = line;
  return {
    id,
    variantId: variant.id,
    sku: variant.sku,
    title: variant.title,
    unit: variant.baseUnit,
    quantity: requested.units,
    unitPrice: unitPrice.amount,
    amount: amount.amount,
    taxCategoryCode: variant.taxCategoryCode,
    claims: claims.filter((claim) => claim.lineId === id).map(({ lineId: _, ...claim }) => claim),
    // What is carried home from the till has left, and services have nothing to leave.
    fulfilled:
      requested.method === 'IN_STORE_CASH_AND_CARRY' || !variant.trackInventory ? requested.units : 0,
    canceled: 0,
    returned: 0,
    returning: 0,
  };
}

/**
 * One piece of work for each place and method, and one more for what is not there yet. Lines without stock make none: there is nothing to
 * carry.
 */
function planWork(request: PlaceRequest, lines: readonly OrderLine[], facts: OrderFacts): FulfillmentOrder[] {
  const pieces = new Map<
    string,
    {
      locationId: string;
      method: FulfillmentMethod;
      state: FulfillmentOrderState;
      lines: { orderLineId: string; quantity: number }[];
    }
  >();
  for (const [index, line] of lines.entries()) {
    const method = request.lines[index]?.method ?? 'SHIP';
    const atOnce = method === 'IN_STORE_CASH_AND_CARRY' ? 'PICKED_UP' : 'OPEN';
    for (const { locationId, quantity, backordered = 0 } of line.claims) {
      const parts = [
        { state: atOnce, units: quantity - backordered },
        { state: 'SCHEDULED', units: backordered },
      ] as const;
      for (const { state, units } of parts) {
        if (units === 0) continue;
        const key = `${locationId} ${method} ${state}`;
        const piece = pieces.get(key) ?? { locationId, method, state, lines: [] };
        const same = piece.lines.find((entry) => entry.orderLineId === line.id);
        if (same === undefined) piece.lines.push({ orderLineId: line.id, quantity: units });
        else same.quantity += units;
        pieces.set(key, piece);
      }
    }
  }
  return [...pieces.values()].map(({ lines: entries, ...piece }) => ({
    id: facts.newId(),
    ...piece,
    lines: entries.map((entry) => ({ id: facts.newId(), ...entry })),
    createdAt: facts.now,
    version: 1,
  }));
}

function event(facts: OrderFacts, type: string, occurredAt: Date): OrderEvent {
  return {
    id: facts.newId(),
    type,
    occurredAt,
    recordedAt: facts.now,
    actor: facts.placedBy,
    sourceSystem: 'GRAPH',
  };
}
