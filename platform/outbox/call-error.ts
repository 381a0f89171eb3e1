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

/** The system that failed, when the error says it. */
export function failedSystem(error: unknown): string | null {
  return isCallError(error) ? (error.system ?? null) : null;
}

function isCallError(error: unknown): error is Error & CallError {
  return error instanceof Error && 'outcome' in error && 'code' in error;
}
