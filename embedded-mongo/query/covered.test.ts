import { Binary, Decimal128, Long, ObjectId } from 'bson';
import { describe, expect, test } from 'vitest';
import { demandsOnly } from './covered.ts';

describe('a filter that an index answers alone', () => {
  test.each([
    ['a value', { a: 1 }],
    ['a text, an id, a date and a flag', { a: 'x', 'b.c': new ObjectId(), d: new Date(0), e: true }],
    ['numbers of any class', { a: Long.fromNumber(1), 'b.c': Decimal128.fromString('1.10') }],
    ['one of some values', { a: { $in: [1, 2] }, d: { $eq: 'x' } }],
    ['nothing', {}],
  ])('demands %s of its fields', (_, filter) => {
    expect(demandsOnly(filter, ['a', 'b.c', 'd', 'e'])).toBe(true);
  });

  test.each([
    ['demands something of another field', { a: 1, other: 1 }],
    ['has a part that is no field', { a: 1, $or: [{ a: 1 }, { a: 2 }] }],
    ['demands more than one thing of a field', { a: { $eq: 1, $in: [2] } }],
    ['asks for a range', { a: { $gt: 1 } }],
    ['also finds what is missing', { a: null }],
    ['also finds what is missing, in a list', { a: { $in: [1, null] } }],
    ['also finds elements of arrays', { a: [1] }],
    ['compares documents, whose keys may differ in order', { a: { b: 1 } }],
    ['compares bytes', { a: new Binary(Buffer.from('x')) }],
    ['is a pattern', { a: /x/ }],
    ['may mean an array position or a field', { 'b.0': 1 }],
  ])('is not one that %s', (_, filter) => {
    expect(demandsOnly(filter, ['a', 'b.0'])).toBe(false);
  });
});
