import { Int32 } from 'bson';
import { identical } from '../values/compare.ts';
import { setField } from '../values/documents.ts';
import { bsonTypeOf, type Doc, isArray, isDocument } from '../values/kinds.ts';

/** What an update changed, in the shape change streams report it. */
export type UpdateDescription = {
  updatedFields: Doc;
  removedFields: string[];
  truncatedArrays: { field: string; newSize: number }[];
  /** For dotted paths that could be read in more than one way: their parts, array positions as numbers. */
  disambiguatedPaths: Doc;
};

type Trail = readonly (string | number)[];

/** The difference between two versions of a document, as deep as it can be told by dotted paths. */
export function describeUpdate(before: Doc, after: Doc): UpdateDescription {
  const description: UpdateDescription = {
    updatedFields: {},
    removedFields: [],
    truncatedArrays: [],
    disambiguatedPaths: {},
  };
  compareDocuments(before, after, [], description);
  return description;
}

/** The dotted path of a change; noted where a field is called like an array position or has a dot in its name. */
function dotted(trail: Trail, into: UpdateDescription): string {
  const path = trail.join('.');
  if (trail.some((part) => typeof part === 'string' && (part.includes('.') || /^\d+$/.test(part))))
    setField(
      into.disambiguatedPaths,
      path,
      trail.map((part) => (typeof part === 'number' ? new Int32(part) : part)),
    );
  return path;
}

function compareDocuments(before: Doc, after: Doc, trail: Trail, into: UpdateDescription): void {
  for (const name of Object.keys(before))
    if (!Object.hasOwn(after, name)) into.removedFields.push(dotted([...trail, name], into));
  for (const name of Object.keys(after)) {
    if (Object.hasOwn(before, name)) compareValues(before[name], after[name], [...trail, name], into);
    else setField(into.updatedFields, dotted([...trail, name], into), after[name]);
  }
}

function compareValues(before: unknown, after: unknown, trail: Trail, into: UpdateDescription): void {
  if (identical(before, after)) return;
  const plain = bsonTypeOf(before) === undefined && bsonTypeOf(after) === undefined;
  if (plain && isDocument(before) && isDocument(after)) {
    compareDocuments(before, after, trail, into);
    return;
  }
  const shortened =
    isArray(before) &&
    isArray(after) &&
    after.length < before.length &&
    after.every((value, at) => identical(value, before[at]));
  if (isArray(before) && isArray(after) && after.length > 0 && (after.length >= before.length || shortened)) {
    if (shortened) into.truncatedArrays.push({ field: dotted(trail, into), newSize: after.length });
    for (const [at, value] of after.entries()) {
      if (at < before.length) compareValues(before[at], value, [...trail, at], into);
      else setField(into.updatedFields, dotted([...trail, at], into), value);
    }
    return;
  }
  setField(into.updatedFields, dotted(trail, into), after);
}
