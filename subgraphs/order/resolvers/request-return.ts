import type { ClientSession } from 'mongoose';
import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import { type RequestFacts, requestReferenced } from '../domain/referenced-return.ts';
import {
  type ReferencedRequest,
  readReturnRequest,
  type UnreferencedRequest,
} from '../domain/request-return.ts';
import type { Return } from '../domain/return.ts';
import { handlesReturns } from '../domain/return-access.ts';
import { requestUnreferenced } from '../domain/unreferenced-return.ts';
import { maySee } from '../domain/visibility.ts';
import { askArticles } from '../feed/ask-articles.ts';
import { askCustomer } from '../feed/ask-customer.ts';
import { unavailable } from '../feed/place.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { changedMeanwhile, type KeptReturn, refusedReturn, returnPayload } from './change-return.ts';
import { knownPlaces } from './known-places.ts';

/** Asks to give goods back. What the siblings know is asked before the transaction; what the order knows is read within it. */
export function requestReturn(room: Room): NonNullable<MutationResolvers['requestReturn']> {
  return async (_parent, { input }, context) => {
    const { caller } = context;
    const intent = { identity: caller.identity, mutation: 'requestReturn', key: input.idempotencyKey, input };
    const before = await room.idempotency.recall<KeptReturn>(intent);
    if (before !== null) return returnPayload(context, before);

    const now = room.clock.now();
    const read = readReturnRequest(input, caller.identity, now);
    if (!read.ok) return refusedReturn(read.errors);
    const request = read.value;
    const named =
      request.locationId === null ? [] : [{ id: request.locationId, field: ['input', 'locationId'] }];
    const places = await knownPlaces(room, named, caller);
    if (!places.ok) return refusedReturn(places.errors);

    const { identity, correlationId } = caller;
    const facts = { identity, correlationId, now, newId: room.newId };
    const made =
      request.type === 'UNREFERENCED' ? await readyUnreferenced(room, request, facts, caller) : null;
    if (made !== null && !made.ok) return refusedReturn(made.errors);
    const outcome = await room.idempotency.once<KeptReturn>(intent, async (session) => {
      const written =
        request.type === 'REFERENCED' ? await takeFromOrder(room, session, request, facts) : made;
      if (written === null || !written.ok) return written ?? refused();
      await room.returns.insert(session, written.value);
      return accepted({ returnId: written.value._id, operationId: null });
    });
    return returnPayload(context, outcome);
  };
}

/** The return, kept aside on its order. Somebody else's order is as unknown as one that is not there. */
async function takeFromOrder(
  room: Room,
  session: ClientSession,
  request: ReferencedRequest,
  facts: RequestFacts,
): Promise<Decision<Return>> {
  const { identity } = facts;
  const field = ['input', 'orderId'];
  const order = await room.orders.find(session, request.orderId);
  if (order === null || !maySee(identity, order))
    return refused(userError('ORDER_UNKNOWN', `There is no order ${request.orderId}.`, { field }));
  const own =
    order.customerId === null
      ? order.placedBy === identity.subject
      : order.customerId === identity.customerId;
  if (!own && !handlesReturns(identity))
    return refused(
      userError(
        'FORBIDDEN',
        'Only its customer or a caller with the scope order:write gives an order back.',
        {
          field,
        },
      ),
    );
  const decision = requestReferenced(request, order, facts);
  if (!decision.ok) return decision;
  const { made, order: after } = decision.value;
  if (!(await room.orders.replace(session, order, after))) throw changedMeanwhile(`order ${order._id}`);
  return accepted(made);
}

async function readyUnreferenced(
  { siblings }: Room,
  request: UnreferencedRequest,
  facts: RequestFacts,
  caller: Caller,
): Promise<Decision<Return>> {
  try {
    const variantIds = request.lines.map(({ variantId }) => variantId);
    const [{ channel, variants }, customer] = await Promise.all([
      askArticles(siblings.product, request.channelId, variantIds, caller),
      askCustomer(siblings.customer, request.customerId, caller),
    ]);
    if (channel === null)
      return refused(
        userError('CHANNEL_UNKNOWN', `There is no channel ${request.channelId}.`, {
          field: ['input', 'channelId'],
        }),
      );
    if (!customer.ok) return customer;
    return requestUnreferenced(request, { ...facts, channel, customerCode: customer.value, variants });
  } catch (error) {
    return refused(unavailable(error));
  }
}
