import type { ClientSession } from 'mongoose';
import {
  accepted,
  type Decision,
  GraphError,
  refused,
  type UserErrorValue,
} from '../../../platform/errors.ts';
import type { IntentOutcome } from '../../../platform/idempotency/idempotency.ts';
import type { Context } from '../context.ts';
import type { Order, OrderEvent } from '../domain/order.ts';
import type { Room } from '../room.ts';

export interface OrderChange<K> {
  readonly mutation: string;
  readonly input: { readonly idempotencyKey: string };
  /** The order to change, read in the transaction; or why there is none for this caller. */
  find(session: ClientSession): Promise<Decision<Order>>;
  /** The order as it should be; pure. */
  decide(order: Order, event: OrderEvent): Decision<Order>;
  readonly eventType: string;
  /** What else is written with it; answers what is kept with the intent. */
  write(session: ClientSession, before: Order, after: Order): Promise<K>;
}

/** One change of one order, once per intent: read, decide, write, all in one transaction. */
export function changeOrder<K>(
  room: Room,
  { caller }: Context,
  change: OrderChange<K>,
): Promise<IntentOutcome<K>> {
  const intent = {
    identity: caller.identity,
    mutation: change.mutation,
    key: change.input.idempotencyKey,
    input: change.input,
  };
  return room.idempotency.once<K>(intent, async (session) => {
    const found = await change.find(session);
    if (!found.ok) return found;
    const before = found.value;
    const now = room.clock.now();
    const event = {
      id: room.newId(),
      type: change.eventType,
      occurredAt: now,
      recordedAt: now,
      actor: caller.identity.subject,
      sourceSystem: 'GRAPH',
    };
    const decision: Decision<Order, UserErrorValue> = change.decide(before, event);
    if (!decision.ok) return refused(...decision.errors);
    if (!(await room.orders.replace(session, before, decision.value))) {
      throw new GraphError(
        'INTERNAL_SERVER_ERROR',
        `order ${before._id} changed within a transaction that had read it`,
      );
    }
    return accepted(await change.write(session, before, decision.value));
  });
}
