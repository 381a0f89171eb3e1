import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, identical } from './compare.ts';
import { indexKey, invertKey } from './index-key.ts';

const numbers = fc.oneof(
  fc.integer().map((value) => new Int32(value)),
  fc.double({ noNaN: true }).map((value) => new Double(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -20, max: 20 }))
    .map(([digits, exponent]) => Decimal128.fromString(`${digits}E${exponent}`)),
);
const scalars = fc.oneof(
  numbers,
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.uint8Array({ maxLength: 8 }).map((bytes) => new Binary(bytes)),
  fc.bigInt({ min: 0n, max: 2n ** 63n }).map((value) => new Timestamp(value)),
  fc.constantFrom(new MinKey(), new MaxKey()),
);
const values = fc.oneof(
  scalars,
  fc.array(scalars, { maxLength: 3 }),
  fc.dictionary(
    fc.string({ minLength: 1, maxLength: 3 }).filter((name) => name !== '__proto__'),
    scalars,
    { maxKeys: 3 },
  ),
);
const sign = (order: number): number => Math.sign(order);
const byKey = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe('index keys', () => {
  test('sort as the values do', () => {
    fc.assert(
      fc.property(values, values, (a, b) => byKey(indexKey(a), indexKey(b)) === sign(compare(a, b))),
      { numRuns: 3000 },
    );
  });

  test('sort numbers of all classes exactly', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => byKey(indexKey(a), indexKey(b)) === sign(compare(a, b))),
      { numRuns: 3000 },
    );
  });

  test('sort in reverse when inverted', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const order = byKey(invertKey(indexKey(a)), invertKey(indexKey(b)));
        return sign(order) === -sign(compare(a, b)) || (order === 0 && compare(a, b) === 0);
      }),
    );
  });

  test('of two fields sort by the first, then by the second', () => {
    fc.assert(
      fc.property(values, values, values, values, (a1, a2, b1, b2) => {
        const order = compare(a1, b1) || compare(a2, b2);
        return byKey(indexKey(a1) + indexKey(a2), indexKey(b1) + indexKey(b2)) === sign(order);
      }),
    );
  });

  test('are the same for equal numbers of different classes, and different one above 2^53', () => {
    expect(indexKey(new Int32(3))).toBe(indexKey(Decimal128.fromString('3.000')));
    expect(indexKey(Long.fromBigInt(2n ** 53n))).not.toBe(indexKey(Long.fromBigInt(2n ** 53n + 1n)));
    expect(indexKey(new Double(-0))).toBe(indexKey(new Int32(0)));
  });
});

test('values of equal worth but different class are equal and not identical', () => {
  expect(compare(new Int32(1), new Double(1))).toBe(0);
  expect(identical(new Int32(1), new Double(1))).toBe(false);
  expect(identical({ a: [new Int32(1)] }, { a: [new Int32(1)] })).toBe(true);
});
