import type { QuarantineRecord } from '../../../platform/feed/quarantine.ts';
import { idFromKey } from '../../../platform/ids.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';

export type BusinessExceptionKind =
  | 'ORDER_STUCK'
  | 'ERP_ORDER_CREATE_FAILED'
  | 'REFUND_AWAITING_RECONCILIATION'
  | 'PAYMENT_IN_DOUBT'
  | 'JOURNAL_NOT_POSTED'
  | 'MASTER_DATA_REJECTED';

export type Severity = 'HIGH' | 'MEDIUM';

/** Work for a person. */
export interface BusinessException {
  /** Follows from its cause: the same failure raises the same exception once, whoever notices it and however often. */
  readonly _id: string;
  readonly kind: BusinessExceptionKind;
  readonly subjectId: string;
  readonly detail: string | null;
  readonly ownerTeam: string;
  readonly severity: Severity;
  readonly operationId: string | null;
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  /** What was done about it, and by whom. */
  readonly resolution: string | null;
  readonly resolvedBy: string | null;
}

interface Routing {
  readonly kind: BusinessExceptionKind;
  readonly ownerTeam: string;
  readonly severity: Severity;
}

const ORDERS = { ownerTeam: 'order operations', severity: 'HIGH' } as const;
const FINANCE = { ownerTeam: 'finance', severity: 'HIGH' } as const;

/** Who has to look after a parked operation, by the operation's kind or the first part of it. Anything else is an order that is stuck. */
const ROUTES: Readonly<Record<string, Routing>> = {
  'order.place': { kind: 'ERP_ORDER_CREATE_FAILED', ...ORDERS },
  refund: { kind: 'REFUND_AWAITING_RECONCILIATION', ...FINANCE },
  payment: { kind: 'PAYMENT_IN_DOUBT', ...FINANCE },
  journal: { kind: 'JOURNAL_NOT_POSTED', ownerTeam: 'finance', severity: 'MEDIUM' },
};

/** The exception a dead-lettered operation raises; null for any other operation. Each time it is parked anew is a cause of its own. */
export function exceptionOfOperation(operation: OperationRecord): BusinessException | null {
  if (operation.state !== 'DEAD_LETTERED') return null;
  const area = operation.kind.split('.')[0] ?? operation.kind;
  const route = ROUTES[operation.kind] ?? ROUTES[area] ?? { kind: 'ORDER_STUCK' as const, ...ORDERS };
  const parkedAt = operation.completedAt ?? operation.updatedAt;
  const failed = operation.steps.find((step) => step.state === 'FAILED');
  return open({
    ...route,
    _id: idFromKey('business-exception', operation._id, parkedAt.toISOString()),
    subjectId: operation.subjectId,
    detail: failed === undefined ? null : detailOf(failed.lastErrorCode, failed.lastErrorMessage),
    operationId: operation._id,
    openedAt: parkedAt,
  });
}

/** The exception a record raises that a feed could not accept. */
export function exceptionOfRejected(record: QuarantineRecord): BusinessException {
  const where = record.field === null ? '' : ` (${record.field})`;
  return open({
    _id: idFromKey('business-exception', record._id),
    kind: 'MASTER_DATA_REJECTED',
    ownerTeam: 'master data',
    severity: 'MEDIUM',
    subjectId: `${record.feed}/${record.eventId}`,
    detail: `${detailOf(record.code, record.message)}${where}`,
    operationId: null,
    openedAt: record.at,
  });
}

/** How long it has been open at `now`, or was open in all: whole seconds, never negative. */
export function ageSeconds(exception: BusinessException, now: Date): number {
  const until = exception.resolvedAt ?? now;
  return Math.max(0, Math.floor((until.getTime() - exception.openedAt.getTime()) / 1_000));
}

function open(
  raised: Omit<BusinessException, 'resolvedAt' | 'resolution' | 'resolvedBy'>,
): BusinessException {
  return { ...raised, resolvedAt: null, resolution: null, resolvedBy: null };
}

function detailOf(code: string | null, message: string | null): string {
  return [code, message].filter((part) => part !== null && part !== '').join(': ');
}
