import type { Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { timestampFrom } from '../values/compare.ts';
import { decode } from '../values/documents.ts';
import { indexKey } from '../values/index-key.ts';
import { type Doc, isDocument } from '../values/kinds.ts';
import type { OplogEntry } from './oplog-entry.ts';
import { type ResumeToken, resumeToken } from './position.ts';

/** What a change stream watches, and what its events shall hold. */
export type Watch = {
  scope: 'collection' | 'database' | 'cluster';
  database: string;
  collection: string;
  fullDocument: string;
  before: string;
  expanded: boolean;
};

export type ChangeEvent = Doc & { _id: ResumeToken; operationType: string; clusterTime: Timestamp };

type Lookup = (namespace: string, idKey: string) => Doc | undefined;
const hiddenDatabases = new Set(['admin', 'config', 'local']);

/** The events that a log entry means to a watcher: none, one, or one and the end of the stream. */
export function eventsFor(watch: Watch, entry: OplogEntry, lookup: Lookup): ChangeEvent[] {
  if (!watches(watch, entry)) return [];
  const { operation } = entry;
  switch (operation) {
    case 'insert':
    case 'replace':
    case 'update':
    case 'delete':
      return [documentEvent(watch, entry, lookup)];
    case 'drop':
    case 'rename': {
      const to = operation === 'rename' ? { to: entry.description?.to } : {};
      const described =
        operation === 'rename' && watch.expanded ? { operationDescription: entry.description } : {};
      const event = {
        ...head(entry, operation),
        ...(watch.expanded && entry.uuid ? { collectionUUID: entry.uuid } : {}),
        ns: namespaceOf(entry),
        ...to,
        ...described,
      };
      return watch.scope === 'collection' ? [event, invalidation(entry)] : [event];
    }
    case 'dropDatabase': {
      const event = { ...head(entry, operation), ns: { db: entry.database } };
      return watch.scope === 'database' ? [event, invalidation(entry)] : [event];
    }
    default:
      if (!watch.expanded) return [];
      return [
        {
          ...head(entry, operation),
          ...(entry.uuid ? { collectionUUID: entry.uuid } : {}),
          ns: namespaceOf(entry),
          operationDescription: entry.description ?? {},
        },
      ];
  }
}

function watches(watch: Watch, entry: OplogEntry): boolean {
  if (watch.scope === 'cluster') return !hiddenDatabases.has(entry.database);
  if (watch.database !== entry.database) return false;
  if (watch.scope === 'database') return true;
  if (entry.operation === 'rename') {
    const to = entry.description?.to;
    if (isDocument(to) && to.db === watch.database && to.coll === watch.collection) return true;
  }
  return entry.operation !== 'dropDatabase' && watch.collection === entry.collection;
}

function documentEvent(watch: Watch, entry: OplogEntry, lookup: Lookup): ChangeEvent {
  const event: ChangeEvent = {
    ...head(entry, entry.operation),
    ...(watch.expanded && entry.uuid ? { collectionUUID: entry.uuid } : {}),
    ns: namespaceOf(entry),
    documentKey: { _id: entry.id },
  };
  if (entry.document) event.fullDocument = decode(entry.document);
  if (entry.operation === 'update') {
    const { disambiguatedPaths = {}, ...description } = entry.description ?? {};
    event.updateDescription = { ...description, ...(watch.expanded ? { disambiguatedPaths } : {}) };
    if (watch.fullDocument === 'updateLookup')
      event.fullDocument = lookup(`${entry.database}.${entry.collection}`, indexKey(entry.id)) ?? null;
    else if (watch.fullDocument !== 'default') event.fullDocument = image(entry.after, watch.fullDocument);
  }
  if (watch.before !== 'off' && entry.operation !== 'insert')
    event.fullDocumentBeforeChange = image(entry.before, watch.before);
  return event;
}

function image(bytes: Uint8Array | undefined, mode: string): Doc | null {
  if (bytes) return decode(bytes);
  if (mode === 'required')
    throw new CommandError(
      'NoMatchingDocument',
      'the change stream requires images that the collection did not keep',
      {
        labels: ['NonResumableChangeStreamError'],
      },
    );
  return null;
}

function head(entry: OplogEntry, operationType: string): ChangeEvent {
  return {
    _id: resumeToken(entry.position),
    operationType,
    clusterTime: timestampFrom(entry.position.time),
    wallTime: new Date(entry.wallMs),
    ...(entry.transaction ? { txnNumber: entry.transaction.txnNumber, lsid: entry.transaction.lsid } : {}),
  };
}

function invalidation(entry: OplogEntry): ChangeEvent {
  return {
    _id: resumeToken(entry.position, true),
    operationType: 'invalidate',
    clusterTime: timestampFrom(entry.position.time),
    wallTime: new Date(entry.wallMs),
  };
}

const namespaceOf = ({ database, collection }: OplogEntry): Doc => ({ db: database, coll: collection });
