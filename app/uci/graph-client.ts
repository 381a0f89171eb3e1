import { Pool } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { type Decision, refused, userError } from '../../platform/errors.ts';

export interface GraphClientOptions {
  /** Where the graph answers: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Requests at once. */
  readonly connections: number;
  readonly clock: Clock;
  /** Aborted: requests are still sent, but none is repeated; what would have to be fails with `Interrupted`. */
  readonly signal: AbortSignal;
  /** How long a server may be away before we give up; one that answers, only not with what was asked, three times as long. Default 60,000. */
  readonly awayLimitMs?: number;
  /** Told each time an answer does not come and the request will be sent again. */
  readonly onAway?: (cause: unknown) => void;
}

/**
 * A client of the graph like any other: a token, POST /graphql over kept-alive connections. A request that gets no answer is repeated
 * unchanged, so every mutation must carry an idempotency key.
 */
export interface GraphClient {
  /**
   * The data of an operation, or why the graph refused it as a whole. Rejects with `ServerGone` when no answer came within
   * the limit, with `Interrupted` when the run was stopped meanwhile, with a ZodError for an answer of another shape.
   */
  ask<T>(query: string, variables: Record<string, unknown>, answer: z.ZodType<T>): Promise<Decision<T>>;
  close(): Promise<void>;
}

/** The server did not come back in time. */
export class ServerGone extends Error {
  constructor(url: string, afterMs: number, cause: unknown) {
    super(`${url} has not answered for ${Math.round(afterMs / 1000)} seconds: ${reasonOf(cause)}`, { cause });
    this.name = 'ServerGone';
  }
}

/** The run was stopped while this request waited. */
export class Interrupted extends Error {
  constructor() {
    super('stopped');
    this.name = 'Interrupted';
  }
}

const REQUEST_TIMEOUT_MS = 60_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** Attempts for a failure that says nothing of itself; whatever it is, it seldom passes. */
const MAX_UNEXPLAINED = 4;

/** A part of the graph that was killed holds what it was doing for up to a minute; the parts that live say so. */
const BUSY_FACTOR = 3;

/** The graph answers, but a part of it does not: as good as away. */
const AWAY_CODES: ReadonlySet<string> = new Set([
  'UNAVAILABLE',
  'SUBGRAPH_UNAVAILABLE',
  'DEADLINE_EXCEEDED',
  'TOO_MANY_REQUESTS',
]);

const tokenSchema = z.object({ token: z.string().min(1) });
const bodySchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.object({ code: z.string().optional() }).loose().optional(),
      }),
    )
    .optional(),
});

type Sent =
  | { readonly kind: 'answer'; readonly data: unknown }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly path: readonly string[];
    }
  | { readonly kind: 'away'; readonly cause: unknown; readonly limitMs: number }
  | { readonly kind: 'tokenEnded' };

export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { url, clock, signal, awayLimitMs = 60_000 } = options;
  const base = new URL(url);
  const prefix = base.pathname.replace(/\/$/, '');
  const pool = new Pool(base.origin, {
    connections: options.connections,
    headersTimeout: REQUEST_TIMEOUT_MS,
    bodyTimeout: REQUEST_TIMEOUT_MS,
  });
  let token: Promise<string> | undefined;

  async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
    const answer = await pool.request({
      method: 'POST',
      path: `${prefix}${path}`,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  }

  async function newToken(): Promise<string> {
    const { status, text } = await post('/sandbox/token', { role: 'admin' });
    const parsed = tokenSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data.token;
    throw new Error(`POST ${url}/sandbox/token answered ${status}: ${text.slice(0, 200)}`);
  }

  async function send(query: string, variables: Record<string, unknown>): Promise<Sent> {
    try {
      token ??= newToken();
      const used = token;
      const authorization = `Bearer ${await used.catch(forget)}`;
      const { status, text } = await post('/graphql', { query, variables }, { authorization });
      const parsed = bodySchema.safeParse(parseJson(text));
      if (!parsed.success || status >= 502) return away(new Error(`POST /graphql answered ${status}`));
      const [error] = parsed.data.errors ?? [];
      if (error === undefined) return { kind: 'answer', data: parsed.data.data };
      const code = error.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
      if (code === 'UNAUTHENTICATED') {
        if (token === used) token = undefined;
        return { kind: 'tokenEnded' };
      }
      if (AWAY_CODES.has(code)) return away(new Error(`${code}: ${error.message}`), BUSY_FACTOR);
      return { kind: 'error', code, message: error.message, path: (error.path ?? []).map(String) };
    } catch (cause) {
      return away(cause);
    }
  }

  function away(cause: unknown, factor = 1): Sent {
    return { kind: 'away', cause, limitMs: awayLimitMs * factor };
  }

  function forget(error: unknown): never {
    token = undefined;
    throw error;
  }

  return {
    async ask(query, variables, answer) {
      const startedMs = clock.now().getTime();
      let unexplained = 0;
      let refreshed = 0;
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
        const sent = await send(query, variables);
        if (sent.kind === 'answer') return { ok: true, value: answer.parse(sent.data) };
        if (sent.kind === 'tokenEnded') {
          refreshed += 1;
          if (refreshed > 2) return refused(userError('UNAUTHENTICATED', 'A new token is not taken either.'));
          continue;
        }
        if (sent.kind === 'error') {
          unexplained += 1;
          if (sent.code !== 'INTERNAL_SERVER_ERROR' || unexplained >= MAX_UNEXPLAINED)
            return refused(userError(sent.code, sent.message, { field: sent.path }));
        }
        const awayMs = clock.now().getTime() - startedMs;
        if (sent.kind === 'away' && awayMs >= sent.limitMs) throw new ServerGone(url, awayMs, sent.cause);
        if (sent.kind === 'away') options.onAway?.(sent.cause);
        if (!signal.aborted) await clock.delay(pauseMs, signal);
        if (signal.aborted) throw new Interrupted();
      }
    },

    close: () => pool.close(),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The shortest word for a failed call. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
