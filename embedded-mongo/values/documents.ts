import { deserialize, serialize } from 'bson';
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
  Object.hasOwn(document, name) ? document[name] : undefined;

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
