import { accepted, refused } from '../../../platform/errors.ts';
import type { IntentOutcome } from '../../../platform/idempotency/idempotency.ts';
import { PLACE } from '../feed/order-operations.ts';
import { readyOrder, unavailable } from '../feed/place.ts';
import { announceConfirmed, announceShipped } from '../feed/tell-siblings.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { type KeptOrder, orderPayload } from './order-payload.ts';

/** Buys. What is refused leaves nothing behind; what was carried out before is answered from then. */
export function placeOrder(room: Room): NonNullable<MutationResolvers['placeOrder']> {
  return async (_parent, { input }, context) => {
    const { caller } = context;
    const intent = { identity: caller.identity, mutation: 'placeOrder', key: input.idempotencyKey, input };
    const known = await room.idempotency.recall<KeptOrder>(intent);
    if (known !== null) return orderPayload(context, known);

    const ready = await readyOrder(room, input, caller).catch((error: unknown) => refused(unavailable(error)));
    if (!ready.ok) return { order: null, operation: null, replayed: false, userErrors: [...ready.errors] };
    const { order, undo } = ready.value;
    const outcome: IntentOutcome<KeptOrder> = await room.idempotency.once(intent, async (session) => {
      await room.orders.insert(session, order);
      const operationId = await room.integration.operations.enqueue(session, {
        owner: 'order',
        kind: PLACE.kind,
        subjectId: order._id,
        aggregate: `order:${order._id}`,
        correlationId: caller.correlationId,
        idempotencyKey: order._id,
        lane: 'order',
        steps: [{ name: PLACE.step, system: room.erp.system }],
        payload: { number: order.number },
      });
      await announceConfirmed(room, session, order);
      for (const work of order.work) if (work.state === 'PICKED_UP') await announceShipped(room, session, order, work, null, order.placedAt);
      return accepted({ orderId: order._id, operationId });
    });
    if (outcome.done) room.integration.operations.wake();
    else await undo();
    return orderPayload(context, outcome);
  };
}
