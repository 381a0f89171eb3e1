import { Long } from 'bson';
import { CommandError, fail } from '../errors.ts';
import type { Command, CommandContext } from '../server/command.ts';
import { CursorBatch } from '../server/cursor-batch.ts';
import { maxBatchBytes, type OpenCursor } from '../server/cursors.ts';
import { type Doc, isArray } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import { batchSizeOf } from './read.ts';

const defaultAwaitMs = 1000;

export const cursorCommands: Record<string, Command> = {
  getMore: { run: getMore, transactional: true },
  killCursors: { run: killCursors, transactional: true },
};

async function getMore(context: CommandContext): Promise<Doc> {
  const { command, server, database } = context;
  const id = command.getMore;
  if (!Long.isLong(id)) fail('TypeMismatch', "'getMore' must be a cursor id");
  const namespace = `${database}.${String(command.collection)}`;
  const cursor = server.cursors.get(id, namespace);
  try {
    return { cursor: await nextBatch(context, cursor) };
  } catch (error) {
    server.cursors.close(id);
    throw error;
  }
}

async function nextBatch(context: CommandContext, cursor: OpenCursor): Promise<CursorBatch> {
  const { command, server } = context;
  const { source } = cursor;
  if (command.maxTimeMS !== undefined && (!source.tail || source.tail.impatient))
    fail('BadValue', 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
  const size = batchSizeOf(command.batchSize) || Number.POSITIVE_INFINITY;
  let documents = source.next(size, maxBatchBytes);
  if (documents.length === 0 && source.tail && !source.tail.impatient && !source.exhausted()) {
    // Wakes on a durable change, a closed cursor, a lost connection, or when the client's patience ends.
    const patience = AbortSignal.timeout(asNumber(command.maxTimeMS, defaultAwaitMs));
    const signal = AbortSignal.any([patience, context.signal, cursor.closed.signal]);
    while (documents.length === 0 && !source.exhausted() && !signal.aborted) {
      await source.tail.wait(signal);
      documents = source.next(size, maxBatchBytes);
    }
  }
  if (cursor.closed.signal.aborted)
    throw new CommandError('CursorNotFound', `cursor id ${cursor.id} was killed`);
  await source.tail?.settled();
  const done = source.exhausted();
  if (done) server.cursors.close(cursor.id);
  return new CursorBatch(
    done ? Long.ZERO : cursor.id,
    cursor.namespace,
    false,
    documents,
    source.tail?.token?.(),
  );
}

function killCursors({ command, server }: CommandContext): Doc {
  const { cursors } = command;
  if (!isArray(cursors)) fail('TypeMismatch', "'cursors' must be an array of cursor ids");
  const ids = cursors.filter((id) => Long.isLong(id));
  const killed = ids.filter((id) => server.cursors.close(id));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  };
}
