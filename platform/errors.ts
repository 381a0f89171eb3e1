/**
 * A surprise with a name. Thrown once, where it is noticed; at the edge of the graph it becomes a GraphQL error whose
 * `extensions.code` is `code`. What a client can expect and act on is not thrown but answered as a `UserError`.
 */
export class GraphError extends Error {
  readonly code: GraphErrorCode;
  /** Facts a client may see beside the code: the field, the limit, what would be right. Never a secret, never a stack. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    code: GraphErrorCode,
    message: string,
    extensions: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'GraphError';
    this.code = code;
    this.extensions = { ...extensions, code };
  }
}

/** Every code the graph may answer with; the meaning is part of the contract with clients. */
export type GraphErrorCode =
  /** Nobody is signed in, or the token is not good. */
  | 'UNAUTHENTICATED'
  /** Signed in, but this caller may not. */
  | 'FORBIDDEN'
  /** The request itself is wrong: an argument's value, a page size, a cursor. */
  | 'BAD_USER_INPUT'
  | 'BAD_REQUEST'
  | 'REQUEST_TOO_LARGE'
  | 'QUERY_TOO_COMPLEX'
  | 'PAGE_TOO_LARGE'
  /** The owning subgraph or system did not answer in time. */
  | 'SUBGRAPH_UNAVAILABLE'
  | 'DEADLINE_EXCEEDED'
  | 'TOO_MANY_REQUESTS'
  /** The server is stopping or a part of it is not ready. */
  | 'UNAVAILABLE'
  /** A subscription cannot go on from this cursor, for what followed it is no longer kept. Read the state, subscribe without it. */
  | 'CURSOR_EXPIRED'
  | 'INTERNAL_SERVER_ERROR';

/** An expected failure, as every payload's `userErrors` carries it. */
export interface UserErrorValue {
  /** Stable, upper snake case; clients decide by it. */
  readonly code: string;
  /** A sentence for a person. */
  readonly message: string;
  /** The path of the input field that caused it, `['input', 'lines', '0', 'quantity']`, or null when no field did. */
  readonly field: readonly string[] | null;
  /** Whether the same request may succeed later, unchanged. */
  readonly retryable: boolean;
}

export function userError(
  code: string,
  message: string,
  options: { field?: readonly string[]; retryable?: boolean } = {},
): UserErrorValue {
  return { code, message, field: options.field ?? null, retryable: options.retryable ?? false };
}

/** What a decision gives: the thing, or why not. */
export type Decision<T, E extends UserErrorValue = UserErrorValue> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly E[] };

export const accepted = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const refused = <E extends UserErrorValue>(
  ...errors: E[]
): { readonly ok: false; readonly errors: readonly E[] } => ({ ok: false, errors });
