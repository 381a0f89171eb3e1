import { accepted, refused, userError } from '../../../platform/errors.ts';
import { hashOf } from '../../../platform/idempotency/idempotency.ts';
import { hasScope, type Identity } from '../../../platform/identity/identity.ts';
import { choosePayment, planRefund } from '../domain/refund.ts';
import type { MutationResolvers, QueryResolvers, RequestRefundInput } from '../generated.ts';
import type { Room } from '../room.ts';
import { promiseRefund } from '../store/payment-moves.ts';
import { forbidden, mayMoveMoney } from './payment-actions.ts';

/** Gives money back: decided and approved at once, since only staff and our own rooms may ask, then sent to the provider. */
export function requestRefund(room: Room): NonNullable<MutationResolvers['requestRefund']> {
  return async (_parent, { input }, { caller, loaders }) => {
    if (!mayMoveMoney(caller)) return { refund: null, replayed: false, userErrors: [forbidden()] };
    const { clientId } = caller.identity;
    const { idempotencyKey } = input;
    const inputHash = hashOf(input);
    const outcome = await room.idempotency.once(
      { identity: caller.identity, mutation: 'requestRefund', key: idempotencyKey, input },
      async (session) => {
        const known = await room.finance.refunds.byKey(session, clientId, idempotencyKey);
        if (known !== null) {
          return known.inputHash === inputHash
            ? accepted({ id: known._id, before: true })
            : refused(keyReused());
        }
        const account = await room.finance.accounts.find(session, input.orderId);
        if (account === null) return refused(orderUnknown(input.orderId));
        const plan = planRefund(requestOf(input), account.total.currencyCode);
        if (!plan.ok) return plan;
        const payments = await room.finance.payments.byIds(account.paymentIds, session);
        // A payment that was let go may pay for another order by now.
        const ordered = account.paymentIds
          .flatMap((id) => payments.get(id) ?? [])
          .filter((payment) => payment.orderId === account._id);
        const chosen = choosePayment(plan.value.amount, input.paymentId ?? null, ordered);
        if (!chosen.ok) return chosen;
        const payment = payments.get(chosen.value._id);
        if (payment === undefined) return refused(orderUnknown(input.orderId));
        const refund = await promiseRefund(session, room, payment, {
          ...plan.value,
          orderId: account._id,
          returnId: input.returnId ?? null,
          reasonCode: input.reasonCode,
          idempotencyKey,
          clientId,
          inputHash,
          correlationId: caller.correlationId,
        });
        return accepted({ id: refund._id, before: false });
      },
    );
    if (!outcome.done) return { refund: null, replayed: false, userErrors: [...outcome.errors] };
    room.integration.operations.wake('finance');
    const { id, before } = outcome.value;
    const refund = await loaders.refundById.load(id);
    return { refund, replayed: outcome.replayed || before, userErrors: [] };
  };
}

/** A refund, for those who may read the books and for the customer whose order it is. */
export const refund: NonNullable<QueryResolvers['refund']> = async (_parent, { id }, { caller, loaders }) => {
  const found = await loaders.refundById.load(id);
  if (found === null || maySeeOrders(caller.identity)) return found;
  const account = await loaders.accountByOrder.load(found.orderId);
  return isOwner(caller.identity, account?.customerId ?? null) ? found : null;
};

/** Staff and our own rooms see the money of every order. */
export function maySeeOrders(identity: Identity): boolean {
  return (
    identity.kind === 'service' || hasScope(identity, 'order:read') || hasScope(identity, 'finance:read')
  );
}

export function isOwner(identity: Identity, customerId: string | null): boolean {
  return customerId !== null && identity.customerId === customerId;
}

function requestOf(input: RequestRefundInput) {
  return {
    lines: input.lines.map(({ orderLineId, quantity, amount }) => ({
      orderLineId,
      quantity: { value: quantity.value, unit: quantity.unit },
      amount: amount ?? null,
    })),
    amountCap: input.amountCap ?? null,
  };
}

function orderUnknown(orderId: string) {
  return userError('ORDER_UNKNOWN', `There is no order ${orderId} with payments.`, {
    field: ['input', 'orderId'],
  });
}

function keyReused() {
  return userError('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used before for another refund.', {
    field: ['input', 'idempotencyKey'],
  });
}
