import { type Dispatcher, Pool } from 'undici';
import type { CallBudget } from '../platform/outbox/call-budget.ts';
import { CONNECTOR_CODES, ConnectorError, type ConnectorOutcome } from './connector-error.ts';

export interface JsonOverHttpOptions {
  /** The system's code, for errors. */
  system: string;
  /** Origin of the system; a path is kept in front of every call's. */
  url: string;
  /** Sent with every call. */
  headers: Record<string, string>;
  /** The longest a call may take, from handing it over to the last byte of its answer. */
  timeoutMs: number;
  /** Connections at once; further calls wait within their time. */
  maxConnections: number;
  /** Reads what the system says of its own budget in the headers of an answer, of any status; null when it says nothing. Default: never asked. */
  budgetOf?: (headers: HttpAnswer['headers']) => CallBudget | null;
}

export interface HttpCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  body: unknown;
  headers: Dispatcher.ResponseData['headers'];
}

/** JSON calls to one system, with every way a call can fail sorted into what it means for the thing that was to be done. */
export interface JsonOverHttp {
  /**
   * Gives any answer that is JSON and neither 401, 403, 429 nor 5xx: what those others mean differs from system to system.
   * Everything else is a `ConnectorError`.
   */
  call(call: HttpCall): Promise<HttpAnswer>;
  /** Has `listener` told of each budget that `budgetOf` finds. */
  onBudget(listener: (budget: CallBudget) => void): void;
  close(): Promise<void>;
}

/** 64 MiB: a page of 1,000 large records. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** No byte of the request can have left with these. Anything unknown counts as sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Wait this long when a system throttles without saying for how long. */
const DEFAULT_RETRY_AFTER_MS = 1_000;

export function createJsonOverHttp(options: JsonOverHttpOptions): JsonOverHttp {
  const { system, timeoutMs } = options;
  const base = new URL(options.url);
  const prefix = base.pathname.replace(/\/$/, '');
  const pool = new Pool(base.origin, {
    connections: options.maxConnections,
    pipelining: 1,
    maxResponseSize: MAX_ANSWER_BYTES,
    // Half of the call's time: a host that does not answer at all is then told from one that took the request.
    connect: { timeout: Math.max(1, Math.floor(timeoutMs / 2)) },
  });

  const budgetListeners: ((budget: CallBudget) => void)[] = [];
  const failure = (
    outcome: ConnectorOutcome,
    code: string,
    message: string,
    more: { cause?: unknown } = {},
  ) => new ConnectorError(outcome, { system, code, message, ...more });

  async function exchange({ method, path, body, headers, signal }: HttpCall) {
    if (signal.aborted) throw failure('not-sent', CONNECTOR_CODES.aborted, 'given up before it was sent');
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const response = await pool.request({
        method,
        path: `${prefix}${path}`,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.any([signal, deadline]),
      });
      return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
    } catch (cause) {
      const code = codeOf(cause);
      if (NEVER_SENT.has(code)) {
        throw failure('not-sent', CONNECTOR_CODES.connectionRefused, `cannot be reached (${code})`, {
          cause,
        });
      }
      if (deadline.aborted) {
        throw failure('in-doubt', CONNECTOR_CODES.timeout, `no answer within ${timeoutMs} ms`, { cause });
      }
      if (signal.aborted) {
        throw failure('in-doubt', CONNECTOR_CODES.aborted, 'given up while it was under way', { cause });
      }
      throw failure('in-doubt', CONNECTOR_CODES.connectionLost, `the connection was lost (${code})`, {
        cause,
      });
    }
  }

  return {
    async call(call) {
      const { status, headers, text } = await exchange(call);
      const budget = options.budgetOf?.(headers) ?? null;
      if (budget !== null) for (const listener of budgetListeners) listener(budget);
      const retryAfter = headers['retry-after'];
      if (status === 429 || (status === 503 && retryAfter !== undefined)) {
        throw new ConnectorError('throttled', {
          system,
          code: CONNECTOR_CODES.throttled,
          message: 'asks for patience',
          retryAfterMs: retryAfterMs(retryAfter),
        });
      }
      if (status === 401 || status === 403) {
        throw failure('refused', CONNECTOR_CODES.unauthorized, `does not let us in (${status})`);
      }
      if (status >= 500) throw failure('in-doubt', CONNECTOR_CODES.systemError, `failed inside (${status})`);
      try {
        return { status, headers, body: JSON.parse(text) };
      } catch (cause) {
        throw failure(
          'in-doubt',
          CONNECTOR_CODES.contractViolation,
          `${status} with a body that is no JSON`,
          { cause },
        );
      }
    },
    onBudget: (listener) => void budgetListeners.push(listener),
    // Calls still under way would keep a polite close waiting for their whole time.
    close: () => pool.destroy(),
  };
}

/** Retry-After in either of its forms, seconds or an HTTP date; at most an hour, at least nothing. */
function retryAfterMs(header: string | string[] | undefined): number {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined) return DEFAULT_RETRY_AFTER_MS;
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(waitMs) ? DEFAULT_RETRY_AFTER_MS : Math.min(3_600_000, Math.max(0, waitMs));
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  // Several addresses of one host failing gives one error that holds the others.
  if (error instanceof AggregateError && error.errors.length > 0) {
    const codes = new Set(error.errors.map(codeOf));
    return [...codes].every((code) => NEVER_SENT.has(code)) ? ([...codes][0] ?? 'UNKNOWN') : 'UNKNOWN';
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
