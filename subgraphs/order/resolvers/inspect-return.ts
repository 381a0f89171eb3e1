import type { ClientSession } from 'mongoose';
import { inspect } from '../domain/inspect-return.ts';
import type { Return } from '../domain/return.ts';
import { settleReturn } from '../domain/units-back.ts';
import { enqueueReturn } from '../feed/post-return.ts';
import { announceInspected } from '../feed/tell-inspected.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import {
  changedMeanwhile,
  changeReturn,
  type KeptReturn,
  refusedReturn,
  returnPayload,
} from './change-return.ts';
import { knownPlaces } from './known-places.ts';

/** Decides what becomes of the goods: the return is complete, its order knows what came back, stock and the ERP are told. */
export function inspectReturn(room: Room): NonNullable<MutationResolvers['inspectReturn']> {
  return async (_parent, { input }, context) => {
    const { caller } = context;
    const intent = { identity: caller.identity, mutation: 'inspectReturn', key: input.idempotencyKey, input };
    const before = await room.idempotency.recall<KeptReturn>(intent);
    if (before !== null) return returnPayload(context, before);
    const named = input.decisions.map(({ locationId }, index) => ({
      id: locationId,
      field: ['input', 'decisions', String(index), 'locationId'],
    }));
    const places = await knownPlaces(room, named, caller);
    if (!places.ok) return refusedReturn(places.errors);

    const outcome = await changeReturn(room, context, {
      mutation: 'inspectReturn',
      input,
      decide: (goods) => inspect(goods, input, room.clock.now()),
      async write(session, goods) {
        await settleOrder(room, session, goods, caller.identity.subject);
        await announceInspected(room, session, goods);
        if (goods.erpSync.state === 'NOT_REQUIRED') return null;
        return enqueueReturn(room, session, goods, places.value);
      },
    });
    if (outcome.done) room.integration.operations.wake('order');
    return returnPayload(context, outcome);
  };
}

async function settleOrder(room: Room, session: ClientSession, goods: Return, actor: string): Promise<void> {
  if (goods.orderId === null) return;
  const order = await room.orders.find(session, goods.orderId);
  if (order === null) throw new Error(`return ${goods._id} is of order ${goods.orderId}, which is gone`);
  const event = {
    id: room.newId(),
    type: 'RETURN_COMPLETED',
    occurredAt: goods.updatedAt,
    recordedAt: goods.updatedAt,
    actor,
    sourceSystem: 'GRAPH',
  };
  if (!(await room.orders.replace(session, order, settleReturn(order, goods, event))))
    throw changedMeanwhile(`order ${order._id}`);
}
