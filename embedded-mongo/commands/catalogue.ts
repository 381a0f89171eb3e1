import { Long } from 'bson';
import { fail } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import {
  type Command,
  type CommandContext,
  collectionOf,
  matchContextOf,
  namespaceOf,
} from '../server/command.ts';
import { listSource } from '../server/cursors.ts';
import type { Collection } from '../store/collection.ts';
import { collationFrom } from '../values/collation.ts';
import { equals } from '../values/compare.ts';
import { type Doc, isDocument, isNumber } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import { batchSizeOf } from './read.ts';

const collectionOptions = [
  'validator',
  'validationLevel',
  'validationAction',
  'changeStreamPreAndPostImages',
  'collation',
  'capped',
  'size',
  'max',
  'clusteredIndex',
];
const unsupportedOptions = ['viewOn', 'pipeline', 'timeseries', 'encryptedFields', 'expireAfterSeconds'];

export const catalogueCommands: Record<string, Command> = {
  create: { run: create, writes: true, transactional: true },
  drop: { run: drop, writes: true },
  collMod: { run: collMod, writes: true },
  renameCollection: { run: rename, writes: true },
  dropDatabase: { run: dropDatabase, writes: true },
  listCollections: { run: listCollections },
  listDatabases: { run: listDatabases },
};

function create(context: CommandContext): Doc {
  const { command, store, view } = context;
  const options = optionsIn(command);
  const existing = collectionOf(context);
  if (existing) {
    if (equals(existing.options, options)) return {};
    fail('NamespaceExists', `Collection ${existing.namespace} already exists.`);
  }
  store.create(namespaceOf(context), options, view.transaction);
  return {};
}

function optionsIn(command: Doc): Doc {
  for (const name of unsupportedOptions)
    if (command[name] !== undefined && command[name] !== false)
      fail('NotImplemented', `collection option '${name}' is not supported by this store`);
  if (asFlag(command.capped) && asNumber(command.size, 0) <= 0)
    fail('InvalidOptions', 'the size field is required when capped is true');
  collationFrom(command.collation);
  const { clusteredIndex } = command;
  if (isDocument(clusteredIndex)) command.clusteredIndex = { v: 2, name: '_id_', ...clusteredIndex };
  return Object.fromEntries(
    collectionOptions.filter((name) => name in command).map((name) => [name, command[name]]),
  );
}

function collMod(context: CommandContext): Doc {
  const { command, store } = context;
  const collection = collectionOf(context);
  if (!collection) fail('NamespaceNotFound', `ns does not exist: ${namespaceOf(context)}`);
  Object.assign(collection.options, optionsIn(command));
  if (isDocument(command.index)) changeIndex(collection, command.index);
  store.saveCatalogue(collection);
  store.logStructure('modify', collection);
  return {};
}

function changeIndex(collection: Collection, wanted: Doc): void {
  const index = [...collection.indexes.values()].find(
    ({ spec }) =>
      spec.name === wanted.name || (isDocument(wanted.keyPattern) && equals(spec.key, wanted.keyPattern)),
  );
  if (!index) fail('IndexNotFound', 'cannot find the index to modify');
  if (!isNumber(wanted.expireAfterSeconds) && typeof wanted.hidden !== 'boolean')
    fail('NotImplemented', 'of an index only expireAfterSeconds and hidden can be modified');
  if (isNumber(wanted.expireAfterSeconds)) index.spec.expireAfterSeconds = wanted.expireAfterSeconds;
  if (wanted.hidden === true) index.spec.hidden = true;
  else if (wanted.hidden === false) delete index.spec.hidden;
}

function drop(context: CommandContext): Doc {
  const collection = collectionOf(context);
  if (!collection) return {};
  context.store.drop(collection);
  return { nIndexesWas: collection.indexes.size, ns: collection.namespace };
}

function rename({ command, store }: CommandContext): Doc {
  const from = String(command.renameCollection);
  const to = String(command.to);
  const source = store.collection(from);
  if (!source) fail('NamespaceNotFound', `Source collection ${from} does not exist`);
  if (from === to) fail('IllegalOperation', "Can't rename a collection to itself");
  const target = store.collection(to);
  if (target && !asFlag(command.dropTarget)) fail('NamespaceExists', 'target namespace exists');
  if (target) store.drop(target);
  store.rename(source, to, target);
  return {};
}

const inDatabase = ({ store, database }: CommandContext): Collection[] =>
  [...store.namespaces].filter((collection) => collection.database === database);

function dropDatabase(context: CommandContext): Doc {
  const { store, database } = context;
  const collections = inDatabase(context);
  if (collections.length === 0) return {};
  for (const collection of collections) store.drop(collection);
  store.log([{ operation: 'dropDatabase', database, collection: '' }]);
  return { dropped: database };
}

function listCollections(context: CommandContext): Doc {
  const { command, server, database } = context;
  const matches = compileFilter(command.filter ?? {}, matchContextOf(context));
  const entries = inDatabase(context)
    .map(({ name, options, uuid }) => ({
      name,
      type: 'collection',
      options,
      info: { readOnly: false, uuid },
      idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
    }))
    .filter((entry) => matches(entry))
    .map((entry) => (asFlag(command.nameOnly) ? { name: entry.name, type: entry.type } : entry));
  const options = isDocument(command.cursor) ? command.cursor : {};
  return {
    cursor: server.cursors.open(`${database}.$cmd.listCollections`, listSource(entries), {
      batchSize: batchSizeOf(options.batchSize),
    }),
  };
}

function listDatabases(context: CommandContext): Doc {
  const { command, store } = context;
  const matches = compileFilter(command.filter ?? {}, matchContextOf(context));
  const names = [...new Set([...store.namespaces].map(({ database }) => database))].sort();
  const databases = names
    .map((name) => ({ name, sizeOnDisk: Long.fromInt(0), empty: false }))
    .filter((entry) => matches(entry));
  if (asFlag(command.nameOnly)) return { databases: databases.map(({ name }) => ({ name })) };
  return { databases, totalSize: Long.fromInt(0), totalSizeMb: Long.fromInt(0) };
}
