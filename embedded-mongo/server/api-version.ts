import { fail } from '../errors.ts';
import { type Doc, isArray, isDocument } from '../values/kinds.ts';
import { asFlag } from '../values/numbers.ts';

/** The commands of API version 1, the ones a client may use that asks for nothing else (`apiStrict`). */
const commandsOfVersion1: ReadonlySet<string> = new Set([
  ...['hello', 'ping', 'endSessions', 'refreshSessions', 'commitTransaction', 'abortTransaction'],
  ...['find', 'aggregate', 'count', 'explain', 'getMore', 'killCursors'],
  ...['insert', 'update', 'delete', 'findAndModify'],
  ...['create', 'collMod', 'drop', 'dropDatabase', 'listCollections', 'listDatabases'],
  ...['createIndexes', 'dropIndexes', 'listIndexes'],
]);
const optionsBeyond: Readonly<Record<string, readonly string[]>> = {
  find: [
    'awaitData',
    'max',
    'min',
    'noCursorTimeout',
    'returnKey',
    'showRecordId',
    'singleBatch',
    'tailable',
  ],
  create: ['autoIndexId', 'capped', 'indexOptionDefaults', 'max', 'size', 'storageEngine'],
};
const stagesBeyond: ReadonlySet<string> = new Set([
  ...['$collStats', '$currentOp', '$indexStats', '$listLocalSessions', '$listSessions'],
  ...['$planCacheStats', '$search', '$searchMeta', '$vectorSearch'],
]);

/**
 * Holds a command to the API version its client declared. Fails with APIVersionError on one that is not 1, and, where
 * the client asks for nothing else than that version, with APIStrictError on what does not belong to it.
 */
export function requireApiVersion(name: string, command: Doc): void {
  const { apiVersion } = command;
  const strict = asFlag(command.apiStrict);
  if (apiVersion === undefined) {
    if (strict || asFlag(command.apiDeprecationErrors))
      fail(4_886_600, 'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion');
    return;
  }
  if (apiVersion !== '1') fail('APIVersionError', 'API version must be "1"');
  if (strict) requireStrict(name, command);
}

function requireStrict(name: string, command: Doc): void {
  if (!commandsOfVersion1.has(name)) refuse(`the command ${name}`);
  for (const option of optionsBeyond[name] ?? [])
    if (command[option] !== undefined) refuse(`the option ${option} of ${name}`);
  if (name === 'aggregate' && isArray(command.pipeline))
    for (const stage of command.pipeline) {
      const beyond = isDocument(stage) ? Object.keys(stage).find((key) => stagesBeyond.has(key)) : undefined;
      if (beyond !== undefined) refuse(`the stage ${beyond}`);
    }
}

function refuse(what: string): never {
  fail('APIStrictError', `Provided apiStrict:true, but ${what} is not in API Version 1`);
}
