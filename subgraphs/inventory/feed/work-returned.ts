import type { ClientSession } from 'mongoose';
import { idFromKey } from '../../../platform/ids.ts';
import { PIECE } from '../../../platform/quantity.ts';
import { type Allocation, draw, unpicked } from '../domain/allocation.ts';
import type { Movement } from '../domain/movement.ts';
import { pickedShort, workRejected } from './event-data.ts';
import { assertKnownLocations, type EventHandler, type EventHandlerOptions } from './event-handler.ts';
import { createReSourcing, type Taking } from './re-sourcing.ts';

/** A place will not do a piece of work: what is claimed for it there is claimed at another place, or given back and its order told. */
export function onWorkRejected(options: EventHandlerOptions): EventHandler {
  return async (session, event) => {
    const { orderId, reservationIds } = workRejected.parse(event.data);
    const returning = returningOf(options, event.id);
    const wanted = new Set(reservationIds);
    const { clock } = options;
    for (const allocation of await options.store.allocations.ofOrder(session, orderId)) {
      if (!wanted.has(allocation.reservationId) || unpicked(allocation) <= 0) continue;
      const taking = { reason: 'WORK_REJECTED', at: clock.now(), correlationId: event.correlationId };
      await returning(session, allocation, taking);
    }
  };
}

/**
 * Goods that were looked for and are not there: what is claimed of them is claimed at another place, or given back and its order told; and they
 * are gone from the shelf, as of when somebody looked, so that nobody is promised them again.
 */
export function onPickedShort(options: EventHandlerOptions): EventHandler {
  const { store, clock } = options;
  return async (session, event) => {
    const { orderId, fulfillmentOrderId, pickedAt, lines } = pickedShort.parse(event.data);
    assertKnownLocations(store, lines);
    const returning = returningOf(options, event.id);
    const at = clock.now();
    const gone: Movement[] = [];
    for (const [index, line] of lines.entries()) {
      // Read anew for each line: the one before may have taken of the same allocation.
      const allocations = await store.allocations.ofOrder(session, orderId);
      const { drawn } = draw(line, allocations, fulfillmentOrderId, unpicked);
      for (const { allocation, quantity } of drawn)
        await returning(session, allocation, {
          reason: 'SHORT_PICK',
          at,
          correlationId: event.correlationId,
          units: quantity,
        });
      gone.push({
        type: 'ADJUSTMENT',
        variantId: line.variantId,
        locationId: line.locationId,
        unit: drawn[0]?.allocation.unit ?? PIECE,
        from: 'available',
        to: null,
        quantity: line.quantity,
        occurredAt: new Date(pickedAt),
        sourceSystem: 'ORDER',
        sourceEventId: `${event.id}:short:${index}`,
        reasonCode: line.reasonCode,
      });
    }
    await store.ledger.record(session, { movements: gone, at });
  };
}

/** Takes units of an order back from their place. The ids of what begins elsewhere follow from the event, as it may be applied anew. */
function returningOf({ store, events }: EventHandlerOptions, eventId: string) {
  let begun = 0;
  const newId = () => {
    begun += 1;
    return idFromKey('re-sourced', eventId, String(begun));
  };
  const reSourcing = createReSourcing({ store, events, newId });
  return async (session: ClientSession, allocation: Allocation, taking: Taking): Promise<void> => {
    const { reservationId, variantId } = allocation;
    const reservation = (await store.claims.byIds([reservationId], session)).get(reservationId);
    if (reservation === undefined) return;
    const levels = (await store.stock.read([variantId], session)).get(variantId)?.levels ?? [];
    const promised = { allocation, reservation };
    if (await reSourcing.moveElsewhere(session, promised, levels, taking)) return;
    await reSourcing.giveUp(session, promised, taking);
  };
}
