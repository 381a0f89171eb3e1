import { type Connection, mongo } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { Running } from '../subgraph.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type Change, changeOf, decodeToken, latestTime, positionAt, positionOf } from './change.ts';
import { readChanges } from './change-history.ts';

export type { Change } from './change.ts';

export interface ChangeTailOptions<T> {
  readonly name: string;
  readonly connection: Connection;
  readonly collections: readonly string[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called for each change in commit order, one after the other. A throw stops the stream and starts it again after the last good token. */
  onChange(change: Change<T>): Promise<void> | void;
  /**
   * The stream could not be resumed where it stood: what was learned from it may be stale, and changes may have been missed. The
   * stream goes on from a moment before this call. A throw has it called again.
   */
  onGap?(): Promise<void> | void;
  /**
   * Without an answer for so long the way to the server is taken to be lost though nobody has said so, and another one is tried. By the
   * machine's own time, for it is the wire that is measured. Default 15,000.
   */
  readonly silentMs?: number;
  /** Where the last run stood, for tails that must survive a restart. Absent: from now. */
  loadToken?(): Promise<string | null>;
}

export interface ChangeTail extends Running {
  /** Resolves when the server follows the changes for us: all that commit after `start` was called arrive. */
  start(): Promise<void>;
  /**
   * When the stream was last known to be complete: when we last asked and were given, or told that there was nothing, and everything
   * given has been handed out. Never the time of the answer, which may have waited on its way. Null while the stream is broken.
   */
  readonly currentAsOf: () => Date | null;
  /** Up to where changes were handed out; null before the start. Null too after a gap, until the stream goes on. */
  position(): string | null;
  /**
   * The changes after one position up to and with another, whoever handed them out then. Null when the store no longer keeps them, or
   * they are too many to be read again.
   */
  history(after: string, upTo: string): Promise<readonly Change<unknown>[] | null>;
}

/** The server answers an idle stream after this long, which is what tells us that silence means "nothing changed". */
const AWAIT_MS = 500;
/** Longer than the driver looks for a server by itself. */
const SILENT_MS = 15_000;
const FIRST_RETRY_MS = 50;
/** Short, for each attempt waits ten seconds for a server by itself. */
const MAX_RETRY_MS = 1_000;
const HISTORY_LOST = new Set([280, 286]);

/** Tails the change stream of some collections of one database, for as long as it runs, over every interruption. */
export function createChangeTail<T>(options: ChangeTailOptions<T>): ChangeTail {
  const { connection, clock, logger } = options;
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let asOf: Date | null = null;
  let lastError: string | undefined;
  let token: mongo.ResumeToken | null = null;
  // Where a stream without a token begins, so that an interruption before its first token loses nothing either.
  let began: { time: mongo.Timestamp; at: Date } | null = null;
  let hasGap = false;

  async function consume(signal: AbortSignal, opened: () => void): Promise<void> {
    const { db } = connection;
    if (db === undefined) throw new Error('the store is not connected');
    if (token === null) began ??= { at: clock.now(), time: await nextOperationTime(db) };
    if (hasGap) await options.onGap?.();
    hasGap = false;
    const stream = db.watch([{ $match: { 'ns.coll': { $in: [...options.collections] } } }], {
      fullDocument: 'updateLookup',
      maxAwaitTimeMS: AWAIT_MS,
      ...(token === null ? { startAtOperationTime: began?.time } : { resumeAfter: token }),
    });
    // The driver opens the stream with the first read, which then waits for a change; this it tells in between, when nothing was there yet.
    stream.once(mongo.ChangeStream.RESUME_TOKEN_CHANGED, opened);
    const close = () => void stream.close().catch(() => undefined);
    signal.addEventListener('abort', close, { once: true });
    let isSilent = false;
    try {
      let askedAt = clock.now();
      while (!signal.aborted) {
        // With nothing left of the last answer the server is asked, and tells all there is of then.
        if (stream.bufferedCount() === 0) askedAt = clock.now();
        const event = await unlessSilent(stream.tryNext(), options.silentMs ?? SILENT_MS);
        opened();
        const change = event === null ? null : changeOf<T>(event);
        if (change !== null) await options.onChange(change);
        token = stream.resumeToken ?? token;
        if (stream.bufferedCount() === 0) asOf = askedAt;
      }
    } catch (error) {
      isSilent = error instanceof StoreSilent;
      throw error;
    } finally {
      signal.removeEventListener('abort', close);
      const closed = stream.close().catch(() => undefined);
      // Who does not answer does not answer to this either.
      if (!isSilent) await closed;
    }
  }

  async function run(signal: AbortSignal, opened: () => void): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!signal.aborted) {
      try {
        await consume(signal, () => {
          lastError = undefined;
          // A resumed stream has yet to catch up; a new one begins with nothing missed.
          if (token === null && began !== null) asOf ??= began.at;
          retryMs = FIRST_RETRY_MS;
          opened();
        });
      } catch (error) {
        if (signal.aborted) return;
        asOf = null;
        lastError = error instanceof Error ? error.message : String(error);
        logger.warn({ err: error, tail: options.name, retryMs }, 'change stream interrupted');
        if (error instanceof Error && 'code' in error && HISTORY_LOST.has(Number(error.code))) {
          token = null;
          began = null;
          hasGap = true;
        }
        await clock.delay(retryMs, signal);
        retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
      }
    }
  }

  return {
    name: options.name,
    async start() {
      stopping = new AbortController();
      const saved = await options.loadToken?.();
      token = saved == null ? null : decodeToken(saved);
      began = null;
      await new Promise<void>((resolve) => {
        running = run(stopping.signal, resolve);
        stopping.signal.addEventListener('abort', () => resolve(), { once: true });
      });
    },
    async stop() {
      stopping.abort();
      await running;
      asOf = null;
    },
    health: () => (lastError === undefined ? { ready: true } : { ready: false, detail: lastError }),
    currentAsOf: () => asOf,
    position() {
      if (token !== null) return positionOf(token);
      return began === null ? null : positionAt(began.time);
    },
    history: (after, upTo) => readChanges<unknown>(options, after, upTo),
  };
}

class StoreSilent extends Error {}

async function unlessSilent<T>(answer: Promise<T>, silentMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    const late = () => reject(new StoreSilent(`the store has not answered for ${silentMs} ms`));
    timer = setTimeout(late, silentMs);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** The first moment of the store at which nothing has happened yet. */
async function nextOperationTime(db: mongo.Db): Promise<mongo.Timestamp> {
  const { t, i } = await latestTime(db);
  return new mongo.Timestamp({ t, i: i + 1 });
}
