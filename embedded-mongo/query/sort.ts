import { fail } from '../errors.ts';
import type { Collation } from '../values/collation.ts';
import { compare } from '../values/compare.ts';
import { isArray, isDocument, isNumber } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import { type Path, splitPath, walk } from './paths.ts';

export type SortField = { path: Path; name: string; direction: 1 | -1 };
const maxSortFields = 32;

/** Reads a sort specification. Only 1 and -1 are directions; `$meta` sorts are refused. */
export function sortFields(spec: unknown): SortField[] {
  if (!isDocument(spec)) fail('TypeMismatch', "Expected field 'sort' to be of type object");
  const names = Object.keys(spec);
  if (names.length > maxSortFields) fail(13_103, `too many sort keys, at most ${maxSortFields}`);
  return names.map((name) => {
    const given = spec[name];
    if (!isNumber(given)) fail(15_974, `Illegal key in $sort specification: ${name} must be 1 or -1`);
    const direction = asNumber(given, 0);
    if (direction !== 1 && direction !== -1)
      fail(15_975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return { name, path: splitPath(name), direction };
  });
}

/** Sorts stably and returns a new array; each document's keys are read once. An array counts by its extreme element. */
export function sortBy<T>(
  items: Iterable<T>,
  fields: SortField[],
  documentOf: (item: T) => unknown,
  collation?: Collation,
): T[] {
  const keyed = Array.from(items, (item) => ({
    item,
    keys: fields.map((field) => sortKey(documentOf(item), field, collation)),
  }));
  keyed.sort((a, b) => {
    for (const [at, field] of fields.entries()) {
      const order = compare(a.keys[at], b.keys[at], collation);
      if (order !== 0) return order * field.direction;
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}

function sortKey(document: unknown, { path, direction }: SortField, collation?: Collation): unknown {
  let found = false;
  let best: unknown = null;
  const consider = (value: unknown): void => {
    if (!found || direction * compare(value, best, collation) < 0) best = value;
    found = true;
  };
  walk(document, path, (value) => {
    if (!isArray(value)) consider(value ?? null);
    else if (value.length === 0) consider(undefined);
    else for (const element of value) consider(element);
    return false;
  });
  return best;
}
