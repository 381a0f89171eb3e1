import { accepted, GraphError, refused, userError } from '../../../platform/errors.ts';
import type { Intent, IntentOutcome } from '../../../platform/idempotency/idempotency.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import type { PlaceOrderInput } from '../domain/place-request.ts';
import type { OrderUserErrorValue } from '../domain/price-lines.ts';
import { enqueueSalesOrder } from '../feed/order-operations.ts';
import { orderIdOf, type ReadyOrder, readyOrder, unavailable } from '../feed/place.ts';
import { announceConfirmed, announceHandedOver } from '../feed/tell-siblings.ts';
import { requestWork } from '../feed/warehouse-operations.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { type KeptOrder, orderPayload } from './order-payload.ts';

type Outcome = IntentOutcome<KeptOrder>;

const refusal = (...errors: readonly OrderUserErrorValue[]): Outcome => ({ done: false, errors });

/** Buys. What is refused leaves nothing behind; what was carried out before is answered from then. */
export function placeOrder(room: Room): NonNullable<MutationResolvers['placeOrder']> {
  return async (_parent, { input }, context) => {
    const { caller } = context;
    if (caller.identity.kind === 'anonymous') throw new GraphError('UNAUTHENTICATED', 'sign in to order');
    const intent: Intent = {
      identity: caller.identity,
      mutation: 'placeOrder',
      key: input.idempotencyKey,
      input,
    };
    const known = await room.idempotency.recall<KeptOrder>(intent);
    if (known !== null) return orderPayload(context, known);
    const orderId = orderIdOf(caller.identity, input.idempotencyKey);
    const outcome = await room.attempts.alone(
      orderId,
      room.newId(),
      caller.deadlineMs,
      () => attempt(room, intent, input, caller),
      () => room.idempotency.recall<KeptOrder>(intent),
    );
    return orderPayload(
      context,
      outcome ??
        refusal(
          userError('STILL_RUNNING', 'The same request is being carried out. Send it again for its answer.', {
            retryable: true,
          }),
        ),
    );
  };
}

async function attempt(room: Room, intent: Intent, input: PlaceOrderInput, caller: Caller): Promise<Outcome> {
  // Another attempt may have ended between the first look and this one's turn.
  const known = await room.idempotency.recall<KeptOrder>(intent);
  if (known !== null) return known;
  const ready = await readyOrder(room, input, caller).catch((error: unknown) => refused(unavailable(error)));
  if (!ready.ok) return refusal(...ready.errors);
  try {
    const outcome = await write(room, intent, ready.value);
    if (outcome.done) room.integration.operations.wake('order');
    else await undoUnlessItStands(room, ready.value);
    return outcome;
  } catch (error) {
    // The commit may have happened although nobody heard of it.
    await undoUnlessItStands(room, ready.value);
    throw error;
  }
}

/** Claims and payments belong to the order's id, whichever attempt wrote it: only what certainly does not stand is undone. */
async function undoUnlessItStands(room: Room, { order, undo }: ReadyOrder): Promise<void> {
  const [standing] = await room.orders.byIds([order._id]);
  if (standing === undefined) await undo();
}

/** The order, its operation and its events, all or none. */
function write(room: Room, intent: Intent, { order }: ReadyOrder): Promise<Outcome> {
  return room.idempotency.once<KeptOrder>(intent, async (session) => {
    if (await room.orders.anyUses(session, order.reservationIds ?? [])) {
      return refused(
        userError('RESERVATION_USED', 'A reservation is used by another order.', {
          field: ['input', 'reservationIds'],
        }),
      );
    }
    await room.orders.insert(session, order);
    const operationId = await enqueueSalesOrder(room, session, order);
    await requestWork(room, session, order);
    await announceConfirmed(room, session, order);
    await announceHandedOver(room, session, order);
    return accepted({ orderId: order._id, operationId });
  });
}
