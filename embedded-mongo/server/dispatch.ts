import { administrationCommands } from '../commands/administration.ts';
import { aggregateCommands } from '../commands/aggregate.ts';
import { catalogueCommands } from '../commands/catalogue.ts';
import { cursorCommands } from '../commands/cursor.ts';
import { explainCommands } from '../commands/explain.ts';
import { findAndModifyCommands } from '../commands/find-and-modify.ts';
import { handshakeCommands } from '../commands/handshake.ts';
import { indexCommands } from '../commands/indexes.ts';
import { readCommands } from '../commands/read.ts';
import { searchIndexCommands } from '../commands/search-indexes.ts';
import { sessionCommands } from '../commands/session.ts';
import { writeCommands } from '../commands/write.ts';
import { fail, writeConflict } from '../errors.ts';
import { MustWait } from '../store/transaction.ts';
import { View } from '../store/view.ts';
import { timestampFrom } from '../values/compare.ts';
import { type Doc, isArray, isDocument, isTimestamp } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import { requireApiVersion } from './api-version.ts';
import type { Caller, Command, CommandContext, Server } from './command.ts';
import { CursorBatch } from './cursor-batch.ts';
import { type Session, txnNumberOf } from './sessions.ts';

const commands = new Map<string, Command>(
  Object.entries({
    ...handshakeCommands,
    ...administrationCommands,
    ...readCommands,
    ...explainCommands,
    ...writeCommands,
    ...findAndModifyCommands,
    ...cursorCommands,
    ...aggregateCommands,
    ...indexCommands,
    ...searchIndexCommands,
    ...catalogueCommands,
    ...sessionCommands,
  }),
);

const endsTransaction = new Set(['commitTransaction', 'abortTransaction']);
/** How long a write waits for an open transaction, when the client sets no time of its own. */
const defaultWaitMs = 30_000;

/** Executes one command. Throws CommandError for what the client did wrong; anything else is a fault of ours. */
export async function dispatch(server: Server, command: Doc, caller: Caller): Promise<Doc> {
  const name = Object.keys(command)[0] ?? '';
  const found = commands.get(name);
  if (!found) fail('CommandNotFound', `no such command: '${name}'`);
  requireApiVersion(name, command);
  requireClusterTime(command);
  const session = isDocument(command.lsid) ? server.sessions.get(command.lsid) : undefined;
  const txnNumber = txnNumberOf(command);
  const transacted = command.autocommit === false;
  if (transacted && session && txnNumber !== undefined && !endsTransaction.has(name))
    return inTransaction(server, found, name, command, caller, session, txnNumber);
  const retryable = !transacted && session !== undefined && txnNumber !== undefined;
  if (retryable) {
    if (!found.retryable)
      fail(50_768, `txnNumber may only be provided for retryable writes and transactions, not ${name}`);
    server.sessions.retryable(session, txnNumber);
  }
  if (levelOf(command) === 'snapshot') return inSnapshot(server, found, name, command, caller, session);
  const context = contextOf(server, name, command, caller, session, new View(server.store), retryable);
  const reply = await running(found, context);
  if (found.writes) await server.store.journal.durable();
  else if (readsMajority(command)) await server.store.journal.durable(context.view.readMark);
  return { ...reply, ...writeConcernError(command), ok: 1 };
}

/** A command that cannot wait for what an open transaction holds tells the client to try again. */
async function running(found: Command, context: CommandContext): Promise<Doc> {
  try {
    return await found.run(context);
  } catch (error) {
    throw error instanceof MustWait ? writeConflict() : error;
  }
}

async function inTransaction(
  server: Server,
  found: Command,
  name: string,
  command: Doc,
  caller: Caller,
  session: Session,
  txnNumber: number,
): Promise<Doc> {
  if (!found.transactional)
    fail('OperationNotSupportedInTransaction', `Cannot run '${name}' in a multi-document transaction.`);
  if (command.writeConcern !== undefined)
    fail('InvalidOptions', 'writeConcern is not allowed within a multi-statement transaction');
  const transaction = server.sessions.inTransaction(session, txnNumber, asFlag(command.startTransaction));
  const view = new View(server.store, transaction);
  try {
    const reply = await found.run(contextOf(server, name, command, caller, session, view, false));
    if (isArray(reply.writeErrors) && reply.writeErrors.length > 0) server.sessions.abandon(session);
    return { ...reply, ok: 1 };
  } catch (error) {
    server.sessions.abandon(session);
    throw error instanceof MustWait ? writeConflict() : error;
  }
}

function contextOf(
  server: Server,
  name: string,
  command: Doc,
  caller: Caller,
  session: Session | undefined,
  view: View,
  retryable: boolean,
): CommandContext {
  const maxTimeMs = asNumber(command.maxTimeMS, 0);
  // For getMore, maxTimeMS is how long to wait for data, not a deadline.
  const allowedMs = maxTimeMs > 0 && name !== 'getMore' ? maxTimeMs : defaultWaitMs;
  return {
    server,
    store: server.store,
    command,
    name,
    database: String(command.$db ?? 'admin'),
    view,
    session,
    retryable,
    connectionId: caller.connectionId,
    signal: caller.signal,
    deadlineMs: server.store.nowMs() + allowedMs,
  };
}

/** Answers a read from one state of the store, whose time the reply names so that later reads can ask for it again. */
async function inSnapshot(
  server: Server,
  found: Command,
  name: string,
  command: Doc,
  caller: Caller,
  session: Session | undefined,
): Promise<Doc> {
  if (!found.snapshots)
    fail('InvalidOptions', `readConcern 'snapshot' is not supported with the command ${name}`);
  const { time, transaction } = await server.snapshots.at(command.readConcern);
  const view = new View(server.store, transaction);
  const reply = await found.run(contextOf(server, name, command, caller, session, view, false));
  const atClusterTime = timestampFrom(time);
  if (reply.cursor instanceof CursorBatch) return { cursor: reply.cursor.asOf(atClusterTime), ok: 1 };
  return { ...reply, atClusterTime, ok: 1 };
}

const levelOf = ({ readConcern }: Doc): unknown => (isDocument(readConcern) ? readConcern.level : undefined);

function readsMajority(command: Doc): boolean {
  const level = levelOf(command);
  return level === 'majority' || level === 'linearizable';
}

function requireClusterTime({ $clusterTime }: Doc): void {
  if ($clusterTime !== undefined && !(isDocument($clusterTime) && isTimestamp($clusterTime.clusterTime)))
    fail('TypeMismatch', '$clusterTime.clusterTime must be a timestamp');
}

/** One member cannot satisfy a write concern of more: the write stands, and the reply says so. */
function writeConcernError({ writeConcern }: Doc): Doc {
  const wanted = isDocument(writeConcern) ? writeConcern.w : undefined;
  const known = wanted === undefined || wanted === 'majority' || asNumber(wanted, 2) <= 1;
  if (known) return {};
  const [code, codeName] =
    typeof wanted === 'string' ? [79, 'UnknownReplWriteConcern'] : [100, 'UnsatisfiableWriteConcern'];
  return {
    writeConcernError: {
      code,
      codeName,
      errmsg: `This store has one member and cannot satisfy w: ${String(wanted)}`,
    },
  };
}
