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
import { type AccountPayment, mostToTake, type OrderAccount, type PaymentAction } from './order-account.ts';
import { refundable, takenOrPromised } from './payment.ts';

/** The account of an order of which goods worth `amount` will not be had by anybody; with the last of its work all the rest counts as delivered. */
export function withUncollected(account: OrderAccount, amount: Money, isLast: boolean): OrderAccount {
  const uncollected = account.uncollected === undefined ? amount : addMoney(account.uncollected, amount);
  const moved = { ...account, uncollected };
  return isLast ? { ...moved, shipped: mostToTake(moved) } : moved;
}

/**
 * What goes back because goods that were paid in advance were not collected: what was taken beyond the most that may be, less what went back
 * for that reason before. From the last payment on, as far as each has money to give back.
 */
export function refundsOfUncollected(
  before: OrderAccount,
  after: OrderAccount,
  payments: readonly AccountPayment[],
): readonly PaymentAction[] {
  const { currencyCode } = after.total;
  const taken = sumMoney(payments.map(takenOrPromised), currencyCode);
  let due = decimal(beyond(taken, after).amount).minus(decimal(beyond(taken, before).amount));
  const actions: PaymentAction[] = [];
  for (const payment of payments.toReversed()) {
    const left = decimal(refundable(payment).amount);
    const amount = left.lt(due) ? left : due;
    if (amount.lte(zero)) continue;
    actions.push({ paymentId: payment._id, amount: money(amount, currencyCode) });
    due = due.minus(amount);
  }
  return actions;
}

function beyond(taken: Money, account: OrderAccount): Money {
  const most = mostToTake(account);
  return compareMoney(taken, most) > 0 ? subtractMoney(taken, most) : money(zero, taken.currencyCode);
}
