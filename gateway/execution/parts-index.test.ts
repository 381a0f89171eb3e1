import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequiredSelection } from '../planner/plan.ts';
import { createPartsIndex, plainParts } from './parts-index.ts';

const leaf = (name: string, selections: RequiredSelection[] = []): RequiredSelection => ({
  kind: 'Field',
  from: name,
  to: name,
  selections,
});
const on = (typename: string, ...selections: RequiredSelection[]): RequiredSelection => ({
  kind: 'OnType',
  typename,
  selections,
});

describe('the parts that tell representations apart', () => {
  it('are the leaves of one type', () => {
    expect(plainParts([on('Product', leaf('__typename'), leaf('upc'), leaf('region'))])).toEqual([
      '__typename',
      'upc',
      'region',
    ]);
  });

  it.each([
    ['a part lies deeper', [on('Product', leaf('__typename'), leaf('maker', [leaf('id')]))]],
    ['there are several types', [on('Product', leaf('__typename')), on('User', leaf('__typename'))]],
    ['a part is of another type still', [on('Product', leaf('__typename'), on('Book', leaf('isbn')))]],
    ['the type is not among them', [on('Product', leaf('upc'))]],
  ])('are not known when %s', (_, requires) => {
    expect(plainParts(requires)).toBeUndefined();
  });
});

describe('an index by parts', () => {
  const value = fc.constantFrom<unknown>('1', 1, '', 0, false, true, null, 'null', '1,1', 'a');

  it('finds an entry for equal parts and for no others', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ a: value, b: value, c: value }), { maxLength: 30 }), (objects) => {
        const index = createPartsIndex<{ json: string }>(['a', 'b', 'c']);
        for (const object of objects) {
          const json = JSON.stringify([object.a, object.b, object.c]);
          const found = index.find(object);
          if (found === undefined) index.enter(object, { json });
          else expect(found.json).toBe(json);
        }
        const entries = new Set(objects.map((object) => index.find(object)));
        expect(entries.size).toBe(new Set(objects.map((object) => JSON.stringify(object))).size);
      }),
    );
  });

  it.each([{ tags: ['x'] }, { tags: { x: 1 } }, {}])(
    'does not keep %j, whose part is not plain',
    (object) => {
      const index = createPartsIndex<object>(['tags']);
      index.enter(object, {});
      expect(index.find({ ...object })).toBeUndefined();
      expect(index.find(object)).toBeUndefined();
    },
  );
});
