import { DBRef, deserialize, serialize } from 'bson';
import { bsonTypeOf, type Doc, isArray, isDocument } from './kinds.ts';

/** Largest document, in bytes; MongoDB's own limit. */
export const maxDocumentBytes = 16 * 1024 * 1024;

export const encode = (document: Doc): Uint8Array =>
  serialize(document, { ignoreUndefined: true, checkKeys: false });

/** Decodes with every number, long, binary and regular expression kept in its stored type. */
export function decode(bytes: Uint8Array): Doc {
  return deserialize(bytes, {
    promoteValues: false,
    promoteLongs: false,
    promoteBuffers: false,
    bsonRegExp: true,
    validation: { utf8: false },
  });
}

/** Sets a field, also one named like a property that every object inherits. */
export function setField(target: Doc, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  else target[name] = value;
}

/** The document's own field; undefined if it has none of this name. */
export const getField = (document: Doc, name: string): unknown =>
  document instanceof DBRef
    ? referenceField(document, name)
    : Object.hasOwn(document, name)
      ? document[name]
      : undefined;

/** The decoder makes an object of its own of a database reference; its fields are still those that were stored. */
function referenceField(reference: DBRef, name: string): unknown {
  switch (name) {
    case '$ref':
      return reference.collection;
    case '$id':
      return reference.oid;
    case '$db':
      return reference.db;
    default:
      return Object.hasOwn(reference.fields, name) ? reference.fields[name] : undefined;
  }
}

/** A copy that may be changed without changing the original. Single values are shared: nothing ever changes those. */
export function clone(value: unknown): unknown {
  if (isArray(value)) return value.map(clone);
  return isDocument(value) && bsonTypeOf(value) === undefined ? cloneDocument(value) : value;
}

export function cloneDocument(document: Doc): Doc {
  const copy: Doc = {};
  for (const name of Object.keys(document)) setField(copy, name, clone(document[name]));
  return copy;
}
