import { randomUUID } from 'node:crypto';
import { CommandError, fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Transaction } from '../store/transaction.ts';
import { commitTransaction } from '../store/view.ts';
import { bytesOf } from '../values/compare.ts';
import { decode, encode } from '../values/documents.ts';
import { type Doc, isArray, isBinary, isDocument, isNumber } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';

/** A logical session: its newest transaction number, and what came of the statements under that number. */
export type Session = {
  readonly key: string;
  readonly id: Buffer;
  number: number;
  state: 'none' | 'open' | 'committed' | 'aborted';
  transaction: Transaction | undefined;
  /** Results of retryable statements already executed, by statement number. */
  statements: Map<number, Doc>;
  lastUsedMs: number;
};

export type Sessions = {
  get(lsid: unknown): Session;
  /** Notes the session for the disk, in the same write as the changes noted in this turn. */
  save(session: Session): void;
  /** Readies a session for a retryable write; a repeated number keeps the results it has. */
  retryable(session: Session, txnNumber: number): void;
  /** The open transaction a statement belongs to, begun if the statement is its first. */
  inTransaction(session: Session, txnNumber: number, starts: boolean): Transaction;
  commit(session: Session, txnNumber: number, lsid: unknown, rawNumber: unknown): void;
  abort(session: Session, txnNumber: number): void;
  /** Ends the session's open transaction without effect, if there is one. */
  abandon(session: Session): void;
  /** Ends a session's open transaction and gives the session's key; undefined if it is not known. */
  end(lsid: unknown): string | undefined;
  abandonAll(): void;
  /** Those in use by somebody, or not long ago. */
  list(): Session[];
  /** Aborts transactions that have been open for more than a minute. */
  expireTransactions(): void;
  /** Forgets sessions that have not been used for half an hour, on disk too. */
  expireSessions(): void;
};

export const sessionTimeoutMinutes = 30;
const transactionLifetimeMs = 60_000;
const maxStatements = 100_000;

export function createSessions(store: Store): Sessions {
  const sessions = new Map<string, Session>();

  function load(id: Buffer, key: string): Session {
    const saved = store.session(id);
    const session: Session = {
      key,
      id,
      number: asNumber(saved?.number, -1),
      state: saved?.state === 'committed' ? 'committed' : 'none',
      transaction: undefined,
      statements: new Map(),
      lastUsedMs: store.nowMs(),
    };
    for (const statement of isArray(saved?.statements) ? saved.statements : [])
      if (isDocument(statement) && isDocument(statement.result))
        session.statements.set(asNumber(statement.id, 0), statement.result);
    return session;
  }

  function abandon(session: Session): void {
    if (session.transaction) store.end(session.transaction);
    session.transaction = undefined;
    if (session.state === 'open') session.state = 'aborted';
  }

  function startNumber(session: Session, txnNumber: number): void {
    abandon(session);
    session.number = txnNumber;
    session.state = 'none';
    session.statements = new Map();
  }

  const noSuch = (session: Session, txnNumber: number) =>
    new CommandError(
      'NoSuchTransaction',
      `Given transaction number ${txnNumber} does not match any in-progress transactions. The active transaction number is ${session.number}`,
    );

  function refuseOld(session: Session, txnNumber: number): void {
    if (txnNumber < session.number)
      fail(
        'TransactionTooOld',
        `Transaction number ${txnNumber} is older than the session's newest, ${session.number}`,
      );
  }

  return {
    get(lsid) {
      const id = isDocument(lsid) ? lsid.id : undefined;
      if (!isBinary(id)) fail('BadValue', 'lsid.id must be a UUID');
      const bytes = Buffer.from(bytesOf(id));
      const key = bytes.toString('hex');
      const session = sessions.get(key) ?? load(bytes, key);
      sessions.set(key, session);
      session.lastUsedMs = store.nowMs();
      return session;
    },

    save(session) {
      store.journal.noteLast(`session ${session.key}`, () => ({
        table: 'sessions',
        key: session.id,
        value: encode({
          number: session.number,
          state: session.state,
          at: new Date(store.nowMs()),
          statements: [...session.statements].map(([id, result]) => ({ id, result })),
        }),
      }));
    },

    retryable(session, txnNumber) {
      refuseOld(session, txnNumber);
      if (txnNumber > session.number) startNumber(session, txnNumber);
      else if (session.state !== 'none')
        fail('BadValue', `transaction number ${txnNumber} was used for a multi-document transaction`);
      if (session.statements.size > maxStatements)
        fail('BadValue', 'a retryable write has too many statements');
    },

    inTransaction(session, txnNumber, starts) {
      refuseOld(session, txnNumber);
      if (starts) {
        if (txnNumber === session.number && (session.state === 'open' || session.state === 'committed'))
          fail('ConflictingOperationInProgress', `Transaction ${txnNumber} has been started already`);
        startNumber(session, txnNumber);
        session.state = 'open';
        session.transaction = store.begin();
      }
      if (txnNumber !== session.number) throw noSuch(session, txnNumber);
      if (session.state === 'committed')
        fail('TransactionCommitted', `Transaction ${txnNumber} has been committed`);
      if (!session.transaction) throw noSuch(session, txnNumber);
      return session.transaction;
    },

    commit(session, txnNumber, lsid, rawNumber) {
      if (txnNumber !== session.number) throw noSuch(session, txnNumber);
      if (session.state === 'committed') return;
      const { transaction } = session;
      if (!transaction) throw noSuch(session, txnNumber);
      try {
        commitTransaction(store, transaction, lsid, rawNumber);
        session.state = 'committed';
        this.save(session);
      } finally {
        abandon(session);
      }
    },

    abort(session, txnNumber) {
      if (txnNumber !== session.number) throw noSuch(session, txnNumber);
      if (session.state === 'committed')
        fail('TransactionCommitted', `Transaction ${txnNumber} has been committed`);
      if (!session.transaction) throw noSuch(session, txnNumber);
      abandon(session);
    },

    abandon,

    end(lsid) {
      const id = isDocument(lsid) ? lsid.id : undefined;
      const session = isBinary(id) ? sessions.get(Buffer.from(bytesOf(id)).toString('hex')) : undefined;
      if (session) abandon(session);
      return session?.key;
    },

    abandonAll() {
      for (const session of sessions.values()) abandon(session);
    },

    list: () => [...sessions.values()],

    expireTransactions() {
      for (const session of sessions.values())
        if (session.transaction && store.nowMs() - session.transaction.startedMs > transactionLifetimeMs)
          abandon(session);
    },

    expireSessions() {
      const unusedSince = store.nowMs() - sessionTimeoutMinutes * 60_000;
      for (const session of sessions.values())
        if (session.lastUsedMs < unusedSince) sessions.delete(session.key);
      for (const { key, value } of store.savedSessions()) {
        const { at } = decode(value);
        const savedMs = at instanceof Date ? at.getTime() : 0;
        if (savedMs < unusedSince && !sessions.has(key.toString('hex')))
          store.journal.note('sessions', Buffer.from(key), undefined);
      }
    },
  };
}

/** The transaction number of a command; undefined when it carries none. */
export function txnNumberOf(command: Doc): number | undefined {
  return isNumber(command.txnNumber) ? asNumber(command.txnNumber, 0) : undefined;
}

export const newSessionId = (): Buffer => Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
