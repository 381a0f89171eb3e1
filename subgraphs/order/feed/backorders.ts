import { z } from 'zod';
import type { ConsumerOptions } from '../../../platform/events/consumer.ts';
import { coverClaim } from '../domain/backorder.ts';
import type { Room } from '../room.ts';
import { requestWork } from './warehouse-operations.ts';

const coverSchema = z.object({
  orderId: z.string(),
  reservationId: z.string(),
  backordered: z.number().int().min(0),
  expectedAt: z.iso
    .datetime({ offset: true })
    .nullable()
    .transform((text) => (text === null ? null : new Date(text))),
});

/** Goods that were bought before they were there: when they are expected, and that they came, so that the work with them can begin. */
export function backorderHandlers(room: Room): ConsumerOptions['handlers'] {
  const { orders, clock, newId } = room;

  const following =
    (type: 'GOODS_AWAITED' | 'GOODS_CAME'): ConsumerOptions['handlers'][string] =>
    async (session, event) => {
      const { orderId, ...cover } = coverSchema.parse(event.data);
      const before = await orders.find(session, orderId);
      if (before === null || before.status === 'COMPLETED' || before.status === 'CANCELED') return;
      const covered = coverClaim(before, cover, newId, {
        id: newId(),
        type,
        occurredAt: new Date(event.time),
        recordedAt: clock.now(),
        actor: 'subgraph:inventory',
        sourceSystem: 'GRAPH',
      });
      if (covered === null) return;
      if (!(await orders.replace(session, before, covered.order)))
        throw new Error(`order ${before._id} changed within a transaction that had read it`);
      await requestWork(room, session, covered.order, covered.opened);
    };

  return {
    'inventory.allocationBackordered': following('GOODS_AWAITED'),
    'inventory.allocationCovered': following('GOODS_CAME'),
  };
}
