import { CommandError, fail } from '../errors.ts';
import { requirePlace } from '../query/geo-operators.ts';
import type { Matcher } from '../query/matcher.ts';
import { isArrayIndex, type Path, splitPath, walk } from '../query/paths.ts';
import type { Collation } from '../values/collation.ts';
import { getField } from '../values/documents.ts';
import { indexKey, invertKey } from '../values/index-key.ts';
import { type Doc, isArray, isDocument, isMissing, isObjectId } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import { SortedEntries } from './sorted-entries.ts';

/** An index as `listIndexes` shows it. */
export type IndexSpec = Doc & { name: string; key: Doc };
/** The number of a document in its collection, and the key of its `_id`. */
type Indexed = { readonly id: number; readonly idKey: string };
export type IndexField = { name: string; path: Path; descending: boolean };

export const isPlaceKind = (direction: unknown): boolean => direction === '2d' || direction === '2dsphere';
const maxKeysPerDocument = 100_000;

/** An ordered index over the newest committed version of each document. */
export class OrderedIndex {
  readonly spec: IndexSpec;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Matcher | undefined;
  readonly collation: Collation | undefined;
  /** Fields that hold places. Such an index only refuses what is no place; queries for places read the collection. */
  readonly places: readonly { name: string; path: Path; kind: unknown }[];
  readonly entries = new SortedEntries();
  /** True once a document had an array at an indexed path: the index then has several entries for one document. */
  multikey = false;

  readonly #isPrimary: boolean;

  constructor(spec: IndexSpec, partial: Matcher | undefined, collation: Collation | undefined) {
    this.spec = spec;
    this.fields = Object.keys(spec.key).map((name) => ({
      name,
      path: splitPath(name),
      descending: asNumber(spec.key[name], 1) < 0,
    }));
    this.places = this.fields
      .filter(({ name }) => isPlaceKind(spec.key[name]))
      .map(({ name, path }) => ({ name, path, kind: spec.key[name] }));
    this.#isPrimary = spec.name === '_id_';
    this.unique = asFlag(spec.unique) || this.#isPrimary;
    this.sparse = asFlag(spec.sparse);
    this.partial = partial;
    this.collation = collation;
  }

  /** Hidden indexes are kept up to date and stay unique; only queries do not use them. */
  get hidden(): boolean {
    return asFlag(this.spec.hidden);
  }

