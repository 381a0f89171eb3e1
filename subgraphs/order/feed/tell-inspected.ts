import type { ClientSession } from 'mongoose';
import type { Return } from '../domain/return.ts';
import { refundableTotal } from '../domain/return-amount.ts';
import type { Room } from '../room.ts';

/** `return.inspected`: what came back is decided. Carries only what stock has to be told; finance learns the return's number by it. */
export async function announceInspected(room: Room, session: ClientSession, goods: Return): Promise<void> {
  await room.integration.events.publish(session, {
    source: '/subgraphs/order',
    type: 'return.inspected',
    subject: goods._id,
    correlationId: goods.correlationId,
    data: {
      returnId: goods._id,
      rmaNumber: goods.rmaNumber,
      orderId: goods.orderId,
      inspectedAt: goods.updatedAt.toISOString(),
      credited: refundableTotal(goods),
      dispositions: goods.lines.flatMap((line) =>
        line.dispositions
          .filter(({ toState }) => toState !== 'NONE')
          .map(({ code, quantity, locationId, toState }) => ({
            returnLineId: line.id,
            variantId: line.variantId,
            locationId,
            quantity,
            code,
            toState,
          })),
      ),
    },
  });
}
