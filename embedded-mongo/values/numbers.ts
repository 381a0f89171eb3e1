import { Decimal128, Double, Int32, Long } from 'bson';
import { CommandError } from '../errors.ts';
import { isNumber, type NumberValue, numberClass } from './kinds.ts';

/** A decimal fraction `coefficient * 10^exponent`, exact. */
export type Fraction = { coefficient: bigint; exponent: number };
/** A number without its storage class: a double, an integer too large for one, or a decimal fraction. */
export type ExactNumber = number | bigint | Fraction;

export function exact(value: NumberValue): ExactNumber {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  switch (value._bsontype) {
    case 'Int32':
    case 'Double':
      return Number(value.value);
    case 'Long': {
      const near = value.toNumber();
      return Number.isSafeInteger(near) ? near : value.toBigInt();
    }
    case 'Decimal128':
      return parseDecimal(value.toString());
  }
}

export function parseDecimal(text: string): number | Fraction {
  if (/nan/i.test(text)) return Number.NaN;
  if (/inf/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const parts = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!parts) throw new CommandError('BadValue', `Failed to parse number '${text}'`);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const coefficient = BigInt(whole + fraction || '0');
  return {
    coefficient: sign === '-' ? -coefficient : coefficient,
    exponent: Number(exponent) - fraction.length,
  };
}

/** A finite number as a decimal fraction. A double stands for the shortest text that reads as it: 0.1 is one tenth. */
export function toFraction(value: ExactNumber): Fraction {
  if (typeof value === 'object') return value;
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  const parsed = parseDecimal(String(value));
  return typeof parsed === 'number' ? { coefficient: 0n, exponent: 0 } : parsed;
}

/** Both coefficients over the smaller of the two exponents, so that they can be added and compared. */
export function align(a: Fraction, b: Fraction): { a: bigint; b: bigint; exponent: number } {
  const exponent = Math.min(a.exponent, b.exponent);
  return {
    a: a.coefficient * 10n ** BigInt(a.exponent - exponent),
    b: b.coefficient * 10n ** BigInt(b.exponent - exponent),
    exponent,
  };
}

/** Compares across all number classes without rounding. NaN equals itself and sorts first. */
export function compareNumbers(x: NumberValue, y: NumberValue): number {
  const a = exact(x);
  const b = exact(y);
  if (typeof a === 'number' && typeof b === 'number') {
    if (a < b) return -1;
    if (a > b) return 1;
    if (a === b) return 0;
    return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
  }
  if (typeof a === 'number' && !Number.isFinite(a)) return a > 0 ? 1 : -1;
  if (typeof b === 'number' && !Number.isFinite(b)) return b > 0 ? -1 : 1;
  const same = align(toFraction(a), toFraction(b));
  return same.a < same.b ? -1 : same.a > same.b ? 1 : 0;
}

const width = { Int32: 1, Long: 2, Double: 3, Decimal128: 4 } as const;

function widest(x: NumberValue, y: NumberValue) {
  const a = numberClass(x);
  const b = numberClass(y);
  return width[a] >= width[b] ? a : b;
}

/** Adds or multiplies and keeps the wider of the two classes, as `$inc` and `$mul` do. Fails when a long overflows. */
export function arithmetic(operator: '+' | '*', x: NumberValue, y: NumberValue): NumberValue {
  const target = widest(x, y);
  const a = exact(x);
  const b = exact(y);
  if (target === 'Decimal128') {
    if (!isFiniteExact(a) || !isFiniteExact(b))
      return Decimal128.fromString(
        decimalText(operator === '*' ? toDouble(a) * toDouble(b) : toDouble(a) + toDouble(b)),
      );
    const p = toFraction(a);
    const q = toFraction(b);
    if (operator === '*')
      return toDecimal128({ coefficient: p.coefficient * q.coefficient, exponent: p.exponent + q.exponent });
    const sum = align(p, q);
    return toDecimal128({ coefficient: sum.a + sum.b, exponent: sum.exponent });
  }
  if (target === 'Double')
    return new Double(operator === '*' ? toDouble(a) * toDouble(b) : toDouble(a) + toDouble(b));
  const p = toFraction(a).coefficient;
  const q = toFraction(b).coefficient;
  return integerValue(operator === '*' ? p * q : p + q, target);
}

/** The narrowest integer class that holds the value, not narrower than `atLeast`. */
export function integerValue(value: bigint, atLeast: 'Int32' | 'Long'): NumberValue {
  if (atLeast === 'Int32' && value >= -(2n ** 31n) && value < 2n ** 31n) return new Int32(Number(value));
  if (value < -(2n ** 63n) || value >= 2n ** 63n)
    throw new CommandError('BadValue', 'The result does not fit a 64-bit integer');
  return Long.fromBigInt(value);
}

const isFiniteExact = (value: ExactNumber) => typeof value !== 'number' || Number.isFinite(value);
const decimalText = (value: number) => (Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity');

export function toDouble(value: ExactNumber): number {
  return typeof value === 'object' ? Number(`${value.coefficient}e${value.exponent}`) : Number(value);
}

export function toDecimal128({ coefficient, exponent }: Fraction): Decimal128 {
  if (exponent > 0 || exponent < -34) return Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`);
  const negative = coefficient < 0n;
  const digits = (negative ? -coefficient : coefficient).toString().padStart(1 - exponent, '0');
  const point = digits.length + exponent;
  const text = exponent === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return Decimal128.fromStringWithRounding(negative ? `-${text}` : text);
}

/** A number argument as a plain number; the default when it is absent or not a number. */
export function asNumber<T>(value: unknown, otherwise: T): number | T {
  return isNumber(value) ? toDouble(exact(value)) : otherwise;
}

/** MongoDB's idea of true in an option: true, or a number other than zero. */
export const asFlag = (value: unknown): boolean =>
  value === true || (isNumber(value) && toDouble(exact(value)) !== 0);
