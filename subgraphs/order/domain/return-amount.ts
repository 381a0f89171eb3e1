import { type Money, money, sumMoney } from '../../../platform/money.ts';
import { lineAmount } from './price-lines.ts';
import type { Return, ReturnLine } from './return.ts';

/** What is credited for one line: for the accepted units once it is decided, before that for the units asked about. Rounded once. */
export function refundableAmount(
  line: Pick<ReturnLine, 'requested' | 'accepted' | 'unitPrice'>,
  of: Pick<Return, 'state' | 'currencyCode'>,
): Money {
  const units = of.state === 'COMPLETED' ? line.accepted : line.requested;
  return lineAmount(money(line.unitPrice, of.currencyCode), units);
}

/** What is credited in all: exactly the sum of what is credited for the lines. */
export function refundableTotal(goods: Pick<Return, 'state' | 'currencyCode' | 'lines'>): Money {
  return sumMoney(
    goods.lines.map((line) => refundableAmount(line, goods)),
    goods.currencyCode,
  );
}
