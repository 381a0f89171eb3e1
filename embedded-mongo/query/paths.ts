import { getField } from '../values/documents.ts';
import { isArray, isDocument } from '../values/kinds.ts';

/** A dotted path, split once. */
export type Path = readonly string[];
export const splitPath = (dotted: string): Path => dotted.split('.');
export const isArrayIndex = (part: string): boolean => /^(?:0|[1-9]\d*)$/.test(part);

/** Is told a value that the path reaches, and the first array element passed through; true ends the walk. */
export type Visit = (value: unknown, firstIndex: number | undefined) => boolean;

/**
 * Visits every value a path reaches, through the elements of arrays on the way, as queries see it. A path that ends in
 * nothing visits `undefined`. Returns true when a visit did.
 */
export function walk(value: unknown, path: Path, visit: Visit): boolean {
  return step(value, path, 0, undefined, visit);
}

function step(value: unknown, path: Path, at: number, firstIndex: number | undefined, visit: Visit): boolean {
  const part = path[at];
  if (part === undefined) return visit(value, firstIndex);
  if (isArray(value)) {
    if (isArrayIndex(part) && Number(part) < value.length) {
      if (step(value[Number(part)], path, at + 1, firstIndex, visit)) return true;
    }
    for (let index = 0; index < value.length; index++) {
      const element = value[index];
      if (isDocument(element) && step(element, path, at, firstIndex ?? index, visit)) return true;
    }
    return false;
  }
  if (!isDocument(value)) return visit(undefined, firstIndex);
  return step(getField(value, part), path, at + 1, firstIndex, visit);
}

/** The value at a path that takes array positions by number only, as updates see it. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const part of path) {
    if (isArray(current)) current = isArrayIndex(part) ? current[Number(part)] : undefined;
    else if (isDocument(current)) current = getField(current, part);
    else return undefined;
  }
  return current;
}
