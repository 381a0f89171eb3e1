import type { ClientSession } from 'mongoose';
import { accepted, type Decision, GraphError, refused, userError } from '../../../platform/errors.ts';
import { hasScope, type Identity } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import { versionConflict } from '../domain/cancel.ts';
import type { FulfillmentOrder, Order, OrderEvent } from '../domain/order.ts';
import type { OrderUserErrorValue } from '../domain/price-lines.ts';
import type { Room } from '../room.ts';
import { changeOrder } from './change-order.ts';
import { writtenOrder } from './order-payload.ts';

/** One change of one piece of work by staff. */
export interface WorkChange {
  readonly mutation: string;
  readonly input: { readonly idempotencyKey: string };
  /** The piece of work, and the input field that names it. */
  readonly workId: string;
  readonly field: string;
  readonly expectedVersion?: number | null | undefined;
  readonly eventType: string;
  /** The order as it should be; pure. */
  decide(order: Order, work: FulfillmentOrder, event: OrderEvent): Decision<Order>;
  /** What else is written with it. Answers what the caller is to be told although it was written; nothing when all went well. */
  write?(session: ClientSession, before: Order, after: Order): Promise<OrderUserErrorValue | undefined>;
}

interface Kept {
  readonly orderId: string;
  readonly problem: OrderUserErrorValue | null;
}

/** Carries a change of a piece of work out, once per intent, and answers the work as it then stands. */
export async function changeWork(room: Room, context: Context, change: WorkChange) {
  const { workId } = change;
  const outcome = await changeOrder<Kept>(room, context, {
    mutation: change.mutation,
    input: change.input,
    eventType: change.eventType,
    async find(session) {
      const field = ['input', change.field];
      const order = await orderOfWork(room, session, workId, field, context.caller.identity);
      if (!order.ok) return order;
      const conflict = versionConflict(workOf(order.value, workId), change.expectedVersion ?? null);
      return conflict === null ? order : refused(conflict);
    },
    decide: (order, event) => change.decide(order, workOf(order, workId), event),
    async write(session, before, after) {
      const problem = (await change.write?.(session, before, after)) ?? null;
      return { orderId: after._id, problem };
    },
  });
  if (!outcome.done) return { fulfillmentOrder: null, userErrors: [...outcome.errors] };
  room.integration.operations.wake('order');
  const order = await writtenOrder(context, outcome.value.orderId);
  const { problem } = outcome.value;
  return {
    fulfillmentOrder: { order, work: workOf(order, workId) },
    userErrors: problem === null ? [] : [problem],
  };
}

/** The order that a piece of work belongs to, for staff. Refuses with FORBIDDEN or WORK_UNKNOWN. */
export async function orderOfWork(
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

/** A piece of work of an order that was found by it. */
export function workOf(order: Order, id: string): FulfillmentOrder {
  const work = order.work.find((piece) => piece.id === id);
  if (work === undefined)
    throw new GraphError(
      'INTERNAL_SERVER_ERROR',
      `order ${order._id} was found by work ${id} and has none such`,
    );
  return work;
}
