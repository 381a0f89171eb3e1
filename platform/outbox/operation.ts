/** What of the business an operation belongs to, as far as it belongs to one: people ask how one channel or place is served. */
export interface OperationAbout {
  readonly channelId?: string;
  readonly locationId?: string;
}

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
  /** Missing where it belongs to no channel and no place. */
  about?: OperationAbout;
  correlationId: string;
  /** The intent it belongs to; each step's external key derives from it. */
  idempotencyKey: string;
  lane: Lane;
  laneRank: number;
  state: OperationState;
  steps: OperationStepRecord[];
  payload: P;
  /** The system its current step calls; null when it has ended or is parked: then nobody looks for it. */
  system: string | null;
  /** Whether its next call repeats one that failed: such calls are rationed. */
  repeat: boolean;
  /**
   * Before it, nobody need look at this operation: until then it waits to be tried again, or is leased. Far in the future while it
   * waits for others or has ended.
   */
  dueAt: Date;
  /** Not to be tried before, whatever it waits for. */
  notBefore: Date | null;
  /** The operations it waits for: earlier ones of its aggregate and of those it was written to come after. */
  behind: string[];
  /** How many operations were ever written to wait for this one. */
  followers: number;
  leasedBy: string | null;
  leasedUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
  completedAt: Date | null;
}

export interface OperationStepRecord {
  name: string;
  system: string;
  /** Whether it is the step to be tried next. */
  current: boolean;
  state: OperationStepState;
  attempts: number;
  /** How often our own code failed at it. */
  surprises: number;
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
  /** Our own code failed: before anything was sent or after, nobody knows. Ask before anything else, and not for ever. */
  | { readonly kind: 'unexpected'; readonly code: string; readonly message: string }
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
  /** After our own code has failed so often at one step the operation is parked, whatever else happened: a poison message. */
  readonly maxSurprises: number;
}

/**
 * Calls that are held back are no attempts, so an outage costs few; an operation is parked when it has failed itself so often, which
 * takes two hours at the cap of one minute.
 */
export const DEFAULT_RETRY: RetryPolicy = {
  maxAttempts: 130,
  firstDelayMs: 250,
  maxDelayMs: 60_000,
  maxSurprises: 5,
};

/**
 * What becomes of a step after a call that failed. `random` in [0, 1) spreads the repeats (full jitter, a tenth of the delay at least).
 * Surprises are counted with this one.
 */
export function afterFailure(
  outcome: CallOutcome,
  tried: { readonly attempts: number; readonly surprises: number },
  policy: RetryPolicy,
  random: number,
): StepMove {
  const { code, message } = outcome;
  if (outcome.kind === 'refused') return { step: 'FAILED', code, message };
  if (tried.attempts >= policy.maxAttempts && outcome.kind === 'not-done')
    return { step: 'FAILED', code, message };
  if (tried.surprises >= policy.maxSurprises && outcome.kind === 'unexpected')
    return { step: 'FAILED', code, message };
  const capMs = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** Math.min(tried.attempts - 1, 20));
  const jittered = Math.round(capMs * (0.1 + 0.9 * random));
  if (outcome.kind !== 'not-done') return { step: 'IN_DOUBT', retryInMs: jittered, code, message };
  return { step: 'PENDING', retryInMs: Math.max(jittered, outcome.retryAfterMs ?? 0), code, message };
}

/** The step that is to be tried, when nothing has ended the operation. */
export function currentStep(steps: readonly Pick<OperationStepRecord, 'state'>[]): number {
  return steps.findIndex(({ state }) => state !== 'SUCCEEDED' && state !== 'SKIPPED');
}

/** The steps, with the one marked that is to be tried, and the system it calls; null for an operation that has ended. */
export function withCurrent(
  steps: readonly OperationStepRecord[],
  ended: boolean,
): { steps: OperationStepRecord[]; system: string | null } {
  const at = ended ? -1 : currentStep(steps);
  return {
    steps: steps.map((step, index) => ({ ...step, current: index === at })),
    system: steps[at]?.system ?? null,
  };
}
