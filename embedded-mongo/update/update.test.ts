import { Decimal128, Double, Int32, Long } from 'bson';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Doc } from '../values/kinds.ts';
import { describeUpdate } from './difference.ts';
import { compileUpdate, upsertSeed } from './update.ts';

const options = {
  match: { expression: () => () => undefined },
  nowMs: 0,
  pipeline: () => (document: Doc) => document,
};
type Given = { arrayFilters?: unknown; position?: number; inserting?: boolean };
const update = (
  document: Doc,
  change: unknown,
  { arrayFilters, position, inserting = false }: Given = {},
): Doc => compileUpdate(change, { ...options, arrayFilters }).apply(document, position, inserting);

describe('an update', () => {
  test.each([
    ['$set makes the way', { a: 1 }, { $set: { 'b.c': 2 } }, { a: 1, b: { c: 2 } }],
    ['$unset', { a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
    ['$unset in an array leaves null', { a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
    ['$rename', { a: 1 }, { $rename: { a: 'b.c' } }, { b: { c: 1 } }],
    ['$min and $max', { a: 5, b: 5 }, { $min: { a: 3 }, $max: { b: 9 } }, { a: 3, b: 9 }],
    ['$push', { a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
    [
      '$push with everything',
      { a: [3, 1] },
      { $push: { a: { $each: [2, 4], $position: 0, $sort: -1, $slice: 3 } } },
      { a: [4, 3, 2] },
    ],
    ['$addToSet', { a: [1] }, { $addToSet: { a: { $each: [1, 2] } } }, { a: [1, 2] }],
    ['$pop', { a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
    [
      '$pull by condition',
      { a: [{ q: 1 }, { q: 9 }] },
      { $pull: { a: { q: { $gt: 5 } } } },
      { a: [{ q: 1 }] },
    ],
    ['$pullAll', { a: [1, 2, 1] }, { $pullAll: { a: [1] } }, { a: [2] }],
    ['an array index beyond the end', { a: [1] }, { $set: { 'a.2': 3 } }, { a: [1, null, 3] }],
    ['all elements', { a: [{ q: 1 }, { q: 2 }] }, { $set: { 'a.$[].q': 0 } }, { a: [{ q: 0 }, { q: 0 }] }],
    ['a replacement, keeping _id', { _id: 1, a: 1 }, { b: 2 }, { _id: 1, b: 2 }],
  ])('%s', (_, before, change, after) => {
    expect(update(before, change)).toEqual(after);
  });

  test('keeps and widens the classes of numbers', () => {
    const before = {
      i: new Int32(1),
      l: Long.fromBigInt(2n ** 60n),
      d: Decimal128.fromString('1.10'),
      f: new Double(1),
    };
    const after = update(before, {
      $inc: { i: new Int32(1), l: new Int32(1), d: Decimal128.fromString('0.20'), f: new Int32(1) },
    });
    expect(after).toEqual({
      i: new Int32(2),
      l: Long.fromBigInt(2n ** 60n + 1n),
      d: Decimal128.fromString('1.30'),
      f: new Double(2),
    });
  });

  test('changes the elements that array filters name', () => {
    const after = update(
      {
        l: [
          { s: 'a', q: 1 },
          { s: 'b', q: 1 },
        ],
      },
      { $set: { 'l.$[x].q': 5 } },
      { arrayFilters: [{ 'x.s': 'b' }] },
    );
    expect(after).toEqual({
      l: [
        { s: 'a', q: 1 },
        { s: 'b', q: 5 },
      ],
    });
  });

  test('changes the element at the matched position', () => {
    expect(update({ l: [1, 1] }, { $set: { 'l.$': 2 } }, { position: 1 })).toEqual({ l: [1, 2] });
  });

  test('$setOnInsert counts on insert only', () => {
    expect(update({}, { $setOnInsert: { a: 1 } })).toEqual({});
    expect(update({}, { $setOnInsert: { a: 1 } }, { inserting: true })).toEqual({ a: 1 });
  });

  test.each([
    [{ $set: { a: 1, 'a.b': 2 } }, 40],
    [{ $set: { 'n.x': 1 } }, 28],
    [{ $inc: { s: 1 } }, 14],
    [{ $set: { _id: 2 } }, 66],
    [{ $nonsense: { a: 1 } }, 9],
    [{ $set: { '': 1 } }, 56],
    [{ $push: { n: 1 } }, 2],
    [{ $set: { 'l.$[x]': 1 } }, 2],
    [{ $set: { 'l.$': 1 } }, 2],
  ])('refuses %j with code %i', (change, code) => {
    expect(() => update({ _id: 1, n: 5, s: 'text', l: [1] }, change)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('leaves the document it was given as it was', () => {
    const before = { a: [{ q: 1 }] };
    update(before, { $set: { 'a.0.q': 2 }, $push: { b: 1 } });
    expect(before).toEqual({ a: [{ q: 1 }] });
  });
});

test('an upsert starts from the equalities of its filter', () => {
  expect(upsertSeed({ a: 1, 'b.c': { $eq: 2 }, d: { $gt: 5 }, $and: [{ e: { $in: [3] } }], f: /x/ })).toEqual(
    {
      a: 1,
      b: { c: 2 },
      e: 3,
    },
  );
});

describe('the description of an update', () => {
  test('names what was set, removed and cut off', () => {
    expect(
      describeUpdate({ a: 1, b: { c: 1, d: 2 }, l: [1, 2, 3], x: 1 }, { a: 2, b: { c: 1, d: 3 }, l: [1] }),
    ).toEqual({
      updatedFields: { a: 2, 'b.d': 3 },
      removedFields: ['x'],
      truncatedArrays: [{ field: 'l', newSize: 1 }],
      disambiguatedPaths: {},
    });
  });

  test('tells array positions from fields that are called like one', () => {
    const { disambiguatedPaths } = describeUpdate({ l: [{ 1: 1 }], m: [1] }, { l: [{ 1: 2 }], m: [2] });
    expect(disambiguatedPaths).toEqual({ 'l.0.1': ['l', new Int32(0), '1'] });
  });

  test('applied to the old document gives the new one', () => {
    const plain = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(
        fc.integer(),
        fc.string(),
        fc.array(fc.integer(), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('x', 'y'), fc.integer()),
      ),
    );
    fc.assert(
      fc.property(plain, plain, (before, after) => {
        const { updatedFields, removedFields, truncatedArrays } = describeUpdate(before, after);
        let result: Doc = before;
        for (const { field, newSize } of truncatedArrays)
          result = update(result, { $push: { [field]: { $each: [], $slice: newSize } } });
        if (removedFields.length > 0)
          result = update(result, { $unset: Object.fromEntries(removedFields.map((field) => [field, ''])) });
        if (Object.keys(updatedFields).length > 0) result = update(result, { $set: updatedFields });
        expect(result).toEqual(after);
      }),
    );
  });
});
