import { CommandError, fail } from '../errors.ts';
import type { CursorSource } from '../server/cursors.ts';
import type { Store } from '../store/store.ts';
import { timestampBits } from '../values/compare.ts';
import { encode } from '../values/documents.ts';
import { type Doc, isDocument, isTimestamp } from '../values/kinds.ts';
import { asFlag } from '../values/numbers.ts';
import { type ChangeEvent, eventsFor, type Watch } from './events.ts';
import { comparePositions, endOf, type Position, readResumeToken, resumeToken, startOf } from './position.ts';

/** Turns events into what the stream's pipeline makes of them; undefined where one is filtered out. */
export type EventPipeline = (event: Doc) => Doc | undefined;

const options = new Set(
  'fullDocument fullDocumentBeforeChange resumeAfter startAfter startAtOperationTime allChangesForCluster showExpandedEvents'.split(
    ' ',
  ),
);
const fullDocumentModes = new Set(['default', 'updateLookup', 'whenAvailable', 'required']);
const readAhead = 256;

/** Opens a change stream: where it starts, and what it watches. `collection` is undefined for a whole database. */
export function openChangeStream(
  store: Store,
  spec: unknown,
  scope: { database: string; collection: string | undefined },
  pipeline: EventPipeline,
): CursorSource {
  if (!isDocument(spec)) fail('TypeMismatch', '$changeStream needs an object');
  for (const name of Object.keys(spec))
    if (!options.has(name)) fail(40_415, `BSON field '$changeStream.${name}' is an unknown field.`);
  return createSource(store, readWatch(spec, scope), startOfStream(store, spec), pipeline);
}

function readWatch(
  spec: Doc,
  { database, collection }: { database: string; collection: string | undefined },
): Watch {
  const cluster = asFlag(spec.allChangesForCluster);
  if (cluster && (database !== 'admin' || collection !== undefined))
    fail(
      'InvalidOptions',
      'A $changeStream with allChangesForCluster may only be opened on the admin database',
    );
  const fullDocument = String(spec.fullDocument ?? 'default');
  if (!fullDocumentModes.has(fullDocument))
    fail('BadValue', `fullDocument mode '${fullDocument}' is unknown`);
  return {
    scope: cluster ? 'cluster' : collection === undefined ? 'database' : 'collection',
    database,
    collection: collection ?? '',
    fullDocument,
    before: String(spec.fullDocumentBeforeChange ?? 'off'),
    expanded: asFlag(spec.showExpandedEvents),
  };
}

function startOfStream(store: Store, spec: Doc): Position {
  const token = spec.resumeAfter ?? spec.startAfter;
  if (token !== undefined) {
    const { position, invalidate } = readResumeToken(token);
    if (invalidate && spec.resumeAfter !== undefined)
      fail(
        'InvalidResumeToken',
        'resumeAfter is not allowed from an invalidate notification, use startAfter',
      );
    return position;
  }
  if (spec.startAtOperationTime === undefined) return endOf(store.oplog.durableTime());
  if (!isTimestamp(spec.startAtOperationTime))
    fail('TypeMismatch', 'startAtOperationTime must be a timestamp');
  return startOf(timestampBits(spec.startAtOperationTime));
}

function createSource(store: Store, watch: Watch, start: Position, pipeline: EventPipeline): CursorSource {
  let position = start;
  let invalidated = false;
  // What must be on disk before looked-up documents may be shown.
  let lookedUpMark = 0;
  let token = resumeToken(forToken(start));
  let pending: { bytes: Uint8Array; token: ReturnType<typeof resumeToken> }[] = [];
  // Fails now, not at the first getMore, when the start is no longer there.
  store.oplog.after(start, 1);

  function lookUp(namespace: string, idKey: string): Doc | undefined {
    const collection = store.collection(namespace);
    lookedUpMark = Math.max(lookedUpMark, collection?.writtenMark ?? 0);
    return collection?.newest(idKey)?.document;
  }

  function read(): void {
    const reachedTime = store.oplog.durableTime();
    const entries = store.oplog.after(position, readAhead);
    for (const entry of entries) {
      position = entry.position;
      for (const event of eventsFor(watch, entry, lookUp)) {
        emit(event);
        if (event.operationType === 'invalidate') {
          invalidated = true;
          return;
        }
      }
    }
    // Nothing more up to here: a later resume need not read all this again.
    if (entries.length < readAhead && comparePositions(position, endOf(reachedTime)) < 0)
      position = endOf(reachedTime);
  }

  function emit(event: ChangeEvent): void {
    const made = event.operationType === 'invalidate' ? event : pipeline(event);
    if (!made) return;
    const id = made._id;
    if (!isDocument(id) || id._data !== event._id._data)
      throw new CommandError(
        'ChangeStreamFatalError',
        'The pipeline changed the _id field of an event, which contains the resume token',
        { labels: ['NonResumableChangeStreamError'] },
      );
    pending.push({ bytes: encode(made), token: event._id });
  }

  return {
    next(maxDocuments, maxBytes) {
      while (pending.length === 0 && !invalidated) {
        const before = position;
        read();
        if (comparePositions(before, position) === 0) break;
        if (comparePositions(position, endOf(store.oplog.durableTime())) >= 0) break;
      }
      let count = 0;
      let size = 0;
      for (const { bytes } of pending) {
        if (count >= maxDocuments || (count > 0 && size + bytes.length > maxBytes)) break;
        size += bytes.length;
        count++;
      }
      const batch = pending.slice(0, count);
      pending = pending.slice(count);
      // After an event, its own token; only where there was none is the place reached told instead.
      token =
        batch.at(-1)?.token ??
        (pending.length === 0 && !invalidated ? resumeToken(forToken(position)) : token);
      return batch.map(({ bytes }) => bytes);
    },
    exhausted: () => invalidated && pending.length === 0,
    tail: {
      wait: (signal) => store.oplog.changed(signal),
      token: () => token,
      // A looked-up document may be newer than the event, and not on disk yet.
      settled: () => store.journal.durable(lookedUpMark),
    },
  };
}

/** A position as a token can carry it: before the first entry of a time is after all of the time before. */
const forToken = (position: Position): Position =>
  position.index < 0 ? endOf(position.time - 1n) : position;
