import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { type Caller, hasScope } from '../../../platform/identity/identity.ts';
import type { Money } from '../../../platform/money.ts';
import { payable } from '../domain/payable.ts';
import { amountInvalid, decideCapture, decideVoid, type PendingMove } from '../domain/payment.ts';
import type { PaymentRecord } from '../domain/payment-record.ts';
import type { MutationResolvers, PaymentActionInput } from '../generated.ts';
import type { Room } from '../room.ts';
import { promiseMove } from '../store/payment-moves.ts';

/** Takes held money in the background; the payment shows it once the provider has said so. */
export function capturePayment(room: Room): NonNullable<MutationResolvers['capturePayment']> {
  return (_parent, { input }, { caller }) =>
    act(room, caller, 'CAPTURE', input, (payment) => {
      const amount = input.amount == null ? null : payable(input.amount);
      if (input.amount != null && amount === null)
        return refused(amountInvalid(['input', 'amount', 'amount']));
      return decideCapture(payment, amount);
    });
}

/** Lets go of held money that pays for no order; an order's payments are let go of by canceling the order. */
export function voidPayment(room: Room): NonNullable<MutationResolvers['voidPayment']> {
  return (_parent, { input }, { caller }) =>
    act(room, caller, 'VOID', input, (payment) => {
      if (!payment.bound) return decideVoid(payment);
      return refused(
        userError('PAYMENT_ALREADY_USED', 'The payment pays for an order; cancel the order instead.', {
          field: ['input', 'id'],
        }),
      );
    });
}

const MUTATION = { CAPTURE: 'capturePayment', VOID: 'voidPayment' } as const;

async function act(
  room: Room,
  caller: Caller,
  kind: Extract<PendingMove['kind'], 'CAPTURE' | 'VOID'>,
  input: PaymentActionInput,
  decide: (payment: PaymentRecord) => Decision<Money>,
) {
  if (!mayMoveMoney(caller)) {
    return { payment: null, replayed: false, userErrors: [forbidden()] };
  }
  const { idempotencyKey: key, id } = input;
  const outcome = await room.idempotency.once(
    { identity: caller.identity, mutation: MUTATION[kind], key, input },
    async (session) => {
      const payment = (await room.finance.payments.byIds([id], session)).get(id);
      if (payment === undefined) {
        return refused(
          userError('PAYMENT_UNKNOWN', `There is no payment ${id}.`, { field: ['input', 'id'] }),
        );
      }
      const decided = decide(payment);
      if (!decided.ok) return decided;
      await promiseMove(session, room, payment, {
        kind,
        amount: decided.value,
        correlationId: caller.correlationId,
        idempotencyKey: key,
      });
      return accepted({ id });
    },
  );
  if (!outcome.done) return { payment: null, replayed: false, userErrors: [...outcome.errors] };
  room.integration.operations.wake('finance');
  const payment = (await room.finance.payments.byIds([id])).get(id) ?? null;
  return { payment, replayed: outcome.replayed, userErrors: [] };
}

/** Taking, letting go and giving back is for staff and for our own rooms. */
export function mayMoveMoney(caller: Caller): boolean {
  return hasScope(caller.identity, 'order:write') || hasScope(caller.identity, 'finance:refund');
}

export function forbidden() {
  return userError('FORBIDDEN', 'This needs the scope order:write or finance:refund.');
}
