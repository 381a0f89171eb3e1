/**
 * What a failed call means for the thing that was to be done. The outbox decides by this word alone:
 *
 * - `not-sent`: the request never reached the system, so nothing happened. Try again later.
 * - `throttled`: the system asked for patience and did nothing. Try again after `retryAfterMs`.
 * - `refused`: the system does not let us in, or this connector cannot do it; nothing happened, and repeating will not
 *   help before a person has changed a setting.
 * - `rejected`: the system understood and said no for a business reason (`code`, `field`). Never repeat as it is.
 * - `in-doubt`: the request went out and no usable answer came. It may have happened: ask (`findDocument`) before
 *   repeating, unless the document kind's dedupe is `native-key`. A read in doubt did no harm and is simply repeated.
 */
export type ConnectorOutcome = 'not-sent' | 'throttled' | 'refused' | 'rejected' | 'in-doubt';

export interface ConnectorErrorDetails {
  /** Stable and upper-case: one of `CONNECTOR_CODES` or, when `rejected`, the business code of the system. */
  code: string;
  message: string;
  /** The code of the system that was called, as operations people see it. */
  system: string;
  /** Path into the document, when `rejected`: `['lines', '0', 'sku']`. */
  field?: string[] | undefined;
  /** How long the system asked us to stay away, when `throttled`. */
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

/** The codes that mean the same for every system. */
export const CONNECTOR_CODES = {
  connectionRefused: 'CONNECTION_REFUSED',
  connectionLost: 'CONNECTION_LOST',
  timeout: 'TIMEOUT',
  aborted: 'ABORTED',
  throttled: 'THROTTLED',
  unauthorized: 'UNAUTHORIZED',
  unsupported: 'UNSUPPORTED',
  systemError: 'SYSTEM_ERROR',
  contractViolation: 'CONTRACT_VIOLATION',
  invalidDocument: 'INVALID_DOCUMENT',
  invalidCursor: 'INVALID_CURSOR',
  referenceReused: 'REFERENCE_REUSED',
} as const;

/** The only error a connector throws. */
export class ConnectorError extends Error {
  readonly outcome: ConnectorOutcome;
  readonly code: string;
  readonly system: string;
  readonly field: string[] | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(outcome: ConnectorOutcome, details: ConnectorErrorDetails) {
    super(`${details.system}: ${details.message}`, { cause: details.cause });
    this.name = 'ConnectorError';
    this.outcome = outcome;
    this.code = details.code;
    this.system = details.system;
    this.field = details.field;
    this.retryAfterMs = details.retryAfterMs;
  }
}
