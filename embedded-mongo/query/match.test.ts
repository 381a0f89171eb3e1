import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { describe, expect, test } from 'vitest';
import { compileFilter } from './match.ts';
import type { MatchPosition } from './matcher.ts';

const context = { expression: () => () => true };
const matches = (filter: object, document: object, position?: MatchPosition): boolean =>
  compileFilter(filter, context)(document, position);

describe('a filter', () => {
  test.each([
    ['equality of numbers across classes', { n: new Int32(1) }, { n: Decimal128.fromString('1.0') }, true],
    ['a range over one type only', { n: { $gt: new Int32(1) } }, { n: 'text' }, false],
    ['null, given a missing field', { n: null }, {}, true],
    ['$ne null, given a missing field', { n: { $ne: null } }, {}, false],
    ['$exists false', { n: { $exists: false } }, { n: null }, false],
    ['an element of an array', { tags: 'red' }, { tags: ['blue', 'red'] }, true],
    ['a whole array', { tags: ['a', 'b'] }, { tags: ['a', 'b'] }, true],
    [
      'a path through an array of documents',
      { 'lines.sku': 'x' },
      { lines: [{ sku: 'y' }, { sku: 'x' }] },
      true,
    ],
    ['an array position in a path', { 'lines.1.sku': 'x' }, { lines: [{ sku: 'y' }, { sku: 'x' }] }, true],
    ['a document with its fields in another order', { at: { a: 1, b: 2 } }, { at: { b: 2, a: 1 } }, false],
    ['conditions met by different elements', { n: { $gt: 5, $lt: 2 } }, { n: [1, 9] }, true],
    ['$elemMatch, which wants one element', { n: { $elemMatch: { $gt: 5, $lt: 2 } } }, { n: [1, 9] }, false],
    [
      '$elemMatch on documents',
      { l: { $elemMatch: { s: 'x', q: 2 } } },
      {
        l: [
          { s: 'x', q: 1 },
          { s: 'y', q: 2 },
        ],
      },
      false,
    ],
    ['$all', { tags: { $all: ['a', 'b'] } }, { tags: ['b', 'c', 'a'] }, true],
    ['$size', { tags: { $size: 2 } }, { tags: ['b', 'c'] }, true],
    ['$in with a pattern', { name: { $in: [/^ab/] } }, { name: 'abc' }, true],
    ['$nin, given an array', { tags: { $nin: ['a'] } }, { tags: ['a', 'b'] }, false],
    ['$not', { n: { $not: { $gt: 5 } } }, {}, true],
    ['$type by class of number', { n: { $type: 'long' } }, { n: Long.fromNumber(1) }, true],
    ['$type number', { n: { $type: 'number' } }, { n: new Double(1.5) }, true],
    ['$mod', { n: { $mod: [4, 1] } }, { n: 9 }, true],
    ['$regex with options', { name: { $regex: '^AB', $options: 'i' } }, { name: 'abc' }, true],
    ['$bitsAllSet', { n: { $bitsAllSet: 5 } }, { n: 7 }, true],
    ['$nor', { $nor: [{ n: 1 }, { n: 2 }] }, { n: 3 }, true],
    ['$jsonSchema', { $jsonSchema: { required: ['n'], properties: { n: { minimum: 2 } } } }, { n: 1 }, false],
  ])('understands %s', (_, filter, document, expected) => {
    expect(matches(filter, document)).toBe(expected);
  });

  test('tells object ids apart', () => {
    const id = new ObjectId();
    expect(matches({ id }, { id: new ObjectId(id.toHexString()) })).toBe(true);
    expect(matches({ id }, { id: new ObjectId() })).toBe(false);
  });

  test('remembers the array position that matched', () => {
    const position: MatchPosition = {};
    matches({ lines: { $elemMatch: { sku: 'b' } } }, { lines: [{ sku: 'a' }, { sku: 'b' }] }, position);
    expect(position.index).toBe(1);
  });

  test.each([
    { n: { $unknown: 1 } },
    { $unknown: [] },
    { $or: [] },
    { $and: 'x' },
    { n: { $in: 1 } },
    { n: { $size: -1 } },
  ])('refuses %j instead of ignoring it', (filter) => {
    expect(() => compileFilter(filter, context)).toThrow(expect.objectContaining({ code: 2 }));
  });

  test.each([{ $where: 'true' }, { $text: { $search: 'x' } }])('says that it does not offer %j', (filter) => {
    expect(() => compileFilter(filter, context)).toThrow(
      expect.objectContaining({ codeName: 'NotImplemented' }),
    );
  });
});
