import type { Clock } from '../clock.ts';
import { newId } from '../ids.ts';
import type { Caller } from './identity.ts';
import { IDENTITY_HEADER, type InternalTokens } from './internal-token.ts';

export const CORRELATION_HEADER = 'x-correlation-id';
/** Remaining milliseconds the asker will wait, so that no room works for an answer nobody reads. */
export const TIMEOUT_HEADER = 'x-request-timeout-ms';

/** A subgraph works at most this long on one request when the asker names no bound, and never longer than the second figure. */
export const DEFAULT_TIMEOUT_MS = 15_000;
const MAX_TIMEOUT_MS = 60_000;

export type RequestHeaders = Readonly<Record<string, string | undefined>>;

/** A correlation id may come from outside only in this form; anything else is replaced. */
export function correlationIdFrom(header: string | undefined): string {
  return header !== undefined && /^[A-Za-z0-9._-]{1,64}$/.test(header) ? header : newId();
}

/** Reads who asks, under which correlation id and until when. Throws GraphError UNAUTHENTICATED without a good identity token. */
export function createCallerReader(options: {
  tokens: InternalTokens;
  clock: Clock;
}): (headers: RequestHeaders) => Promise<Caller> {
  return async (headers) => {
    const identity = await options.tokens.verify(headers[IDENTITY_HEADER]);
    const asked = Number(headers[TIMEOUT_HEADER] ?? DEFAULT_TIMEOUT_MS);
    const timeoutMs =
      Number.isFinite(asked) && asked > 0 ? Math.min(asked, MAX_TIMEOUT_MS) : DEFAULT_TIMEOUT_MS;
    return {
      identity,
      correlationId: correlationIdFrom(headers[CORRELATION_HEADER]),
      deadlineMs: options.clock.now().getTime() + timeoutMs,
    };
  };
}
