import { compileExpression, type Variables } from '../aggregate/expression.ts';
import { CommandError, fail } from '../errors.ts';
import type { MatchContext } from '../query/matcher.ts';
import type { Collection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import { MustWait } from '../store/transaction.ts';
import type { View } from '../store/view.ts';
import { type Collation, collationFrom } from '../values/collation.ts';
import type { Doc } from '../values/kinds.ts';
import type { Cursors } from './cursors.ts';
import type { Session, Sessions } from './sessions.ts';
import type { Snapshots } from './snapshots.ts';

/** Who sent a command. */
export type Caller = {
  readonly connectionId: number;
  /** Aborts when the connection is gone. */
  readonly signal: AbortSignal;
  disconnect(): void;
};

/** Executes one command and gives the reply's fields. */
export type Dispatch = (server: Server, command: Doc, caller: Caller) => Promise<Doc>;

/** What all connections share. */
export type Server = {
  readonly dispatch: Dispatch;
  readonly store: Store;
  readonly sessions: Sessions;
  readonly cursors: Cursors;
  readonly snapshots: Snapshots;
  /** The address clients know this server by: `host:port` or a socket's path. */
  readonly address: string;
  readonly connections: { readonly current: number; readonly total: number; readonly limit: number };
  /** Told of faults that a client met and that are ours. */
  report(error: unknown): void;
};

/** One command under way. */
export type CommandContext = {
  readonly server: Server;
  readonly store: Store;
  readonly command: Doc;
  readonly name: string;
  readonly database: string;
  readonly connectionId: number;
  readonly view: View;
  readonly session: Session | undefined;
  /** The session's transaction number is that of a retryable write. */
  readonly retryable: boolean;
  /** Aborts when the client's connection is gone. */
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
};

export type Command = {
  run(context: CommandContext): Doc | Promise<Doc>;
  /** May run within a transaction. Default: it may not. */
  transactional?: boolean;
  /** Changes something, so the reply waits until that is on disk. */
  writes?: boolean;
  /** May read a snapshot outside a transaction. */
  snapshots?: boolean;
  /** May be sent with a transaction number outside a transaction, and is then executed once however often it is sent. */
  retryable?: boolean;
};

/** The namespace of a command whose value is a collection's name. */
export function namespaceOf({ command, name, database }: CommandContext): string {
  const collection = command[name];
  if (typeof collection !== 'string' || collection === '')
    fail('InvalidNamespace', `collection name has invalid type or is empty in '${name}'`);
  return `${database}.${collection}`;
}

export const collectionOf = (context: CommandContext): Collection | undefined =>
  context.store.collection(namespaceOf(context), context.view.transaction);

export function collectionOrNew(context: CommandContext): Collection {
  const { store, view } = context;
  const namespace = namespaceOf(context);
  return store.collection(namespace, view.transaction) ?? store.create(namespace, {}, view.transaction);
}

export function refuseLate({ deadlineMs, store }: CommandContext): void {
  if (store.nowMs() > deadlineMs) throw new CommandError('MaxTimeMSExpired', 'operation exceeded time limit');
}

/** How expressions and strings are read within one command: its variables, its time, its collation. */
export function matchContext(
  store: Store,
  collation: Collation | undefined,
  variables: Variables,
): MatchContext {
  return {
    collation,
    expression: (expression) => compileExpression(expression, { variables, nowMs: store.nowMs() }),
  };
}

export function matchContextOf(context: CommandContext, spec: Doc = context.command): MatchContext {
  return matchContext(context.store, collationOf(context, spec), variablesOf(context));
}

/** How a statement compares strings: as it says, else as its collection does. */
export function collationOf(context: CommandContext, spec: Doc = context.command): Collation | undefined {
  const { command, name, database, store, view } = context;
  const own = spec.collation ?? command.collation;
  if (own !== undefined) return collationFrom(own);
  const collection = command[name];
  const options =
    typeof collection === 'string' ? store.options(`${database}.${collection}`, view.transaction) : undefined;
  return collationFrom(options?.collation);
}

/** The variables given in `let`. */
export function variablesOf({ command, store }: CommandContext): Variables {
  const given = command.let;
  if (given === undefined || given === null) return {};
  const environment = { variables: {}, nowMs: store.nowMs() };
  return Object.fromEntries(
    Object.entries(given).map(([name, expression]) => [name, compileExpression(expression, environment)({})]),
  );
}

/**
 * Executes one statement of a writing command: waits while an open transaction holds what it needs, and answers from
 * memory when this very statement was executed before. The result is noted together with the statement's changes.
 */
export async function statement(context: CommandContext, number: number, execute: () => Doc): Promise<Doc> {
  const { session, retryable, server } = context;
  const known = retryable ? session?.statements.get(number) : undefined;
  if (known) return known;
  for (;;) {
    try {
      const result = execute();
      if (retryable && session) {
        session.statements.set(number, result);
        server.sessions.save(session);
      }
      return result;
    } catch (error) {
      if (!(error instanceof MustWait)) throw error;
      await waitFor(error.transaction.ended, context);
    }
  }
}

async function waitFor(ended: Promise<void>, context: CommandContext): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, context.deadlineMs - context.store.nowMs()));
  });
  await Promise.race([ended, late]);
  clearTimeout(timer);
  refuseLate(context);
}
