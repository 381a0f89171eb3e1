import type { TypeRelations } from '../supergraph/type-relations.ts';
import { FieldFailure } from './failures.ts';
import type { SelectionTree } from './selection-tree.ts';

export type ResponseObject = Record<string, unknown>;

/**
 * Adds what a fetch brought to an object of the response. `source` is used up: parts of it become parts of the response, unless
 * `copy` says that it goes to several places. What was known is kept when the new value is only a failure.
 */
export function mergeObject(
  target: ResponseObject,
  source: ResponseObject,
  tree: SelectionTree | null | undefined,
  types: TypeRelations,
  copy: boolean,
): void {
  for (const key in source) {
    const incoming = source[key];
    if (incoming === undefined) continue;
    const current = target[key];
    if (current === undefined || current === null || current instanceof FieldFailure) {
      if (incoming === null && current instanceof FieldFailure) continue;
      target[key] = copy && typeof incoming === 'object' ? copyOf(incoming, tree?.get(key)) : incoming;
    } else if (key === '__typename') {
      // An interface object only knows its interface's name; who knows the object knows better.
      if (types.isObjectType(String(incoming)) || !types.isObjectType(String(current)))
        target[key] = incoming;
    } else if (incoming instanceof FieldFailure) {
      // Another subgraph has answered already.
    } else if (isComposite(incoming)) {
      const below = tree?.get(key);
      if (isComposite(current) && below !== null) mergeComposite(current, incoming, below, types, copy);
      else target[key] = copy ? copyOf(incoming, below) : incoming;
    } else target[key] = incoming;
  }
}

type Composite = ResponseObject | unknown[];

function mergeComposite(
  current: Composite,
  incoming: Composite,
  tree: SelectionTree | undefined,
  types: TypeRelations,
  copy: boolean,
): void {
  if (!Array.isArray(current)) {
    if (!Array.isArray(incoming)) mergeObject(current, incoming, tree, types, copy);
    return;
  }
  if (!Array.isArray(incoming)) return;
  for (const [index, item] of incoming.entries()) {
    const there = current[index];
    if (isComposite(there) && isComposite(item)) mergeComposite(there, item, tree, types, copy);
    else if (!(item instanceof FieldFailure && there !== undefined && there !== null)) {
      current[index] = copy ? copyOf(item, tree) : item;
    }
  }
}

/** A copy of lists and selected objects; leaves, whatever they are, stay the same value. */
function copyOf(value: unknown, tree: SelectionTree | null | undefined): unknown {
  if (tree === null || !isComposite(value)) return value;
  if (Array.isArray(value)) return value.map((item) => copyOf(item, tree));
  const copy: ResponseObject = {};
  for (const key in value) copy[key] = copyOf(value[key], tree?.get(key));
  return copy;
}

function isComposite(value: unknown): value is Composite {
  return typeof value === 'object' && value !== null && !(value instanceof FieldFailure);
}
