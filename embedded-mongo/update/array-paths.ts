import { fail } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import type { MatchContext, Matcher } from '../query/matcher.ts';
import { type Path, valueAt } from '../query/paths.ts';
import { type Doc, isArray, isDocument } from '../values/kinds.ts';

/** The `arrayFilters` of an update, by the name that `$[name]` refers to. */
export type ArrayFilters = Map<string, (element: unknown) => boolean>;

/** Compiles `arrayFilters`; each must speak of exactly one name, and each name may be filtered once. */
export function compileArrayFilters(filters: unknown, match: MatchContext): ArrayFilters {
  const compiled: ArrayFilters = new Map();
  if (filters === undefined || filters === null) return compiled;
  if (!isArray(filters)) fail('TypeMismatch', 'arrayFilters must be an array');
  for (const filter of filters) {
    if (!isDocument(filter)) fail('TypeMismatch', 'each array filter must be an object');
    const names = new Set(filterNames(filter));
    const [name] = names;
    if (name === undefined)
      fail('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
    if (names.size > 1)
      fail(
        'FailedToParse',
        `Error parsing array filter: expected a single top-level field name, found ${[...names].join(' and ')}`,
      );
    if (compiled.has(name))
      fail('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`);
    const matches: Matcher = compileFilter(filter, match);
    compiled.set(name, (element) => matches({ [name]: element }));
  }
  return compiled;
}

function filterNames(filter: Doc): string[] {
  return Object.keys(filter).flatMap((name) => {
    const parts = filter[name];
    if (!name.startsWith('$')) return [name.split('.')[0] ?? name];
    return isArray(parts) ? parts.flatMap((part) => (isDocument(part) ? filterNames(part) : [])) : [];
  });
}

/** Replaces `$`, `$[]` and `$[name]` in an update path by the array positions they stand for in this document. */
export function expandPath(
  document: Doc,
  path: Path,
  filters: ArrayFilters,
  position: number | undefined,
): Path[] {
  let expanded: string[][] = [[]];
  for (const part of path) {
    if (part === '$') {
      if (position === undefined)
        fail('BadValue', 'The positional operator did not find the match needed from the query.');
      for (const prefix of expanded) prefix.push(String(position));
    } else if (part.startsWith('$[') && part.endsWith(']')) {
      const name = part.slice(2, -1);
      const accepts = name === '' ? () => true : filters.get(name);
      if (!accepts)
        fail('BadValue', `No array filter found for identifier '${name}' in path '${path.join('.')}'`);
      expanded = expanded.flatMap((prefix) => elementPaths(document, prefix, accepts));
    } else for (const prefix of expanded) prefix.push(part);
  }
  return expanded;
}

function elementPaths(document: Doc, prefix: string[], accepts: (element: unknown) => boolean): string[][] {
  const array = valueAt(document, prefix);
  if (array === undefined)
    fail(
      'BadValue',
      `The path '${prefix.join('.')}' must exist in the document in order to apply array updates.`,
    );
  if (!isArray(array))
    fail('BadValue', `Cannot apply array updates to non-array element ${prefix.join('.')}`);
  return array.flatMap((element, index) => (accepts(element) ? [[...prefix, String(index)]] : []));
}

/** The names that a path's `$[name]` parts use. */
export const filterNamesIn = (path: Path): string[] =>
  path.flatMap((part) => (part.startsWith('$[') && part.length > 3 ? [part.slice(2, -1)] : []));
