import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import {
  addMoney,
  compareMoney,
  decimal,
  type Money,
  money,
  subtractMoney,
  sumMoney,
  zero,
} from '../../../platform/money.ts';
import { capturable, decideVoid, type PaymentBook, refundable, stateOf, takenOrPromised } from './payment.ts';

/** What finance knows of an order: what it comes to, what pays for it, and how much of it has left. */
export interface OrderAccount {
  /** The order's id. */
  readonly _id: string;
  readonly orderNumber: string;
  readonly customerId: string | null;
  readonly total: Money;
  readonly paymentIds: readonly string[];
  /** `CLOSED`: the order did not come about. */
  readonly status: 'OPEN' | 'CLOSED' | 'CANCELED';
  /** When the order subgraph said that the order stands; until then the account may be opened anew with other payments. */
  readonly confirmedAt: Date | null;
  /** What the shipments so far come to. */
  readonly shipped: Money;
  /** What the goods come to that nobody collected in time. Absent: none. */
  readonly uncollected?: Money;
  readonly version: number;
}

/** A payment as an account sees it. */
export interface AccountPayment extends PaymentBook {
  readonly _id: string;
  /** The order it is meant for or bound to. */
  readonly orderId: string | null;
  readonly customerId: string | null;
}

export interface OpeningRequest {
  readonly orderId: string;
  readonly customerId: string | null;
  readonly total: Money;
  readonly paymentIds: readonly string[];
}

/** Whether these payments may pay for this order and cover it. Answers the ids to bind, each once. */
export function decideOpening(
  request: OpeningRequest,
  payments: ReadonlyMap<string, AccountPayment>,
): Decision<readonly string[]> {
  const { total } = request;
  const ids = [...new Set(request.paymentIds)];
  const problems = ids.flatMap((id) => {
    const problem = paymentProblem(request, id, payments.get(id));
    return problem === null ? [] : [problem];
  });
  if (problems.length > 0) return refused(...problems);
  const books = ids.flatMap((id) => payments.get(id) ?? []);
  const covered = sumMoney(
    books.map((book) => money(book.authorized, book.currencyCode)),
    total.currencyCode,
  );
  if (compareMoney(covered, total) < 0) {
    return refused(
      userError(
        'PAYMENT_INSUFFICIENT',
        `The payments cover ${covered.amount} of ${total.amount} ${total.currencyCode}.`,
        { field: ['input', 'paymentIds'] },
      ),
    );
  }
  return accepted(ids);
}

function paymentProblem(
  request: OpeningRequest,
  id: string,
  payment: AccountPayment | undefined,
): UserErrorValue | null {
  const field = ['input', 'paymentIds', String(request.paymentIds.indexOf(id))];
  const strangers =
    request.customerId !== null && payment?.customerId != null && payment.customerId !== request.customerId;
  // Somebody else's payment is not told apart from one that does not exist.
  if (payment === undefined || strangers)
    return userError('PAYMENT_UNKNOWN', `There is no payment ${id}.`, { field });
  if (payment.orderId !== null && payment.orderId !== request.orderId)
    return userError('PAYMENT_ALREADY_USED', `Payment ${id} pays for another order.`, { field });
  if (payment.currencyCode !== request.total.currencyCode) {
    return userError(
      'CURRENCY_MISMATCH',
      `Payment ${id} is in ${payment.currencyCode}, the order in ${request.total.currencyCode}.`,
      { field },
    );
  }
  const state = stateOf(payment);
  if (state === 'AUTHORIZED' || state === 'CAPTURED') return null;
  return userError('PAYMENT_NOT_AUTHORIZED', `Payment ${id} is ${state}.`, {
    field,
    retryable: state === 'IN_DOUBT' || state === 'CREATED',
  });
}

/** The most that may be taken for an order: its total less what nobody collected. */
export function mostToTake({ total, uncollected }: OrderAccount): Money {
  return uncollected === undefined ? total : subtractMoney(total, uncollected);
}

export interface PaymentAction {
  readonly paymentId: string;
  readonly amount: Money;
}

/**
 * What to take now that goods for `account.shipped` have left: that much less what was taken or is being taken, from the payments
 * in their order. `short` is what they no longer hold; a person has to see to it.
 */
export function capturesDue(
  account: OrderAccount,
  payments: readonly AccountPayment[],
): { readonly captures: readonly PaymentAction[]; readonly short: Money | null } {
  const { currencyCode } = account.total;
  const most = mostToTake(account);
  const shipped = compareMoney(account.shipped, most) > 0 ? most : account.shipped;
  const taken = sumMoney(payments.map(takenOrPromised), currencyCode);
  let due = decimal(shipped.amount).minus(decimal(taken.amount));
  const captures: PaymentAction[] = [];
  for (const payment of payments) {
    if (due.lte(zero)) break;
    const left = decimal(capturable(payment).amount);
    const amount = left.lt(due) ? left : due;
    if (amount.lte(zero)) continue;
    captures.push({ paymentId: payment._id, amount: money(amount, currencyCode) });
    due = due.minus(amount);
  }
  return { captures, short: due.gt(zero) ? money(due, currencyCode) : null };
}

/** What to let go of and what to give back when the order is canceled. Money that is just being taken is neither: ask again once it was. */
export function undoingDue(payments: readonly AccountPayment[]): {
  readonly voids: readonly PaymentAction[];
  readonly refunds: readonly PaymentAction[];
} {
  const voids: PaymentAction[] = [];
  const refunds: PaymentAction[] = [];
  for (const payment of payments) {
    const voided = decideVoid(payment);
    if (voided.ok) voids.push({ paymentId: payment._id, amount: voided.value });
    const back = refundable(payment);
    if (decimal(back.amount).gt(zero)) refunds.push({ paymentId: payment._id, amount: back });
  }
  return { voids, refunds };
}

export type OrderPaymentStatus =
  | 'UNPAID'
  | 'AUTHORIZED'
  | 'PARTIALLY_PAID'
  | 'PAID'
  | 'OVERPAID'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'VOIDED'
  | 'IN_DOUBT';

/** How far an order of this total is paid by these payments. */
export function paymentStatus(total: Money, payments: readonly PaymentBook[]): OrderPaymentStatus {
  const states = payments.map(stateOf);
  if (states.includes('IN_DOUBT')) return 'IN_DOUBT';
  const captured = decimal(capturedSum(total, payments).amount);
  const refunded = decimal(refundedSum(total, payments).amount);
  const due = decimal(total.amount);
  if (refunded.gt(zero)) return refunded.gte(captured) ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  if (captured.gt(due)) return 'OVERPAID';
  if (captured.eq(due)) return 'PAID';
  if (captured.gt(zero)) return 'PARTIALLY_PAID';
  if (states.includes('AUTHORIZED')) return 'AUTHORIZED';
  return states.includes('VOIDED') ? 'VOIDED' : 'UNPAID';
}

/** Total less captured plus refunded: positive is still to be paid. */
export function balanceOf(total: Money, payments: readonly PaymentBook[]): Money {
  const given = addMoney(total, refundedSum(total, payments));
  return money(decimal(given.amount).minus(decimal(capturedSum(total, payments).amount)), total.currencyCode);
}

function capturedSum(total: Money, payments: readonly PaymentBook[]): Money {
  return sumMoney(
    payments.map((book) => money(book.captured, book.currencyCode)),
    total.currencyCode,
  );
}

function refundedSum(total: Money, payments: readonly PaymentBook[]): Money {
  return sumMoney(
    payments.map((book) => money(book.refunded, book.currencyCode)),
    total.currencyCode,
  );
}
