import { Decimal128, Long } from 'bson';
import { fail } from '../errors.ts';
import { isNumber, type NumberValue, numberClass, typeName } from '../values/kinds.ts';
import { align, arithmetic, asNumber, exact, toDecimal128, toDouble, toFraction } from '../values/numbers.ts';

/** Sum; of a date and a number, the date that many milliseconds later. */
export function add(a: unknown, b: unknown): unknown {
  if (a instanceof Date || b instanceof Date) {
    const [date, offset] = a instanceof Date ? [a, b] : [b, a];
    if (!(date instanceof Date) || offset instanceof Date)
      fail(16_612, 'only one date allowed in an $add expression');
    return new Date(date.getTime() + asNumber(offset, Number.NaN));
  }
  return plain(arithmetic('+', numeric('$add', a), numeric('$add', b)));
}

export const multiply = (a: unknown, b: unknown): unknown =>
  plain(arithmetic('*', numeric('$multiply', a), numeric('$multiply', b)));

/** Difference; of two dates, the milliseconds between them. */
export function subtract(a: unknown, b: unknown): unknown {
  if (a instanceof Date)
    return b instanceof Date ? a.getTime() - b.getTime() : new Date(a.getTime() - asNumber(b, Number.NaN));
  return plain(arithmetic('+', numeric('$subtract', a), arithmetic('*', numeric('$subtract', b), -1)));
}

export function divide(a: unknown, b: unknown): unknown {
  const x = numeric('$divide', a);
  const y = numeric('$divide', b);
  if (toDouble(exact(y)) === 0) fail('BadValue', "can't $divide by zero");
  if (!isDecimal(x) && !isDecimal(y)) return toDouble(exact(x)) / toDouble(exact(y));
  // 34 digits after the point are as many as a Decimal128 can hold.
  const digits = 34;
  const same = align(toFraction(exact(x)), toFraction(exact(y)));
  const quotient = (same.a * 10n ** BigInt(digits)) / same.b;
  return trimZeros(quotient, -digits);
}

export function remainder(a: unknown, b: unknown): unknown {
  const x = numeric('$mod', a);
  const y = numeric('$mod', b);
  if (toDouble(exact(y)) === 0) fail(16_610, "can't $mod by zero");
  if (!isDecimal(x) && !isDecimal(y)) return toDouble(exact(x)) % toDouble(exact(y));
  const same = align(toFraction(exact(x)), toFraction(exact(y)));
  return toDecimal128({ coefficient: same.a % same.b, exponent: same.exponent });
}

function trimZeros(coefficient: bigint, exponent: number): Decimal128 {
  let digits = coefficient;
  let power = exponent;
  while (power < 0 && digits % 10n === 0n) {
    digits /= 10n;
    power++;
  }
  return toDecimal128({ coefficient: digits, exponent: power });
}

const isDecimal = (value: NumberValue): boolean => numberClass(value) === 'Decimal128';

function numeric(operator: string, value: unknown): NumberValue {
  return isNumber(value)
    ? value
    : fail('TypeMismatch', `${operator} only supports numeric types, not ${typeName(value)}`);
}

/** Small results as JavaScript numbers, as the rest of the expression expects them. */
export function plain(value: NumberValue): unknown {
  if (value instanceof Decimal128) return value;
  if (value instanceof Long && !Number.isSafeInteger(value.toNumber())) return value;
  return toDouble(exact(value));
}
