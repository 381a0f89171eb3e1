import { TIMEOUT_HEADER } from '../../platform/identity/caller.ts';

/** What a client says of its patience; absent: it waits as long as the gateway does. */
export type RequestDeadline =
  | { readonly ok: true; readonly timeoutMs?: number }
  | { readonly ok: false; readonly reason: string };

/** Reads `x-request-timeout-ms`: whole milliseconds from the arrival of the request. More than the gateway's own limit is that limit. */
export function readRequestDeadline(header: string | readonly string[] | undefined): RequestDeadline {
  if (header === undefined) return { ok: true };
  const timeoutMs = typeof header === 'string' && /^[0-9]{1,10}$/.test(header) ? Number(header) : 0;
  if (timeoutMs > 0) return { ok: true, timeoutMs };
  return {
    ok: false,
    reason: `${TIMEOUT_HEADER} must be a whole number of milliseconds of at least 1, such as 2500`,
  };
}
