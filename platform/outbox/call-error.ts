import type { CallOutcome } from './operation.ts';

/** The shape of an error a connector throws; anything else is a surprise and leaves a step in doubt. */
export interface CallError {
  readonly outcome: 'not-sent' | 'throttled' | 'refused' | 'rejected' | 'in-doubt';
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
  /** Who failed, when it was not the system that was to be called: a sibling that had to be asked first. */
  readonly system?: string | undefined;
}

/** What a call that threw means for the thing that was to be done. */
export function outcomeOf(error: unknown): CallOutcome {
  const message = error instanceof Error ? error.message : String(error);
  if (!isCallError(error)) return { kind: 'unexpected', code: 'UNEXPECTED', message };
  const { outcome, code, retryAfterMs } = error;
  if (outcome === 'rejected' || outcome === 'refused') return { kind: 'refused', code, message };
  if (outcome === 'in-doubt') return { kind: 'in-doubt', code, message };
  return { kind: 'not-done', code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/**
 * Codes of failures after which the system has not said no to what it was asked: it could not be asked, does not let us in, or was tried
 * for too long. Who has to act is the technical service; the business can change nothing about the order or the record.
 */
const TECHNICAL_CODES: ReadonlySet<string> = new Set([
  'CONNECTION_REFUSED',
  'CONNECTION_LOST',
  'TIMEOUT',
  'THROTTLED',
  'SYSTEM_ERROR',
  'ABORTED',
  'UNAUTHORIZED',
  'UNSUPPORTED',
  'CONTRACT_VIOLATION',
  'NO_HANDLER',
  'SIBLING_UNAVAILABLE',
  'UNEXPECTED',
]);

/** Whether a step that failed with this code failed for a technical reason, and was not refused by the system. */
export function isTechnical(code: string | null): boolean {
  return code !== null && TECHNICAL_CODES.has(code);
}

/** The system that failed, when the error says it. */
export function failedSystem(error: unknown): string | null {
  return isCallError(error) ? (error.system ?? null) : null;
}

function isCallError(error: unknown): error is Error & CallError {
  return error instanceof Error && 'outcome' in error && 'code' in error;
}
