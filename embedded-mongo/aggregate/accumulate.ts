import { compare } from '../values/compare.ts';
import { isMissing, isNumber, type NumberValue } from '../values/kinds.ts';
import { arithmetic } from '../values/numbers.ts';
import { divide } from './typed-arithmetic.ts';

/** The sum of the numbers among the values, in the widest of their types; other values count nothing. */
export const sum = (values: readonly unknown[]): NumberValue =>
  values.filter(isNumber).reduce<NumberValue>((total, value) => arithmetic('+', total, value), 0);

/** The mean of the numbers among the values; null when there is none. */
export function average(values: readonly unknown[]): unknown {
  const numbers = values.filter(isNumber);
  return numbers.length === 0 ? null : divide(sum(numbers), numbers.length);
}

/** The largest (1) or smallest (-1) value in MongoDB's order; null when all are missing. */
export function extreme(values: readonly unknown[], direction: 1 | -1): unknown {
  let best: unknown = null;
  for (const value of values)
    if (!isMissing(value) && (best === null || direction * compare(value, best) > 0)) best = value;
  return best;
}
