import { compareMoney, decimal, type Money, money, roundMoney, zero } from '../../../platform/money.ts';

/** The amount in its usual spelling when it can be paid: above zero, no digits smaller than its currency has. Null otherwise. */
export function payable(amount: Money): Money | null {
  const spelled = money(amount.amount, amount.currencyCode);
  return decimal(spelled.amount).gt(zero) && compareMoney(spelled, roundMoney(spelled)) === 0
    ? spelled
    : null;
}
