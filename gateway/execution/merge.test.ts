import fc from 'fast-check';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readTypeRelations } from '../supergraph/type-relations.ts';
import { FieldFailure } from './failures.ts';
import { mergeObject } from './merge.ts';
import { selectionTreeOf } from './selection-tree.ts';

const types = readTypeRelations(
  parse('type Query { a: Int } interface Animal { id: ID } type Cat implements Animal { id: ID }'),
);
const failure = { subgraph: 's', error: { message: 'down' }, told: false };

describe('merging what a subgraph brought', () => {
  it('given a scalar that is an object, then it is replaced and never changed', () => {
    const owned = Object.freeze({ kept: true });
    const target = { meta: owned };
    mergeObject(target, { meta: { other: 1 } }, selectionTreeOf('{ meta }'), types, false);
    expect(target.meta).toEqual({ other: 1 });
    expect(owned).toEqual({ kept: true });
  });

  it('given selected objects, then their fields are joined, item by item', () => {
    const target = { rows: [{ a: 1 }, null, { a: 3 }] };
    mergeObject(
      target,
      { rows: [{ b: 1 }, null, { b: 3 }] },
      selectionTreeOf('{ rows { b } }'),
      types,
      false,
    );
    expect(target.rows).toEqual([{ a: 1, b: 1 }, null, { a: 3, b: 3 }]);
  });

  it('given one answer for several places, then no place sees what another gets later', () => {
    const answer = { brand: { name: 'n', meta: { leaf: 1 } } };
    const tree = selectionTreeOf('{ brand { name meta } }');
    const [one, two] = [{}, {}] as [Record<string, unknown>, Record<string, unknown>];
    mergeObject(one, answer, tree, types, true);
    mergeObject(two, answer, tree, types, true);
    mergeObject(one, { brand: { extra: 1 } }, selectionTreeOf('{ brand { extra } }'), types, false);
    expect(one).toEqual({ brand: { name: 'n', meta: { leaf: 1 }, extra: 1 } });
    expect(two).toEqual({ brand: { name: 'n', meta: { leaf: 1 } } });
  });

  it('given a failure and a value, then the value wins in either order', () => {
    const tree = selectionTreeOf('{ a { b } }');
    const first: Record<string, unknown> = { a: new FieldFailure(failure, true) };
    mergeObject(first, { a: { b: 0 } }, tree, types, false);
    expect(first).toEqual({ a: { b: 0 } });
    const second: Record<string, unknown> = { a: { b: 0 } };
    mergeObject(second, { a: new FieldFailure(failure, false) }, tree, types, false);
    expect(second).toEqual({ a: { b: 0 } });
  });

  it('given an interface object, then a concrete name replaces the interface’s and not the other way round', () => {
    const tree = selectionTreeOf('{ __typename }');
    const target: Record<string, unknown> = { __typename: 'Animal' };
    mergeObject(target, { __typename: 'Cat' }, tree, types, false);
    mergeObject(target, { __typename: 'Animal' }, tree, types, false);
    expect(target['__typename']).toBe('Cat');
  });

  it('merging the same answer twice changes nothing', () => {
    const leaf = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.boolean());
    const answers = fc.record({
      a: leaf,
      b: fc.array(fc.record({ c: leaf, d: fc.record({ e: leaf }) }), { maxLength: 4 }),
    });
    const tree = selectionTreeOf('{ a b { c d { e } } }');
    fc.assert(
      fc.property(answers, (answer) => {
        const target: Record<string, unknown> = {};
        mergeObject(target, structuredClone(answer), tree, types, false);
        mergeObject(target, structuredClone(answer), tree, types, true);
        expect(target).toEqual(answer);
      }),
    );
  });
});
