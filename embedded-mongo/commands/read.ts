import { fail } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import type { MatchContext } from '../query/matcher.ts';
import { splitPath, walk } from '../query/paths.ts';
import { isEmptyFilter } from '../query/plan.ts';
import { compileProjection } from '../query/project.ts';
import {
  type Command,
  type CommandContext,
  collectionOf,
  matchContextOf,
  namespaceOf,
} from '../server/command.ts';
import { listSource } from '../server/cursors.ts';
import { tailableSource } from '../server/tailable.ts';
import type { StoredDocument } from '../store/stored-document.ts';
import { compare } from '../values/compare.ts';
import { encode } from '../values/documents.ts';
import { indexKey } from '../values/index-key.ts';
import { type Doc, isArray, isDocument, isNumber } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import { matching } from './matching.ts';

const find: Command = { run: runFind, transactional: true, snapshots: true };
const count: Command = { run: runCount };
const distinct: Command = { run: runDistinct, transactional: true, snapshots: true };
export const readCommands = { find, count, distinct };

function runFind(context: CommandContext): Doc {
  const { command, server } = context;
  if (asFlag(command.awaitData) && !asFlag(command.tailable))
    fail('FailedToParse', 'Cannot set awaitData without tailable');
  for (const option of ['min', 'max', 'returnKey', 'showRecordId'])
    if (command[option] !== undefined && command[option] !== false)
      fail('NotImplemented', `find option '${option}' is not supported by this store`);
  const match = matchContextOf(context);
  if (asFlag(command.tailable)) return runTailable(context, match);
  const limit = limitOf(command.limit);
  const found = matching(
    context,
    collectionOf(context),
    { filter: command.filter, sort: command.sort, skip: skipOf(command.skip), limit, hint: command.hint },
    match,
  );
  const { projection } = command;
  const documents =
    isDocument(projection) && Object.keys(projection).length > 0
      ? projected(found, projection, command.filter ?? {}, match)
      : found.map(({ stored }) => stored);
  return {
    cursor: server.cursors.open(namespaceOf(context), listSource(documents, found.length === limit), {
      batchSize: batchSizeOf(command.batchSize),
      single: asFlag(command.singleBatch) || asNumber(command.limit, 0) < 0,
      sessionKey: context.session?.key,
    }),
  };
}

/** Cursors that stay open at the end of a capped collection. */
function runTailable(context: CommandContext, match: MatchContext): Doc {
  const { command, server, store } = context;
  const namespace = namespaceOf(context);
  const collection = collectionOf(context);
  if (!collection) return { cursor: server.cursors.open(namespace, listSource([]), {}) };
  if (!collection.capped)
    fail(
      'BadValue',
      `error processing query: ns=${namespace} tailable cursor requested on non capped collection`,
    );
  const matches = compileFilter(command.filter ?? {}, match);
  const { projection } = command;
  const project = isDocument(projection)
    ? compileProjection(projection, { match, filter: matches })
    : undefined;
  const make = (stored: StoredDocument): Uint8Array | undefined => {
    if (!matches(stored.document)) return undefined;
    return project ? encode(project(stored.document)) : stored.bytes;
  };
  context.view.reads(collection);
  return {
    cursor: server.cursors.open(
      namespace,
      tailableSource(store, collection, make, asFlag(command.awaitData)),
      {
        batchSize: batchSizeOf(command.batchSize),
        sessionKey: context.session?.key,
      },
    ),
  };
}

function projected(
  found: ReturnType<typeof matching>,
  projection: Doc,
  filter: unknown,
  match: ReturnType<typeof matchContextOf>,
): Doc[] {
  const project = compileProjection(projection, { match, filter: compileFilter(filter, match) });
  return found.map(({ stored }) => project(stored.document));
}

function runCount(context: CommandContext): Doc {
  const { command } = context;
  const collection = collectionOf(context);
  const skip = skipOf(command.skip);
  const limit = limitOf(command.limit);
  if (collection && isEmptyFilter(command.query) && command.hint === undefined) {
    context.view.reads(collection);
    const left = Math.max(0, collection.count - skip);
    return { n: limit === undefined ? left : Math.min(limit, left) };
  }
  const match = matchContextOf(context);
  return {
    n: matching(context, collection, { filter: command.query, skip, limit, hint: command.hint }, match)
      .length,
  };
}

function runDistinct(context: CommandContext): Doc {
  const { command } = context;
  if (typeof command.key !== 'string') fail('TypeMismatch', "distinct 'key' must be a string");
  const match = matchContextOf(context);
  const path = splitPath(command.key);
  const values = new Map<string, unknown>();
  const take = (value: unknown): void => {
    if (value === undefined) return;
    const key = indexKey(value, match.collation);
    if (!values.has(key)) values.set(key, value);
  };
  for (const { stored } of matching(context, collectionOf(context), { filter: command.query }, match))
    walk(stored.document, path, (value) => {
      if (isArray(value)) value.forEach(take);
      else take(value);
      return false;
    });
  return { values: [...values.values()].sort((a, b) => compare(a, b, match.collation)) };
}

export function batchSizeOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const size = asNumber(value, -1);
  if (size < 0) fail(51_024, "BSON field 'batchSize' value must be >= 0");
  return size;
}

function skipOf(value: unknown): number {
  const skip = asNumber(value, 0);
  if (skip < 0) fail(51_024, "BSON field 'skip' value must be >= 0");
  return skip;
}

/** A limit of zero is none; the old negative form means that many in a single batch. */
function limitOf(value: unknown): number | undefined {
  const limit = isNumber(value) ? Math.abs(asNumber(value, 0)) : 0;
  return limit === 0 ? undefined : limit;
}
