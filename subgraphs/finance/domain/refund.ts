import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import {
  compareMoney,
  decimal,
  type Money,
  money,
  parseDecimal,
  sumMoney,
  zero,
} from '../../../platform/money.ts';
import type { Quantity } from '../../../platform/quantity.ts';
import type { AccountPayment } from './order-account.ts';
import { payable } from './payable.ts';
import { amountInvalid, refundable } from './payment.ts';

/**
 * Where a refund stands. REQUESTED and APPROVED follow one another in one step while nobody but staff may ask. `FAILED` keeps its
 * hold on the payment: the operation can be replayed, and what it would give back must not be given back twice.
 */
export type RefundState = 'REQUESTED' | 'APPROVED' | 'SUBMITTED' | 'IN_DOUBT' | 'SUCCEEDED' | 'FAILED';

const NEXT: Readonly<Record<RefundState, readonly RefundState[]>> = {
  REQUESTED: ['APPROVED'],
  APPROVED: ['SUBMITTED', 'SUCCEEDED', 'IN_DOUBT', 'FAILED'],
  SUBMITTED: ['SUCCEEDED', 'IN_DOUBT', 'FAILED'],
  IN_DOUBT: ['SUCCEEDED', 'SUBMITTED', 'FAILED'],
  FAILED: ['SUBMITTED', 'SUCCEEDED', 'IN_DOUBT'],
  SUCCEEDED: [],
};

/** The state after `to` is reported: `to` where that is a way to go, else unchanged. */
export function moveRefund(from: RefundState, to: RefundState): RefundState {
  return NEXT[from].includes(to) ? to : from;
}

export interface RefundLineRequest {
  readonly orderLineId: string;
  readonly quantity: Quantity;
  readonly amount: Money | null;
}

export interface RefundLine {
  readonly orderLineId: string;
  readonly quantity: Quantity;
  readonly amount: Money;
}

export interface RefundPlan {
  readonly amount: Money;
  readonly lines: readonly RefundLine[];
}

/** How much to give back, and for which line how much of it: the lines' amounts, cut from the last one on where the cap is lower. */
export function planRefund(
  request: { readonly lines: readonly RefundLineRequest[]; readonly amountCap: Money | null },
  currencyCode: string,
): Decision<RefundPlan> {
  const problems = amountProblems(request, currencyCode);
  if (problems.length > 0) return refused(...problems);
  const { lines, amountCap } = request;
  if (lines.length === 0) {
    return amountCap === null
      ? refused(amountMissing(['input', 'amountCap']))
      : accepted({ amount: money(amountCap.amount, currencyCode), lines: [] });
  }
  const priced: RefundLine[] = [];
  for (const [index, line] of lines.entries()) {
    const amount = line.amount ?? (lines.length === 1 ? amountCap : null);
    if (amount === null) return refused(amountMissing(['input', 'lines', String(index), 'amount']));
    priced.push({ ...line, amount: money(amount.amount, currencyCode) });
  }
  const kept = amountCap === null ? priced : cut(priced, amountCap);
  return accepted({
    amount: sumMoney(
      kept.map((line) => line.amount),
      currencyCode,
    ),
    lines: kept,
  });
}

/** The payment to give back to: the one named, or the first of the order with enough left. */
export function choosePayment(
  amount: Money,
  paymentId: string | null,
  payments: readonly AccountPayment[],
): Decision<AccountPayment> {
  const candidates = paymentId === null ? payments : payments.filter((payment) => payment._id === paymentId);
  if (candidates.length === 0) {
    const message =
      paymentId === null ? 'The order has no payment.' : `The order has no payment ${paymentId}.`;
    return refused(
      userError('PAYMENT_UNKNOWN', message, {
        field: ['input', paymentId === null ? 'orderId' : 'paymentId'],
      }),
    );
  }
  const chosen = candidates.find((payment) => compareMoney(refundable(payment), amount) >= 0);
  if (chosen !== undefined) return accepted(chosen);
  const left = sumMoney(candidates.map(refundable), amount.currencyCode);
  return refused(
    userError(
      'REFUND_EXCEEDS_CAPTURE',
      `No payment has ${amount.amount} left to give back; together they have ${left.amount} ${left.currencyCode}.`,
      { field: ['input', 'lines'] },
    ),
  );
}

function amountProblems(
  request: { readonly lines: readonly RefundLineRequest[]; readonly amountCap: Money | null },
  currencyCode: string,
): UserErrorValue[] {
  const amounts = [
    { amount: request.amountCap, field: ['input', 'amountCap'] },
    ...request.lines.map(({ amount }, index) => ({
      amount,
      field: ['input', 'lines', String(index), 'amount'],
    })),
  ];
  const wrongAmounts = amounts.flatMap(({ amount, field }) => {
    if (amount === null) return [];
    if (amount.currencyCode !== currencyCode) {
      return [
        userError('CURRENCY_MISMATCH', `The order is in ${currencyCode}.`, {
          field: [...field, 'currencyCode'],
        }),
      ];
    }
    return payable(amount) === null ? [amountInvalid(field)] : [];
  });
  const wrongQuantities = request.lines.flatMap(({ quantity }, index) =>
    parseDecimal(quantity.value)?.gt(zero)
      ? []
      : [
          userError('QUANTITY_INVALID', 'A quantity is above zero.', {
            field: ['input', 'lines', String(index), 'quantity', 'value'],
          }),
        ],
  );
  return [...wrongAmounts, ...wrongQuantities];
}

function amountMissing(field: readonly string[]): UserErrorValue {
  return userError('AMOUNT_MISSING', 'Say what to give back: an amount for each line, or an amountCap.', {
    field,
  });
}

function cut(lines: readonly RefundLine[], cap: Money): RefundLine[] {
  let left = decimal(cap.amount);
  return lines.flatMap((line) => {
    const wanted = decimal(line.amount.amount);
    const given = wanted.lt(left) ? wanted : left;
    left = left.minus(given);
    return given.gt(zero) ? [{ ...line, amount: money(given, cap.currencyCode) }] : [];
  });
}
