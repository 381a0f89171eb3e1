import { fail } from '../errors.ts';
import {
  type Command,
  type CommandContext,
  collectionOf,
  collectionOrNew,
  namespaceOf,
} from '../server/command.ts';
import { listSource } from '../server/cursors.ts';
import type { Collection } from '../store/collection.ts';
import { type IndexSpec, isPlaceKind } from '../store/ordered-index.ts';
import type { Transaction } from '../store/transaction.ts';
import { equals, identical } from '../values/compare.ts';
import { type Doc, isArray, isDocument, isNumber } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import { batchSizeOf } from './read.ts';

const maxIndexes = 64;
const known = new Set(
  'v key name ns unique sparse hidden background expireAfterSeconds partialFilterExpression collation 2dsphereIndexVersion bits min max'.split(
    ' ',
  ),
);

export const indexCommands: Record<string, Command> = {
  createIndexes: { run: createIndexes, writes: true, transactional: true },
  dropIndexes: { run: dropIndexes, writes: true },
  deleteIndexes: { run: dropIndexes, writes: true },
  listIndexes: { run: listIndexes },
};

function createIndexes(context: CommandContext): Doc {
  const { command, store, view } = context;
  const { indexes } = command;
  if (!isArray(indexes) || indexes.length === 0)
    fail('BadValue', 'Must specify at least one index to create');
  const existed = collectionOf(context) !== undefined;
  const given = indexes.map(readSpec);
  const collection = collectionOrNew(context);
  const specs = given.map((spec) => withCollation(spec, collection.options.collation));
  const before = collection.indexes.size;
  const created: IndexSpec[] = [];
  try {
    for (const spec of specs) {
      if (alreadyThere(collection, spec)) continue;
      if (view.transaction) requireOwnEmpty(collection, view.transaction);
      if (collection.indexes.size >= maxIndexes)
        fail('CannotCreateIndex', `a collection may have ${maxIndexes} indexes`);
      store.buildIndex(collection, spec);
      created.push(spec);
    }
  } catch (error) {
    // All of them or none.
    for (const { name } of created) collection.indexes.delete(name);
    throw error;
  }
  if (created.length > 0) {
    if (!view.transaction) store.saveCatalogue(collection);
    store.logStructure('createIndexes', collection, { indexes: created }, view.transaction);
  }
  return {
    numIndexesBefore: before,
    numIndexesAfter: collection.indexes.size,
    createdCollectionAutomatically: !existed,
    ...(created.length === 0 ? { note: 'all indexes already exist' } : {}),
  };
}

function requireOwnEmpty(collection: Collection, transaction: Transaction): void {
  const own = transaction.created.get(collection.namespace) === collection;
  if (!own || transaction.writes.get(collection)?.size)
    fail(
      'OperationNotSupportedInTransaction',
      `Cannot create new indexes on existing collection ${collection.namespace} in a multi-document transaction.`,
    );
}

function readSpec(given: unknown): IndexSpec {
  if (!isDocument(given) || !isDocument(given.key)) fail('TypeMismatch', "an index needs an object 'key'");
  const { key } = given;
  const fields = Object.keys(key);
  if (fields.length === 0) fail('CannotCreateIndex', 'Index keys cannot be an empty object');
  for (const field of fields) {
    const direction = key[field];
    // Equality is all a hashed index offers, and an ordered one offers that too.
    if ((direction === 'hashed' || isPlaceKind(direction)) && !asFlag(given.unique)) continue;
    if (typeof direction === 'string')
      fail('NotImplemented', `'${direction}' indexes are not supported by this store`);
    if (!isNumber(direction) || asNumber(direction, 0) === 0)
      fail('CannotCreateIndex', `Values in an index key pattern must be numbers other than zero: ${field}`);
    if (field.split('.').includes('$**'))
      fail('NotImplemented', 'wildcard indexes are not supported by this store');
  }
  for (const option of Object.keys(given))
    if (!known.has(option)) fail('NotImplemented', `index option '${option}' is not supported by this store`);
  if (given.expireAfterSeconds !== undefined && fields.length > 1)
    fail('CannotCreateIndex', 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  const name =
    typeof given.name === 'string'
      ? given.name
      : fields
          .map((field) => `${field}_${isNumber(key[field]) ? asNumber(key[field], 1) : String(key[field])}`)
          .join('_');
  const { v, key: _key, name: _name, ns, background, ...options } = given;
  return { v: 2, key, name, ...options };
}

/** An index compares as its collection does unless it says otherwise. */
function withCollation(spec: IndexSpec, collation: unknown): IndexSpec {
  if (isDocument(spec.collation) && spec.collation.locale === 'simple') {
    const { collation: _simple, ...plain } = spec;
    return { ...plain, name: spec.name, key: spec.key };
  }
  return collation === undefined || spec.collation !== undefined ? spec : { ...spec, collation };
}

function alreadyThere(collection: Collection, spec: IndexSpec): boolean {
  if (Object.keys(spec.key).join() === '_id') return true;
  for (const { spec: other } of collection.indexes.values()) {
    const sameKey = equals(other.key, spec.key) && identicalOption(other, spec, 'collation');
    if (other.name === spec.name) {
      if (sameKey && sameOptions(other, spec)) return true;
      fail(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index: ${spec.name}`,
      );
    }
    if (sameKey && identicalOption(other, spec, 'partialFilterExpression'))
      fail('IndexOptionsConflict', `Index already exists with a different name: ${other.name}`);
  }
  return false;
}

const identicalOption = (a: Doc, b: Doc, option: string): boolean =>
  identical(a[option] ?? null, b[option] ?? null);
const sameOptions = (a: Doc, b: Doc): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) =>
    equals(a[name] ?? false, b[name] ?? false),
  );

function dropIndexes(context: CommandContext): Doc {
  const { command, store } = context;
  const collection = collectionOf(context);
  if (!collection) fail('NamespaceNotFound', `ns not found ${namespaceOf(context)}`);
  const before = collection.indexes.size;
  const names = namesToDrop(collection, command.index);
  for (const name of names) {
    if (name === '_id_') fail('InvalidOptions', 'cannot drop _id index');
    if (!collection.indexes.has(name)) fail('IndexNotFound', `index not found with name [${name}]`);
  }
  for (const name of names) collection.indexes.delete(name);
  store.saveCatalogue(collection);
  store.logStructure('dropIndexes', collection, { indexes: names });
  return { nIndexesWas: before };
}

function namesToDrop(collection: Collection, wanted: unknown): string[] {
  if (wanted === '*') return [...collection.indexes.keys()].filter((name) => name !== '_id_');
  if (isDocument(wanted)) {
    const index = [...collection.indexes.values()].find(({ spec }) => equals(spec.key, wanted));
    return index ? [index.spec.name] : fail('IndexNotFound', "can't find index with that key");
  }
  return (isArray(wanted) ? wanted : [wanted]).map(String);
}

function listIndexes(context: CommandContext): Doc {
  const collection = collectionOf(context);
  if (!collection) fail('NamespaceNotFound', `ns does not exist: ${namespaceOf(context)}`);
  const { clusteredIndex } = collection.options;
  const specs = [...collection.indexes.values()].map(({ spec }) =>
    spec.name === '_id_' && isDocument(clusteredIndex) ? { ...clusteredIndex, clustered: true } : spec,
  );
  const options = isDocument(context.command.cursor) ? context.command.cursor : {};
  return {
    cursor: context.server.cursors.open(collection.namespace, listSource(specs), {
      batchSize: batchSizeOf(options.batchSize),
    }),
  };
}