  /**
   * The keys under which a document is found: none if the index leaves it out, several if it holds arrays. The key of its
   * `_id`, where it is known, is shared and not made again.
   */
  keysOf(document: Doc, idKey?: string): string[] {
    if (this.#isPrimary && idKey !== undefined) return [idKey];
    if (this.partial && !this.partial(document)) return [];
    if (this.places.length > 0) {
      for (const { path, kind } of this.places)
        walk(document, path, (value) => {
          requirePlace(kind, value);
          return false;
        });
      return [];
    }
    const only = this.fields[0];
    const single = this.fields.length === 1 && only && only.path.length === 1;
    // The common case first: one plain field.
    if (single) {
      const value = getField(document, only.name);
      if (!isArray(value)) return this.sparse && value === undefined ? [] : [this.#key([value])];
    }
    const rows: unknown[][] = [];
    this.#expand(
      this.fields.map(({ path }) => ({ value: document, path, at: 0 })),
      rows,
    );
    if (this.sparse && rows.every((row) => row.every((value) => value === undefined))) return [];
    return rows.length === 1
      ? rows.map((row) => this.#key(row))
      : [...new Set(rows.map((row) => this.#key(row)))];
  }

  /** The part of a key that one field contributes. */
  fieldKey(position: number, value: unknown): string {
    const key = indexKey(value ?? null, this.collation);
    return this.fields[position]?.descending ? invertKey(key) : key;
  }

  add(document: Doc, { id, idKey }: Indexed): void {
    for (const key of this.keysOf(document, idKey)) this.entries.insert(key, id);
  }

  remove(document: Doc, { id, idKey }: Indexed): void {
    for (const key of this.keysOf(document, idKey)) this.entries.remove(key, id);
  }

  replace(before: Doc, after: Doc, { id }: Indexed): void {
    // Nothing changes the _id of a document.
    if (this.#isPrimary) return;
    const old = this.keysOf(before);
    const fresh = this.keysOf(after);
    if (old.length === 1 && fresh.length === 1 && old[0] === fresh[0]) return;
    for (const key of old) if (!fresh.includes(key)) this.entries.remove(key, id);
    for (const key of fresh) if (!old.includes(key)) this.entries.insert(key, id);
  }

  duplicate(namespace: string, document: Doc): CommandError {
    const keyValue = Object.fromEntries(
      this.fields.map(({ name, path }) => [name, firstValue(document, path)]),
    );
    const shown = Object.entries(keyValue).map(([name, value]) => `${name}: ${show(value)}`);
    return new CommandError(
      'DuplicateKey',
      `E11000 duplicate key error collection: ${namespace} index: ${this.spec.name} dup key: { ${shown.join(', ')} }`,
      { fields: { keyPattern: this.spec.key, keyValue } },
    );
  }

  #key(row: unknown[]): string {
    let key = '';
    for (let at = 0; at < row.length; at++) {
      // An empty array has a key of its own, before null; a missing field counts as null.
      const value = row[at] === emptyArray ? undefined : (row[at] ?? null);
      const part = indexKey(value, this.collation);
      key += this.fields[at]?.descending ? invertKey(part) : part;
    }
    return key;
  }

  /** Follows all paths at once, so that fields of one array are taken from the same element. */
  #expand(cursors: Cursor[], rows: unknown[][]): void {
    const advanced = cursors.map(advance);
    const arrays = new Set(advanced.filter(({ atArray }) => atArray).map(({ value }) => value));
    if (arrays.size === 0) {
      rows.push(advanced.map(({ value }) => value));
      if (rows.length > maxKeysPerDocument) fail('BadValue', 'a document has too many index keys');
      return;
    }
    if (arrays.size > 1)
      fail('CannotIndexParallelArrays', `cannot index parallel arrays in index ${this.spec.name}`);
    this.multikey = true;
    const [array] = arrays;
    const elements = isArray(array) && array.length > 0 ? array : [emptyArray];
    for (const element of elements)
      this.#expand(
        advanced.map((cursor) => (cursor.atArray ? intoElement(cursor, element) : cursor)),
        rows,
      );
  }
}

const emptyArray = Symbol('empty array');
type Cursor = { value: unknown; path: Path; at: number; atArray?: boolean; done?: boolean };

function advance(cursor: Cursor): Cursor {
  let { value, at } = cursor;
  const { path } = cursor;
  if (cursor.done) return { value, path, at, done: true };
  for (; at < path.length; at++) {
    const part = path[at] ?? '';
    if (isArray(value)) {
      if (!isArrayIndex(part) || Number(part) >= value.length) return { value, path, at, atArray: true };
      value = value[Number(part)];
    } else if (isDocument(value)) value = getField(value, part);
    else return { value: undefined, path, at: path.length, done: true };
  }
  return isArray(value) ? { value, path, at, atArray: true } : { value, path, at, done: true };
}

function intoElement(cursor: Cursor, element: unknown): Cursor {
  const { path, at } = cursor;
  if (at === path.length) return { value: element, path, at, done: true };
  // Documents in the array are followed; other elements count as having no such field, as does an empty array.
  return isDocument(element)
    ? { value: element, path, at }
    : { value: undefined, path, at: path.length, done: true };
}

function firstValue(document: Doc, path: Path): unknown {
  let value: unknown = document;
  for (const part of path) {
    if (isArray(value)) value = value[0];
    value = isDocument(value) ? getField(value, part) : undefined;
  }
  return (isArray(value) ? value[0] : value) ?? null;
}

function show(value: unknown): string {
  if (isMissing(value)) return 'null';
  if (isObjectId(value)) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${Number(value)})`;
  if (typeof value === 'object' && '_bsontype' in value) return String(value);
  return JSON.stringify(value);
}
