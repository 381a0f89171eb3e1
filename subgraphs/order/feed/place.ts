import { accepted, type Decision, GraphError, refused, userError } from '../../../platform/errors.ts';
import { intentScope } from '../../../platform/idempotency/idempotency.ts';
import type { Caller, Identity } from '../../../platform/identity/identity.ts';
import { idFromKey } from '../../../platform/ids.ts';
import { buildOrder } from '../domain/build-order.ts';
import type { Destination } from '../domain/destination.ts';
import type { Order } from '../domain/order.ts';
import { orderNumber } from '../domain/order-number.ts';
import { type PlaceOrderInput, readPlaceRequest } from '../domain/place-request.ts';
import { type OrderUserErrorValue, type PricedOrder, priceOrder } from '../domain/price-lines.ts';
import { taxableOf } from '../domain/taxable.ts';
import type { Room } from '../room.ts';
import { askArticles } from './ask-articles.ts';
import { askCustomer } from './ask-customer.ts';
import { askPickupPlaces } from './ask-pickup-places.ts';
import { bindPayments, unbindPayments } from './bind-payments.ts';
import { type ClaimedStock, claimStock, releaseStock, type Want } from './claim-stock.ts';
import { useReservations } from './use-reservations.ts';
import { assignToWarehouse } from './warehouse-operations.ts';

/** An order that has its stock and its payment and is only to be written; `undo` gives both back. */
export interface ReadyOrder {
  readonly order: Order;
  undo(): Promise<void>;
}

/** For giving back what was claimed, counted from when that begins. */
const UNDO_TIMEOUT_MS = 5_000;

/** The order of an intent, the same in every attempt. */
export function orderIdOf(identity: Identity, idempotencyKey: string): string {
  return idFromKey('order', intentScope(identity), idempotencyKey);
}

/**
 * Everything about placing an order that needs others, in the order in which it can be undone: prices, then stock, then payments. All
 * of it is found again by a retry of the same intent, because the order's id follows from it.
 */
export async function readyOrder(
  room: Room,
  input: PlaceOrderInput,
  caller: Caller,
): Promise<Decision<ReadyOrder, OrderUserErrorValue>> {
  const { siblings } = room;
  const now = room.clock.now();
  const read = readPlaceRequest(input, caller.identity, now);
  if (!read.ok) return read;
  const request = read.value;
  const id = orderIdOf(caller.identity, input.idempotencyKey);

  const variantIds = request.lines.map((line) => line.variantId);
  const [{ channel, variants }, customer, pickup] = await Promise.all([
    askArticles(siblings.product, request.channelId, variantIds, caller),
    askCustomer(siblings.customer, request.customerId, caller),
    askPickupPlaces(siblings.inventory, request.lines, caller),
  ]);
  if (channel === null)
    return refused(
      userError('CHANNEL_UNKNOWN', `There is no channel ${request.channelId}.`, {
        field: ['input', 'channelId'],
      }),
    );
  if (!customer.ok) return customer;
  if (!pickup.ok) return pickup;
  const priced = priceOrder(request, channel, variants);
  if (!priced.ok) return priced;

  const number = await freeNumber(room, id);
  if (number === null)
    return refused(
      userError('IDEMPOTENCY_KEY_REUSED', 'This idempotency key has brought about an order long ago.', {
        field: ['input', 'idempotencyKey'],
      }),
    );

  const lineIds = request.lines.map((_, index) => idFromKey('orderLine', id, String(index)));
  const claims = await claim(
    room,
    { id, channelId: channel.id, destination: request.destination },
    priced.value,
    lineIds,
    request.reservationIds,
    caller,
  );
  if (!claims.ok) return claims;
  const undo = async () => {
    // What used up the caller's time must not keep the stock from others as well.
    const undoer = { ...caller, deadlineMs: room.clock.now().getTime() + UNDO_TIMEOUT_MS };
    const ids = claims.value.made.map(({ reservationId }) => reservationId);
    await Promise.allSettled([
      releaseStock(siblings.inventory, ids, undoer),
      unbindPayments(siblings.finance, id, undoer),
    ]);
  };

  const account = {
    orderId: id,
    orderNumber: number,
    customerId: request.customerId,
    total: priced.value.total,
    paymentIds: request.paymentIds,
    taxable: taxableOf(channel, priced.value, lineIds),
  };
  // Also when nobody heard the answer: the payments may be bound all the same.
  const bound = await bindPayments(siblings.finance, account, caller).catch(async (error: unknown) => {
    await undo();
    throw error;
  });
  if (!bound.ok) {
    await undo();
    return bound;
  }
  const built = buildOrder({
    id,
    number,
    request,
    channel,
    customerCode: customer.value,
    priced: priced.value,
    lineIds,
    claims: claims.value.all,
    placedBy: caller.identity.subject,
    correlationId: caller.correlationId,
    now,
    newId: room.newId,
  });
  const order = await assignToWarehouse(room, built, caller).catch(async (error: unknown) => {
    await undo();
    throw error;
  });
  return accepted({ order, undo });
}

interface Claims {
  readonly all: readonly ClaimedStock[];
  /** Those this order made itself; claims brought along stay with their owner when the order is not placed. */
  readonly made: readonly ClaimedStock[];
}

async function claim(
  room: Room,
  order: { id: string; channelId: string; destination: Destination | null },
  priced: PricedOrder,
  lineIds: readonly string[],
  reservationIds: readonly string[],
  caller: Caller,
): Promise<Decision<Claims, OrderUserErrorValue>> {
  const wants = priced.lines.flatMap(({ variant, requested }, index): Want[] => {
    if (!variant.trackInventory) return [];
    const { units, locationId } = requested;
    return [
      {
        lineId: lineIds[index] ?? '',
        index,
        variantId: variant.id,
        units,
        unit: variant.baseUnit,
        locationId,
      },
    ];
  });
  const brought = await useReservations(room.siblings.inventory, reservationIds, wants, caller);
  if (!brought.ok) return brought;
  const made = await claimStock(room.siblings.inventory, order, brought.value.open, caller);
  return made.ok ? accepted({ all: [...brought.value.claims, ...made.value], made: made.value }) : made;
}

/** The order's number; another one in the rare case that an older order has it. Null: the order itself stands already. */
export async function freeNumber({ orders }: Room, id: string): Promise<string | null> {
  for (let attempt = 0; ; attempt += 1) {
    const number = orderNumber(id, attempt);
    const [taken] = await orders.byNumbers([number]);
    if (taken === undefined) return number;
    if (taken._id === id) return null;
  }
}

/** A sibling that does not answer is no fault of the client: the same request may succeed later, and finds what was claimed for it. */
export function unavailable(error: unknown): OrderUserErrorValue {
  if (
    error instanceof GraphError &&
    (error.code === 'SUBGRAPH_UNAVAILABLE' || error.code === 'DEADLINE_EXCEEDED')
  ) {
    return userError(
      'SERVICE_UNAVAILABLE',
      'A part of the shop does not answer. Send the same request again.',
      { retryable: true },
    );
  }
  throw error;
}
