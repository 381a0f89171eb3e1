import { UUID } from 'bson';
import { fail } from '../errors.ts';
import type { Command, CommandContext } from '../server/command.ts';
import { newSessionId, sessionTimeoutMinutes, txnNumberOf } from '../server/sessions.ts';
import { type Doc, isArray } from '../values/kinds.ts';

export const sessionCommands: Record<string, Command> = {
  startSession: {
    run: () => ({ id: { id: new UUID(newSessionId()) }, timeoutMinutes: sessionTimeoutMinutes }),
  },
  refreshSessions: { run: refresh },
  endSessions: { run: (context) => endAll(context, context.command.endSessions) },
  killSessions: { run: (context) => endAll(context, context.command.killSessions) },
  killAllSessions: { run: killAll },
  commitTransaction: { run: commit, transactional: true, writes: true },
  abortTransaction: { run: abort, transactional: true },
};

function refresh({ command, server }: CommandContext): Doc {
  for (const lsid of isArray(command.refreshSessions) ? command.refreshSessions : [])
    server.sessions.get(lsid);
  return {};
}

/** Sessions take their open transaction and their cursors with them. */
function endAll({ server }: CommandContext, lsids: unknown): Doc {
  for (const lsid of isArray(lsids) ? lsids : []) {
    const key = server.sessions.end(lsid);
    if (key !== undefined) server.cursors.closeSession(key);
  }
  return {};
}

function killAll({ server }: CommandContext): Doc {
  server.sessions.abandonAll();
  return {};
}

function commit({ command, session, server }: CommandContext): Doc {
  const number = txnNumberOf(command);
  if (!session || number === undefined) fail(50_768, 'commitTransaction must be run within a transaction');
  server.sessions.commit(session, number, command.lsid, command.txnNumber);
  return {};
}

function abort({ command, session, server }: CommandContext): Doc {
  const number = txnNumberOf(command);
  if (!session || number === undefined) fail(50_768, 'abortTransaction must be run within a transaction');
  server.sessions.abort(session, number);
  return {};
}
