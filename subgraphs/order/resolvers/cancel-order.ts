import { accepted, refused, userError } from '../../../platform/errors.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import { cancel } from '../domain/cancel.ts';
import { maySee } from '../domain/visibility.ts';
import { enqueueCancellation } from '../feed/order-operations.ts';
import { forgetPickup } from '../feed/tell-pickup.ts';
import { announceCanceled } from '../feed/tell-siblings.ts';
import { withdrawWork } from '../feed/warehouse-operations.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { changeOrder } from './change-order.ts';
import { type KeptOrder, orderPayload } from './order-payload.ts';

/** Takes an order back whole: by staff with order:write, or by the shopper whose it is. */
export function cancelOrder(room: Room): NonNullable<MutationResolvers['cancelOrder']> {
  return async (_parent, { input }, context) => {
    const { identity } = context.caller;
    const outcome = await changeOrder<KeptOrder>(room, context, {
      mutation: 'cancelOrder',
      input,
      eventType: 'ORDER_CANCELED',
      async find(session) {
        const order = await room.orders.find(session, input.id);
        if (order === null || !maySee(identity, order))
          return refused(
            userError('ORDER_UNKNOWN', `There is no order ${input.id}.`, { field: ['input', 'id'] }),
          );
        const own = order.customerId !== null && order.customerId === identity.customerId;
        if (!own && order.placedBy !== identity.subject && !hasScope(identity, 'order:write')) {
          return refused(
            userError(
              'FORBIDDEN',
              'Only its customer or a caller with the scope order:write cancels an order.',
              { field: ['input', 'id'] },
            ),
          );
        }
        return accepted(order);
      },
      decide: (order, event) => cancel(order, input.expectedVersion ?? null, event),
      async write(session, before, order) {
        const { reasonCode } = input;
        // First: what the warehouse says has left must not be credited before somebody has looked.
        await withdrawWork(room, session, before, { reasonCode, canceledAt: order.updatedAt });
        const operationId = await enqueueCancellation(room, session, order, {
          reasonCode,
          canceledAt: order.updatedAt,
        });
        for (const work of before.work) await forgetPickup(room, session, order, work);
        await announceCanceled(room, session, order, reasonCode);
        return { orderId: order._id, operationId };
      },
    });
    if (outcome.done) room.integration.operations.wake('order');
    return orderPayload(context, outcome);
  };
}
