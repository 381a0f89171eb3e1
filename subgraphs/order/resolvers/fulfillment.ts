import { GraphError } from '../../../platform/errors.ts';
import type { Shipment } from '../domain/order.ts';
import { acceptWork, shipWork } from '../domain/ship.ts';
import { announceShipped } from '../feed/tell-siblings.ts';
import { creditUncollected } from '../feed/uncollected.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { changeOrder } from './change-order.ts';
import { changeWork, orderOfWork, workOf } from './change-work.ts';
import { writtenOrder } from './order-payload.ts';

interface Kept {
  readonly orderId: string;
  readonly id: string;
}

/** A place takes on a piece of work. */
export function acceptFulfillmentOrder(room: Room): NonNullable<MutationResolvers['acceptFulfillmentOrder']> {
  return (_parent, { input }, context) =>
    changeWork(room, context, {
      mutation: 'acceptFulfillmentOrder',
      input,
      workId: input.id,
      field: 'id',
      expectedVersion: input.expectedVersion,
      eventType: 'WORK_ACCEPTED',
      decide: (order, work, event) => acceptWork(order, work.id, event),
    });
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
        const work = workOf(before, fulfillmentOrderId);
        await announceShipped(room, session, before, work, { shipmentId: id, shippedAt: order.updatedAt });
        await creditUncollected(room, session, before, work);
        return { orderId: order._id, id };
      },
    });
    if (!outcome.done) return { shipment: null, userErrors: [...outcome.errors] };
    room.integration.operations.wake('order');
    const order = await writtenOrder(context, outcome.value.orderId);
    const shipment = order.shipments.find((candidate) => candidate.id === outcome.value.id);
    if (shipment === undefined)
      throw new GraphError('INTERNAL_SERVER_ERROR', `shipment ${outcome.value.id} was written and is gone`);
    return { shipment: { order, shipment }, userErrors: [] };
  };
}
