/** A durable, replayable fan-out to systems of record, as it is kept. */
export interface OperationRecord<P = unknown> {
  _id: string;
  /** The subgraph whose dispatchers carry it out. */
  owner: string;
  /** `order.place`, `return.post`: names the handler. */
  kind: string;
  /** The order, return or entry it is about. */
  subjectId: string;
  /** Operations of one aggregate are carried out strictly one after the other. */
  aggregate: string;
  correlationId: string;
  /** The intent it belongs to; each step's external key derives from it. */
  idempotencyKey: string;
  lane: Lane;
  laneRank: number;
  state: OperationState;
  steps: OperationStepRecord[];
  payload: P;
  /** Before it, nobody need look at this operation. Far in the future while an earlier one of the aggregate is unfinished. */
  dueAt: Date;
  leasedBy: string | null;
  leasedUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
  completedAt: Date | null;
}

export interface OperationStepRecord {
  name: string;
  system: string;
  state: OperationStepState;
  attempts: number;
  lastErrorCode: string | null;
  lastErrorMessage: string | null;
  nextAttemptAt: Date | null;
  lastAttemptAt: Date | null;
  /** When the effect last went out: the end of the call that left doubt, its start while nothing came back. Asking does not move it. */
  lastSentAt: Date | null;
  externalId: string | null;
}

export type OperationState =
  | 'ACCEPTED'
  | 'IN_PROGRESS'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'COMPENSATING'
  | 'COMPENSATED'
  | 'DEAD_LETTERED';
export type OperationStepState =
  | 'PENDING'
  | 'IN_FLIGHT'
  | 'SUCCEEDED'
  | 'IN_DOUBT'
  | 'FAILED'
  | 'COMPENSATED'
  | 'SKIPPED';

/** Which work goes first when a system has room for only some of it. */
export const LANES = ['order', 'return', 'stock', 'catalogue'] as const;
export type Lane = (typeof LANES)[number];

export const UNFINISHED: readonly OperationState[] = ['ACCEPTED', 'IN_PROGRESS'];

/** What is known about a call that did not succeed; the next move follows from it alone. */
export type CallOutcome =
  /** It certainly did not happen: refused connection, 429, 503 before acceptance. Send again later. */
  | {
      readonly kind: 'not-done';
      readonly code: string;
      readonly message: string;
      readonly retryAfterMs?: number;
    }
  /** Nobody knows: time-out or cut connection after sending. Ask before anything else. */
  | { readonly kind: 'in-doubt'; readonly code: string; readonly message: string }
  /** The system says no, and would say so again: a person or a rule must change something. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export type StepMove =
  | { readonly step: 'SUCCEEDED'; readonly externalId: string }
  | { readonly step: 'PENDING'; readonly retryInMs: number; readonly code: string; readonly message: string }
  | { readonly step: 'IN_DOUBT'; readonly retryInMs: number; readonly code: string; readonly message: string }
  | { readonly step: 'FAILED'; readonly code: string; readonly message: string };

export interface RetryPolicy {
  /** After this many attempts the operation is parked for a person. */
  readonly maxAttempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

/** About two hours of outage at the cap of one minute before an operation is parked. */
export const DEFAULT_RETRY: RetryPolicy = { maxAttempts: 130, firstDelayMs: 250, maxDelayMs: 60_000 };

/** What becomes of a step after a call that failed. `random` in [0, 1) spreads the retries (full jitter). */
export function afterFailure(
  outcome: CallOutcome,
  attempts: number,
  policy: RetryPolicy,
  random: number,
): StepMove {
  const { code, message } = outcome;
  if (outcome.kind === 'refused') return { step: 'FAILED', code, message };
  if (attempts >= policy.maxAttempts && outcome.kind === 'not-done') return { step: 'FAILED', code, message };
  const capMs = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** Math.min(attempts - 1, 20));
  const jittered = Math.round(capMs * (0.1 + 0.9 * random));
  if (outcome.kind === 'in-doubt') return { step: 'IN_DOUBT', retryInMs: jittered, code, message };
  return { step: 'PENDING', retryInMs: Math.max(jittered, outcome.retryAfterMs ?? 0), code, message };
}
