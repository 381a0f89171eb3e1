import { idFromKey } from '../../../platform/ids.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import { type BusinessException, detailOf, open, routeOf, TECHNICAL } from './business-exception.ts';
import type { Backlog, SystemState } from './system-state.ts';

/** Work may wait this long for a system before somebody is told that the system lags. */
export const LAG_ALLOWED_MS = 5 * 60_000;
/** One operation may wait this long, although its system is well, before somebody is told that it is stuck. */
export const STUCK_AFTER_MS = 15 * 60_000;

export interface WaitedFor {
  readonly system: string;
  readonly state: SystemState;
  readonly backlog: Backlog;
}

/** A system for which work has been waiting for longer than allowed; null when none has. One exception as long as the same work waits. */
export function lagBreach({ system, state, backlog }: WaitedFor, now: Date): BusinessException | null {
  if (backlog.oldestAt === null || now.getTime() - backlog.oldestAt.getTime() <= LAG_ALLOWED_MS) return null;
  const waiting = backlog.count === 1 ? 'one operation waits' : `${backlog.count} operations wait`;
  return open({
    ...TECHNICAL,
    _id: idFromKey('business-exception', 'SYNC_LAG_BREACH', system, backlog.oldestAt.toISOString()),
    kind: 'SYNC_LAG_BREACH',
    subjectId: system,
    detail: `${system} is ${state}; ${waiting}, the oldest since ${backlog.oldestAt.toISOString()}`,
    operationId: null,
    openedAt: now,
  });
}

/**
 * An operation that waits for longer than it should although others get through: its own case, not its system's outage, which would
 * raise one for every order. Null: it has ended, has not waited so long, or its system lags as a whole.
 */
export function stuckOperation(
  operation: OperationRecord,
  lagging: ReadonlySet<string>,
  now: Date,
): BusinessException | null {
  const step = operation.steps.find(({ current }) => current);
  if (step === undefined || now.getTime() - operation.createdAt.getTime() <= STUCK_AFTER_MS) return null;
  if (lagging.has(step.system)) return null;
  const route = routeOf(operation, step.lastErrorCode);
  return open({
    ...route,
    kind: route.kind === 'ERP_ORDER_CREATE_FAILED' ? 'ORDER_STUCK' : route.kind,
    _id: idFromKey('business-exception', 'stuck', operation._id),
    subjectId: operation.subjectId,
    detail:
      step.lastErrorCode === null
        ? `${operation.kind} has been waiting since ${operation.createdAt.toISOString()}`
        : detailOf(step.lastErrorCode, step.lastErrorMessage),
    operationId: operation._id,
    openedAt: now,
  });
}
