import { cpus, hostname, release, totalmem, type as typeOfSystem } from 'node:os';
import { Long } from 'bson';
import { fail } from '../errors.ts';
import { type Command, type CommandContext, collectionOf, namespaceOf } from '../server/command.ts';
import type { Collection } from '../store/collection.ts';
import type { Doc } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import { replicaSet, version } from './handshake.ts';

const started = performance.now();
const mebibyte = 1024 * 1024;
const parameters: Doc = {
  featureCompatibilityVersion: { version: '7.0' },
  authenticationMechanisms: [],
  enableTestCommands: false,
  requireApiVersion: false,
};

/** What shells and dashboards ask a server about itself. */
export const administrationCommands: Record<string, Command> = {
  serverStatus: { run: serverStatus },
  getParameter: { run: getParameter },
  hostInfo: { run: hostInfo },
  getCmdLineOpts: { run: () => ({ argv: [], parsed: {} }) },
  getLog: { run: getLog },
  dbStats: { run: databaseStatistics },
  dbstats: { run: databaseStatistics },
  collStats: { run: collectionStatistics },
  collstats: { run: collectionStatistics },
  replSetGetConfig: {
    run: ({ server }) => ({
      config: { _id: replicaSet, version: 1, members: [{ _id: 0, host: server.address }] },
    }),
  },
  validate: { run: validate },
};

function serverStatus({ server, store }: CommandContext): Doc {
  const memory = process.memoryUsage();
  const seconds = (performance.now() - started) / 1000;
  return {
    host: hostname(),
    version,
    process: 'embedded-mongo',
    pid: Long.fromNumber(process.pid),
    uptime: seconds,
    uptimeMillis: Long.fromNumber(Math.floor(seconds * 1000)),
    localTime: new Date(store.nowMs()),
    connections: {
      current: server.connections.current,
      available: server.connections.limit - server.connections.current,
      totalCreated: server.connections.total,
    },
    mem: {
      bits: 64,
      resident: Math.round(memory.rss / mebibyte),
      virtual: Math.round(memory.rss / mebibyte),
      supported: true,
    },
    /** In bytes: of the whole process, of this thread's heap, and outside the heap. */
    embedded: {
      residentBytes: Long.fromNumber(memory.rss),
      heapUsedBytes: Long.fromNumber(memory.heapUsed),
      externalBytes: Long.fromNumber(memory.external),
      ...storedSize([...store.namespaces]),
    },
    metrics: { cursor: { open: { total: Long.fromNumber(server.cursors.size) } } },
    storageEngine: { name: 'embedded', persistent: true, supportsCommittedReads: true },
    repl: { setName: replicaSet, isWritablePrimary: true, hosts: [server.address], me: server.address },
  };
}

function storedSize(collections: Collection[]): Doc {
  return {
    collections: collections.length,
    documents: Long.fromNumber(collections.reduce((sum, { count }) => sum + count, 0)),
    documentBytes: Long.fromNumber(collections.reduce((sum, { bytes }) => sum + bytes, 0)),
  };
}

function getParameter({ command }: CommandContext): Doc {
  if (command.getParameter === '*') return { ...parameters };
  const asked = Object.keys(command).filter((name) => Object.hasOwn(parameters, name));
  if (asked.length === 0) fail('InvalidOptions', 'no option found to get');
  return Object.fromEntries(asked.map((name) => [name, parameters[name]]));
}

function hostInfo({ store }: CommandContext): Doc {
  return {
    system: {
      currentTime: new Date(store.nowMs()),
      hostname: hostname(),
      cpuAddrSize: 64,
      memSizeMB: Long.fromNumber(Math.round(totalmem() / mebibyte)),
      numCores: cpus().length,
      cpuArch: process.arch,
    },
    os: { type: typeOfSystem(), name: process.platform, version: release() },
    extra: {},
  };
}

function getLog({ command }: CommandContext): Doc {
  if (command.getLog === '*') return { names: ['global', 'startupWarnings'] };
  return { totalLinesWritten: 0, log: [] };
}

function databaseStatistics({ command, database, store }: CommandContext): Doc {
  const scale = asNumber(command.scale, 1);
  const collections = loaded({ store }, (one) => one.database === database);
  const sizes = collections.reduce((sum, { bytes }) => sum + bytes, 0);
  const objects = collections.reduce((sum, { count }) => sum + count, 0);
  const indexBytes = collections.reduce((sum, collection) => sum + indexSize(collection), 0);
  return {
    db: database,
    collections: collections.length,
    views: 0,
    objects: Long.fromNumber(objects),
    avgObjSize: objects === 0 ? 0 : sizes / objects,
    dataSize: sizes / scale,
    storageSize: sizes / scale,
    indexes: collections.reduce((sum, { indexes }) => sum + indexes.size, 0),
    indexSize: indexBytes / scale,
    totalSize: (sizes + indexBytes) / scale,
    scaleFactor: scale,
  };
}

function loaded(
  { store }: Pick<CommandContext, 'store'>,
  wanted: (collection: Collection) => boolean,
): Collection[] {
  return [...store.namespaces].filter(wanted).flatMap(({ namespace }) => store.collection(namespace) ?? []);
}

function collectionStatistics(context: CommandContext): Doc {
  return statisticsOf(collectionOf(context), namespaceOf(context), asNumber(context.command.scale, 1));
}

/** Sizes of one collection, in bytes divided by `scale`; zeros where there is none. */
export function statisticsOf(collection: Collection | undefined, namespace: string, scale: number): Doc {
  const indexes = [...(collection?.indexes.values() ?? [])];
  const bytes = collection?.bytes ?? 0;
  const count = collection?.count ?? 0;
  return {
    ns: namespace,
    size: bytes / scale,
    count,
    ...(count > 0 ? { avgObjSize: Math.floor(bytes / count) } : {}),
    storageSize: bytes / scale,
    ...cappedLimits(collection, scale),
    nindexes: indexes.length,
    indexSizes: Object.fromEntries(indexes.map(({ spec, entries }) => [spec.name, entries.bytes / scale])),
    totalIndexSize: (collection ? indexSize(collection) : 0) / scale,
    totalSize: (bytes + (collection ? indexSize(collection) : 0)) / scale,
    scaleFactor: scale,
  };
}

function cappedLimits(collection: Collection | undefined, scale: number): Doc {
  const limits = collection?.capped;
  if (!limits) return { capped: false };
  const { bytes, documents } = limits;
  return { capped: true, maxSize: bytes / scale, ...(Number.isFinite(documents) ? { max: documents } : {}) };
}

const indexSize = (collection: Collection): number =>
  [...collection.indexes.values()].reduce((sum, { entries }) => sum + entries.bytes, 0);

function validate(context: CommandContext): Doc {
  const collection = collectionOf(context);
  if (!collection)
    fail('NamespaceNotFound', `Collection '${namespaceOf(context)}' does not exist to validate.`);
  const keys = [...collection.indexes.values()].map(({ spec, entries }) => [spec.name, entries.size]);
  return {
    ns: collection.namespace,
    nInvalidDocuments: 0,
    nrecords: collection.count,
    nIndexes: collection.indexes.size,
    keysPerIndex: Object.fromEntries(keys),
    valid: true,
    warnings: [],
    errors: [],
  };
}
