import { Decimal128, Double, Int32, Long } from 'bson';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberClass } from './kinds.ts';
import { arithmetic, compareNumbers, exact } from './numbers.ts';

const decimal = (text: string) => Decimal128.fromString(text);

describe('arithmetic', () => {
  test('given decimals, when added, then no cent is lost', () => {
    expect(String(arithmetic('+', decimal('10.10'), decimal('0.20')))).toBe('10.30');
    expect(String(arithmetic('*', decimal('19.99'), new Int32(3)))).toBe('59.97');
  });

  test('given an int that overflows, then it becomes a long', () => {
    const result = arithmetic('+', new Int32(2_147_483_647), new Int32(1));
    expect(numberClass(result)).toBe('Long');
    expect(exact(result)).toBe(2_147_483_648);
  });

  test('given a long that overflows, then it is refused', () => {
    expect(() => arithmetic('+', Long.MAX_VALUE, new Int32(1))).toThrow('64-bit');
  });

  test('given a double, then the result is a double', () => {
    expect(numberClass(arithmetic('+', new Int32(1), new Double(1)))).toBe('Double');
  });

  test('adds integers as exactly as BigInt does', () => {
    const longs = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n - 1n });
    fc.assert(
      fc.property(longs, longs, (a, b) => {
        const sum = exact(arithmetic('+', Long.fromBigInt(a), Long.fromBigInt(b)));
        return typeof sum !== 'object' && BigInt(sum) === a + b;
      }),
    );
  });
});

test('a long and a decimal beyond 2^53 compare exactly', () => {
  expect(compareNumbers(Long.fromBigInt(9_007_199_254_740_993n), decimal('9007199254740992.5'))).toBe(1);
  expect(compareNumbers(new Double(Number.NaN), new Int32(-1))).toBe(-1);
  expect(compareNumbers(decimal('Infinity'), Long.MAX_VALUE)).toBe(1);
});
