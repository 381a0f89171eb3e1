import type { ClientSession } from 'mongoose';
import { accepted, type Decision, GraphError, refused, userError } from '../../../platform/errors.ts';
import { hasScope, type Identity } from '../../../platform/identity/identity.ts';
import { versionConflict } from '../domain/cancel.ts';
import type { FulfillmentOrder, Order, Shipment } from '../domain/order.ts';
import { acceptWork, shipWork } from '../domain/ship.ts';
import { announceShipped } from '../feed/tell-siblings.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { changeOrder } from './change-order.ts';
import { writtenOrder } from './order-payload.ts';

interface Kept {
  readonly orderId: string;
  readonly id: string;
}

/** A place takes on a piece of work. */
export function acceptFulfillmentOrder(room: Room): NonNullable<MutationResolvers['acceptFulfillmentOrder']> {
  return async (_parent, { input }, context) => {
    const outcome = await changeOrder<Kept>(room, context, {
      mutation: 'acceptFulfillmentOrder',
      input,
      eventType: 'WORK_ACCEPTED',
      async find(session) {
        const order = await orderOfWork(room, session, input.id, ['input', 'id'], context.caller.identity);
        const conflict = order.ok
          ? versionConflict(workOf(order.value, input.id), input.expectedVersion ?? null)
          : null;
        return conflict === null ? order : refused(conflict);
      },
      decide: (order, event) => acceptWork(order, input.id, event),
      write: async (_session, _before, order) => ({ orderId: order._id, id: input.id }),
    });
    if (!outcome.done) return { fulfillmentOrder: null, userErrors: [...outcome.errors] };
    const order = await writtenOrder(context, outcome.value.orderId);
    return { fulfillmentOrder: { order, work: workOf(order, outcome.value.id) }, userErrors: [] };
  };
}

/** All goods of a piece of work leave in one shipment. */
export function createShipment(room: Room): NonNullable<MutationResolvers['createShipment']> {
  return async (_parent, { input }, context) => {
    const { fulfillmentOrderId } = input;
    const id = room.newId();
    const outcome = await changeOrder<Kept>(room, context, {
      mutation: 'createShipment',
      input,
      eventType: 'SHIPMENT_CREATED',
      find: (session) =>
        orderOfWork(
          room,
          session,
          fulfillmentOrderId,
          ['input', 'fulfillmentOrderId'],
          context.caller.identity,
        ),
      decide(order, event) {
        const work = workOf(order, fulfillmentOrderId);
        const parcels = input.packages.map(({ sscc, lineIds }) => ({ sscc: sscc ?? null, lineIds }));
        const shipment: Shipment = {
          id,
          fulfillmentOrderId,
          state: 'IN_TRANSIT',
          carrier: input.carrier,
          trackingNumber: input.trackingNumber ?? null,
          packages:
            parcels.length > 0 ? parcels : [{ sscc: null, lineIds: work.lines.map((line) => line.id) }],
          shippedAt: event.occurredAt,
        };
        return shipWork(order, fulfillmentOrderId, shipment, event);
      },
      async write(session, before, order) {
        await announceShipped(room, session, before, workOf(before, fulfillmentOrderId), id, order.updatedAt);
        return { orderId: order._id, id };
      },
    });
    if (!outcome.done) return { shipment: null, userErrors: [...outcome.errors] };
    const order = await writtenOrder(context, outcome.value.orderId);
    const shipment = order.shipments.find((candidate) => candidate.id === outcome.value.id);
    if (shipment === undefined)
      throw new GraphError('INTERNAL_SERVER_ERROR', `shipment ${outcome.value.id} was written and is gone`);
    return { shipment: { order, shipment }, userErrors: [] };
  };
}

async function orderOfWork(
  room: Room,
  session: ClientSession,
  workId: string,
  field: string[],
  identity: Identity,
): Promise<Decision<Order>> {
  if (!hasScope(identity, 'order:write'))
    return refused(
      userError('FORBIDDEN', 'Only a caller with the scope order:write works on orders.', { field }),
    );
  const [known] = await room.orders.byWorkIds([workId]);
  const order = known === undefined ? null : await room.orders.find(session, known._id);
  return order === null
    ? refused(userError('WORK_UNKNOWN', `There is no piece of work ${workId}.`, { field }))
    : accepted(order);
}

function workOf(order: Order, id: string): FulfillmentOrder {
  const work = order.work.find((piece) => piece.id === id);
  if (work === undefined)
    throw new GraphError(
      'INTERNAL_SERVER_ERROR',
      `order ${order._id} was found by work ${id} and has none such`,
    );
  return work;
}
