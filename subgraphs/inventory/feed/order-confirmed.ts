import type { ClientSession } from 'mongoose';
import { type Allocation, allocationId } from '../domain/allocation.ts';
import { allocatedAnew } from '../domain/claim-movements.ts';
import { levelId } from '../domain/level.ts';
import { decideAllocation, type Reservation } from '../domain/reservation.ts';
import { orderConfirmed } from './event-data.ts';
import type { EventHandler, EventHandlerOptions } from './event-handler.ts';

type Confirmed = ReturnType<typeof orderConfirmed.parse>;
type ConfirmedLine = Confirmed['reservations'][number];

/** How goods reach a customer who comes for them to the place that the order names. */
const COLLECTED: ReadonlySet<string | null> = new Set(['PICKUP_IN_STORE', 'CURBSIDE']);

/**
 * A confirmed order keeps its stock for good: each reservation becomes an allocation. One that had run out when the order was
 * confirmed is claimed again if nobody was faster; otherwise `inventory.allocationFailed` tells that the order has no stock.
 */
export function onOrderConfirmed({
  store,
  events,
  backorders,
  clock,
  logger,
}: EventHandlerOptions): EventHandler {
  return async (session, event) => {
    const order = orderConfirmed.parse(event.data);
    const at = clock.now();
    const { held, ranOut, lost, unknown, lineOf } = await sort(session, order, new Date(event.time));

    if (held.length > 0) await store.claims.allocate(session, held, at);
    if (ranOut.length > 0)
      await store.claims.end(session, ranOut, { state: 'EXPIRED', reasonCode: 'EXPIRED', at });
    const promised = [...held];
    const failures = unknown.map((reservationId) => ({ reservationId, reason: 'RESERVATION_UNKNOWN' }));
    for (const reservation of [...ranOut, ...lost]) {
      // One by one: what is not there for one line must not cost another its stock.
      const short = await store.ledger.book(session, { movements: [allocatedAnew(reservation, at)], at });
      if (short.length === 0) promised.push(reservation);
      else failures.push({ reservationId: reservation.id, reason: 'RESERVATION_EXPIRED' });
    }
    const allocations = allocationsOf(order.orderId, promised, lineOf);
    await store.allocations.insert(session, allocations, at);
    // As it was when they were claimed; since then goods may have come.
    const late = allocations.filter(({ backordered }) => backordered > 0);
    for (const level of new Map(late.map((one) => [levelId(one.variantId, one.locationId), one])).values())
      await backorders.cover(session, level);

    for (const failure of failures) {
      const data = { orderId: order.orderId, ...failure };
      logger.warn(
        { ...data, correlationId: event.correlationId },
        'a confirmed order has no stock behind it',
      );
      await events.publish(session, {
        source: '/subgraphs/inventory',
        type: 'inventory.allocationFailed',
        subject: order.orderId,
        correlationId: event.correlationId,
        data,
      });
    }
  };

  async function sort(session: ClientSession, order: Confirmed, confirmedAt: Date) {
    const ids = [...new Set(order.reservations.map(({ reservationId }) => reservationId))];
    // A claim that was moved to another place meanwhile goes on under another id.
    const known = await store.transfers.current(session, ids);
    const reservations = ids.flatMap((id) => known.get(id) ?? []);
    const by = Map.groupBy(reservations, (reservation) => decideAllocation(reservation, confirmedAt));
    return {
      held: by.get('ALLOCATE') ?? [],
      ranOut: by.get('EXPIRE_AND_CLAIM') ?? [],
      lost: by.get('CLAIM') ?? [],
      unknown: ids.filter((id) => !known.has(id)),
      lineOf: new Map(
        order.reservations.map((line) => [known.get(line.reservationId)?.id ?? line.reservationId, line]),
      ),
    };
  }
}

function allocationsOf(
  orderId: string,
  reservations: readonly Reservation[],
  lineOf: ReadonlyMap<string, ConfirmedLine>,
): Allocation[] {
  return reservations.map(
    ({ id: reservationId, variantId, locationId, unit, quantity, backordered, claimedAt }) => ({
      id: allocationId(reservationId),
      state: 'ALLOCATED',
      reservationId,
      orderId,
      orderLineId: lineOf.get(reservationId)?.orderLineId ?? '',
      workOrderId: lineOf.get(reservationId)?.fulfillmentOrderId ?? null,
      variantId,
      locationId,
      ...(COLLECTED.has(lineOf.get(reservationId)?.method ?? null) ? { collected: true as const } : {}),
      unit,
      quantity,
      open: quantity,
      picked: 0,
      claimedAt,
      backordered,
      expectedAt: null,
      partOf: null,
      bookedWith: [],
    }),
  );
}
