import { identical } from '../values/compare.ts';
import { setField } from '../values/documents.ts';
import { bsonTypeOf, type Doc, isArray, isDocument } from '../values/kinds.ts';

/** What an update changed, in the shape change streams report it. */
export type UpdateDescription = {
  updatedFields: Doc;
  removedFields: string[];
  truncatedArrays: { field: string; newSize: number }[];
};

/** The difference between two versions of a document, as deep as it can be told by dotted paths. */
export function describeUpdate(before: Doc, after: Doc): UpdateDescription {
  const description: UpdateDescription = { updatedFields: {}, removedFields: [], truncatedArrays: [] };
  compareDocuments(before, after, '', description);
  return description;
}

function compareDocuments(before: Doc, after: Doc, prefix: string, into: UpdateDescription): void {
  for (const name of Object.keys(before))
    if (!Object.hasOwn(after, name)) into.removedFields.push(prefix + name);
  for (const name of Object.keys(after)) {
    if (Object.hasOwn(before, name)) compareValues(before[name], after[name], prefix + name, into);
    else setField(into.updatedFields, prefix + name, after[name]);
  }
}

function compareValues(before: unknown, after: unknown, path: string, into: UpdateDescription): void {
  if (identical(before, after)) return;
  const plain = bsonTypeOf(before) === undefined && bsonTypeOf(after) === undefined;
  if (plain && isDocument(before) && isDocument(after)) {
    compareDocuments(before, after, `${path}.`, into);
    return;
  }
  const shortened =
    isArray(before) &&
    isArray(after) &&
    after.length < before.length &&
    after.every((value, at) => identical(value, before[at]));
  if (isArray(before) && isArray(after) && after.length > 0 && (after.length >= before.length || shortened)) {
    if (shortened) into.truncatedArrays.push({ field: path, newSize: after.length });
    for (const [at, value] of after.entries()) {
      if (at < before.length) compareValues(before[at], value, `${path}.${at}`, into);
      else setField(into.updatedFields, `${path}.${at}`, value);
    }
    return;
  }
  setField(into.updatedFields, path, after);
}
