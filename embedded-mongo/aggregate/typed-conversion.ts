import { Decimal128, Long } from 'bson';
import { fail } from '../errors.ts';
import { isMissing, isNumber, isObjectId, type NumberValue, numberClass, typeName } from '../values/kinds.ts';
import {
  compareNumbers,
  exact,
  type Fraction,
  toDecimal128,
  toDouble,
  toFraction,
} from '../values/numbers.ts';
import { plain } from './typed-arithmetic.ts';

export function toDecimal(value: unknown): unknown {
  if (isMissing(value)) return null;
  if (isNumber(value))
    return Number.isFinite(toDouble(exact(value))) ? toDecimal128(toFraction(exact(value))) : value;
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  if (typeof value === 'string') return Decimal128.fromStringWithRounding(value);
  return unsupported('$toDecimal', value);
}

export function toLong(value: unknown): unknown {
  if (isMissing(value)) return null;
  if (isNumber(value))
    return Long.fromBigInt(shifted(rounded(toFraction(exact(value)), 0, towardsZero), 0).coefficient);
  if (typeof value === 'boolean') return Long.fromInt(value ? 1 : 0);
  if (value instanceof Date) return Long.fromNumber(value.getTime());
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) return Long.fromBigInt(BigInt(value));
  return unsupported('$toLong', value);
}

export function toText(value: unknown): unknown {
  if (isMissing(value)) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (isObjectId(value)) return value.toHexString();
  if (isNumber(value)) return typeof value === 'object' ? value.toString() : String(value);
  return unsupported('$toString', value);
}

/** How much of what is cut off moves the last digit kept; both numbers are as they stand, the divisor positive. */
type Rounding = (quotient: bigint, remainder: bigint, divisor: bigint) => bigint;

export const towardsZero: Rounding = (quotient) => quotient;
export const down: Rounding = (quotient, remainder) => (remainder < 0n ? quotient - 1n : quotient);
export const up: Rounding = (quotient, remainder) => (remainder > 0n ? quotient + 1n : quotient);
/** Half goes to the even neighbour, as MongoDB rounds. */
export const halfEven: Rounding = (quotient, remainder, divisor) => {
  const twice = 2n * (remainder < 0n ? -remainder : remainder);
  const away = twice > divisor || (twice === divisor && quotient % 2n !== 0n);
  return away ? quotient + (remainder < 0n ? -1n : 1n) : quotient;
};

/** A number rounded at a decimal place (negative: before the point). Infinities and NaN stay what they are. */
export function roundNumber(operator: string, value: unknown, place: unknown, rounding: Rounding): unknown {
  if (isMissing(value)) return null;
  const number = numeric(operator, value);
  const places = isMissing(place) ? 0 : toDouble(exact(numeric(operator, place)));
  if (!Number.isInteger(places) || places < -20 || places > 100)
    fail(51_083, `${operator} needs a whole place between -20 and 100`);
  if (!Number.isFinite(toDouble(exact(number)))) return number;
  const result = rounded(toFraction(exact(number)), places, rounding);
  return numberClass(number) === 'Decimal128' ? toDecimal128(result) : plain(narrow(result));
}

export function absolute(value: unknown): unknown {
  if (isMissing(value)) return null;
  const number = numeric('$abs', value);
  if (compareNumbers(number, 0) >= 0) return number;
  const { coefficient, exponent } = toFraction(exact(number));
  const result = { coefficient: -coefficient, exponent };
  return numberClass(number) === 'Decimal128' ? toDecimal128(result) : plain(narrow(result));
}

function rounded(value: Fraction, places: number, rounding: Rounding): Fraction {
  // Nothing to cut off: a number with fewer places keeps them.
  if (value.exponent >= -places) return value.exponent > 0 ? shifted(value, 0) : value;
  const divisor = 10n ** BigInt(-places - value.exponent);
  const quotient = value.coefficient / divisor;
  return { coefficient: rounding(quotient, value.coefficient % divisor, divisor), exponent: -places };
}

const shifted = ({ coefficient, exponent }: Fraction, to: number): Fraction => ({
  coefficient: coefficient * 10n ** BigInt(exponent - to),
  exponent: to,
});

/** A plain number, or a long where a plain number cannot hold it. */
function narrow(value: Fraction): NumberValue {
  const near = toDouble(value);
  if (!Number.isInteger(near) || Number.isSafeInteger(near)) return near;
  return Long.fromBigInt(
    value.exponent < 0 ? rounded(value, 0, towardsZero).coefficient : shifted(value, 0).coefficient,
  );
}

function numeric(operator: string, value: unknown): NumberValue {
  return isNumber(value)
    ? value
    : fail('TypeMismatch', `${operator} only supports numeric types, not ${typeName(value)}`);
}

const unsupported = (operator: string, value: unknown): never =>
  fail(241, `Unsupported conversion from ${typeName(value)} in ${operator}`);
