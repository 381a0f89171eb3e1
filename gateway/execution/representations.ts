import type { RequiredSelection } from '../planner/plan.ts';
import type { TypeRelations } from '../supergraph/type-relations.ts';
import { FieldFailure } from './failures.ts';
import type { ResponseObject } from './merge.ts';

/**
 * Builds what a subgraph needs to know of an object. Undefined when the object is not of a type it looks up or lacks a part; the
 * failure, when a part is unknown because another subgraph failed.
 */
export type Represent = (object: ResponseObject) => ResponseObject | FieldFailure | undefined;

export function compileRepresent(selections: readonly RequiredSelection[], types: TypeRelations): Represent {
  const fill = compileFill(selections, types);
  return (object) => {
    const representation: ResponseObject = {};
    const problem = fill(object, representation);
    if (problem !== undefined) return problem === MISSING ? undefined : problem;
    return representation['__typename'] === undefined ? undefined : representation;
  };
}

const MISSING = Symbol('a required value is missing');
type Problem = typeof MISSING | FieldFailure | undefined;
type Fill = (from: ResponseObject, to: ResponseObject) => Problem;

function compileFill(selections: readonly RequiredSelection[], types: TypeRelations): Fill {
  const parts = selections.map((selection): Fill => {
    if (selection.kind === 'Field') return compileField(selection, types);
    const typenames = types.including(selection.typename);
    const fill = compileFill(selection.selections, types);
    return (from, to) => (typenames.has(String(from['__typename'])) ? fill(from, to) : undefined);
  });
  return (from, to) => {
    for (const part of parts) {
      const problem = part(from, to);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}

function compileField(selection: RequiredSelection & { kind: 'Field' }, types: TypeRelations): Fill {
  const { from: source, to: name } = selection;
  const fill = selection.selections.length === 0 ? undefined : compileFill(selection.selections, types);

  const copy = (value: unknown, put: (copied: unknown) => void): Problem => {
    if (value === undefined) return MISSING;
    if (value instanceof FieldFailure) {
      if (value.unknown) return value;
      put(null);
      return undefined;
    }
    if (value === null || fill === undefined) {
      put(value);
      return undefined;
    }
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      put(items);
      for (const item of value) {
        const problem = copy(item, (copied) => items.push(copied));
        if (problem === MISSING) items.push(null);
        else if (problem !== undefined) return problem;
      }
      return undefined;
    }
    const object: ResponseObject = {};
    const problem = fill(value as ResponseObject, object); // a selected field that is neither null nor a list is an object
    if (problem instanceof FieldFailure) return problem;
    // Only a part at the top makes a representation useless; below it, the subgraph that asked decides what null means.
    put(problem === MISSING ? null : object);
    return undefined;
  };
  return (from, to) =>
    copy(from[source], (copied) => {
      to[name] = copied;
    });
}
