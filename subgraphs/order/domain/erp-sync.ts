import { isTechnical } from '../../../platform/outbox/call-error.ts';
import type { OperationRecord, OperationStepRecord } from '../../../platform/outbox/operation.ts';

/** How a document of ours stands with the ERP. */
export interface ErpSync {
  readonly state: ErpSyncState;
  readonly externalId: string | null;
  readonly attempts: number;
  readonly lastAttemptAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly lastErrorCode: string | null;
  readonly nextAttemptAt: Date | null;
}

export type ErpSyncState =
  | 'NOT_REQUIRED'
  | 'PENDING'
  | 'SUBMITTING'
  | 'ACKNOWLEDGED'
  | 'RECONCILED'
  | 'REJECTED'
  | 'DEAD_LETTERED';

export const NOT_REQUIRED: ErpSync = {
  state: 'NOT_REQUIRED',
  externalId: null,
  attempts: 0,
  lastAttemptAt: null,
  acknowledgedAt: null,
  lastErrorCode: null,
  nextAttemptAt: null,
};

export function pendingSync(now: Date): ErpSync {
  return { ...NOT_REQUIRED, state: 'PENDING', nextAttemptAt: now };
}

/** How the document stands after a step of its operation: the outbox decides, the order only tells it in its own words. */
export function syncAfterStep(
  step: OperationStepRecord,
  operation: Pick<OperationRecord, 'updatedAt'>,
): ErpSync {
  return {
    state: stateAfter(step),
    externalId: step.externalId,
    attempts: step.attempts,
    lastAttemptAt: step.lastAttemptAt,
    acknowledgedAt: step.state === 'SUCCEEDED' ? operation.updatedAt : null,
    lastErrorCode: step.lastErrorCode,
    nextAttemptAt: step.nextAttemptAt,
  };
}

function stateAfter(step: OperationStepRecord): ErpSyncState {
  switch (step.state) {
    case 'SUCCEEDED':
      return 'ACKNOWLEDGED';
    case 'IN_FLIGHT':
    case 'IN_DOUBT':
      return 'SUBMITTING';
    case 'FAILED':
      return isTechnical(step.lastErrorCode) ? 'DEAD_LETTERED' : 'REJECTED';
    default:
      return 'PENDING';
  }
}

/**
 * Whether somebody who watches has something new to see. A retry that failed like the one before it is no news, nor is one that failed
 * in another way while the document waits all the same: in an outage those change with every look.
 */
export function isNews(before: ErpSync, after: ErpSync): boolean {
  if (before.state !== after.state || before.externalId !== after.externalId) return true;
  const hasFailed = (sync: ErpSync) => sync.lastErrorCode !== null;
  return after.state === 'PENDING' || after.state === 'SUBMITTING'
    ? hasFailed(before) !== hasFailed(after)
    : before.lastErrorCode !== after.lastErrorCode;
}
