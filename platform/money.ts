import Big from 'big.js';

/** An amount of money: an exact decimal string and its ISO 4217 currency. Never a float, never minor units. */
export interface Money {
  readonly amount: string;
  readonly currencyCode: string;
}

/** Strict: a number literal that is not exact (0.1 + 0.2) is a programming error and throws. */
const Exact = Big();
Exact.strict = true;
Exact.RM = Exact.roundHalfUp;
/** Digits kept by a division; well over any currency's exponent plus a tax rate's. */
Exact.DP = 20;

/** ISO 4217 currencies whose minor unit is not two digits (list of 2024-06, currencies in retail use). */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  ISK: 0,
  IQD: 3,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  XAF: 0,
  XOF: 0,
};

export function minorDigits(currencyCode: string): number {
  return MINOR_DIGITS[currencyCode] ?? 2;
}

/** Reads a plain decimal (`-12.340`; no exponent, no blanks); null when it is not one or has more than 34 digits. */
export function parseDecimal(text: string): Big | null {
  return /^-?\d{1,25}(\.\d{1,12})?$/.test(text) ? new Exact(text) : null;
}

/** A decimal that is known to be good (from our own store or schema). Throws on anything else. */
export function decimal(text: string): Big {
  const value = parseDecimal(text);
  if (value === null) throw new RangeError(`"${text}" is not a decimal`);
  return value;
}

export const zero = decimal('0');

export function money(amount: string | Big, currencyCode: string): Money {
  return {
    amount:
      typeof amount === 'string'
        ? formatDecimal(decimal(amount), currencyCode)
        : formatDecimal(amount, currencyCode),
    currencyCode,
  };
}

/** At least the currency's minor digits, more where the amount has them: `5` is `5.00`, `0.001` stays. Nothing is rounded. */
function formatDecimal(value: Big, currencyCode: string): string {
  const least = minorDigits(currencyCode);
  const text = value.toFixed();
  const digits = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  return value.toFixed(Math.max(least, digits));
}

export function addMoney(left: Money, right: Money): Money {
  assertSameCurrency(left, right);
  return money(decimal(left.amount).plus(decimal(right.amount)), left.currencyCode);
}

export function subtractMoney(left: Money, right: Money): Money {
  assertSameCurrency(left, right);
  return money(decimal(left.amount).minus(decimal(right.amount)), left.currencyCode);
}

/** The sum, or zero of `currencyCode` for none. Throws a RangeError when an amount is of another currency. */
export function sumMoney(amounts: readonly Money[], currencyCode: string): Money {
  return amounts.reduce(addMoney, money(zero, currencyCode));
}

/** `unit` times an exact factor such as a quantity; nothing is rounded. */
export function multiplyMoney(unit: Money, factor: string): Money {
  return money(decimal(unit.amount).times(decimal(factor)), unit.currencyCode);
}

/** Rounds to what the currency can be paid in, halves away from zero, as tills do. */
export function roundMoney(amount: Money): Money {
  return money(
    decimal(amount.amount).round(minorDigits(amount.currencyCode), Exact.roundHalfUp),
    amount.currencyCode,
  );
}

/** -1, 0 or 1. Throws a RangeError when the currencies differ. */
export function compareMoney(left: Money, right: Money): number {
  assertSameCurrency(left, right);
  return decimal(left.amount).cmp(decimal(right.amount));
}

export function isZero(amount: Money): boolean {
  return decimal(amount.amount).eq(zero);
}

function assertSameCurrency(left: Money, right: Money): void {
  if (left.currencyCode !== right.currencyCode) {
    throw new RangeError(`cannot combine ${left.currencyCode} with ${right.currencyCode}`);
  }
}
