import { ObjectId } from 'bson';
import { describe, expect, test } from 'vitest';
import { compileFilter } from './match.ts';
import { compileProjection } from './project.ts';
import { literalPrefix } from './regex.ts';
import { sortBy, sortFields } from './sort.ts';

const match = { expression: () => () => 'computed' };
const sorted = (documents: object[], spec: object) =>
  sortBy(documents, sortFields(spec), (document) => document);
const project = (document: Record<string, unknown>, spec: Record<string, unknown>, filter: object = {}) =>
  compileProjection(spec, { match, filter: compileFilter(filter, match) })(document);

describe('sorting', () => {
  test('orders types as MongoDB does, a missing field as null', () => {
    const values = [new Date(0), 'a', 1, undefined, null, { a: 1 }, true, new ObjectId()];
    const order = sorted(
      values.map((value) => (value === undefined ? {} : { value })),
      { value: 1 },
    ).map((document) => Object.values(document)[0]);
    expect(
      order.map((value) => (value === null || value === undefined ? 'null' : Object(value).constructor.name)),
    ).toEqual(['null', 'null', 'Number', 'String', 'Object', 'ObjectId', 'Boolean', 'Date']);
  });

  test('counts an array by its smallest element going up and its largest going down', () => {
    const documents = [
      { id: 1, n: [3, 9] },
      { id: 2, n: [4, 5] },
    ];
    expect(sorted(documents, { n: 1 })).toEqual([documents[0], documents[1]]);
    expect(sorted(documents, { n: -1 })).toEqual([documents[0], documents[1]]);
  });

  test('keeps equal documents in their order', () => {
    const documents = [
      { id: 1, n: 1 },
      { id: 2, n: 1 },
      { id: 3, n: 0 },
    ];
    expect(sorted(documents, { n: 1 }).map((document) => Object.values(document)[0])).toEqual([3, 1, 2]);
  });

  test('refuses directions other than 1 and -1', () => {
    expect(() => sortFields({ n: 2 })).toThrow(expect.objectContaining({ code: 15_975 }));
  });
});

describe('a projection', () => {
  const document = {
    _id: 1,
    name: 'a',
    lines: [
      { sku: 'x', qty: 1 },
      { sku: 'y', qty: 2 },
    ],
    at: { city: 'c', zip: 'z' },
  };

  test.each([
    ['includes', { name: 1 }, { _id: 1, name: 'a' }],
    ['includes without _id', { name: 1, _id: 0 }, { name: 'a' }],
    ['excludes', { lines: 0, at: 0 }, { _id: 1, name: 'a' }],
    ['reaches into documents', { 'at.city': 1, _id: 0 }, { at: { city: 'c' } }],
    ['reaches into arrays', { 'lines.qty': 1, _id: 0 }, { lines: [{ qty: 1 }, { qty: 2 }] }],
    ['slices', { lines: { $slice: -1 }, at: 0, name: 0 }, { _id: 1, lines: [{ sku: 'y', qty: 2 }] }],
    [
      'picks an element',
      { lines: { $elemMatch: { qty: { $gt: 1 } } }, _id: 0 },
      { lines: [{ sku: 'y', qty: 2 }] },
    ],
    ['computes', { total: { $sum: '$lines.qty' }, _id: 0 }, { total: 'computed' }],
  ])('%s', (_, spec, expected) => {
    expect(project(document, spec)).toEqual(expected);
  });

  test('picks the element the filter matched', () => {
    expect(project(document, { 'lines.$': 1, _id: 0 }, { 'lines.sku': 'y' })).toEqual({
      lines: [{ sku: 'y', qty: 2 }],
    });
  });

  test('refuses to mix and to collide', () => {
    expect(() => project(document, { name: 1, at: 0 })).toThrow(expect.objectContaining({ code: 31_254 }));
    expect(() => project(document, { at: 1, 'at.city': 1 })).toThrow(
      expect.objectContaining({ code: 31_249 }),
    );
  });

  test('leaves the document as it was', () => {
    const before = structuredClone(document);
    project(document, { lines: { $slice: 1 }, name: 0 });
    expect(document).toEqual(before);
  });
});

test.each([
  [/^abc/, 'abc'],
  [/^abc*/, 'ab'],
  [/^a\.b/, 'a'],
  [/^abc/i, undefined],
  [/^abc|x/, undefined],
  [/abc/, undefined],
])('%s begins with %s', (pattern, prefix) => {
  expect(literalPrefix(pattern)).toBe(prefix);
});
