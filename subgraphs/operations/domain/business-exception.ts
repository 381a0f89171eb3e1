import type { QuarantineRecord } from '../../../platform/feed/quarantine.ts';
import { idFromKey } from '../../../platform/ids.ts';
import { isTechnical } from '../../../platform/outbox/call-error.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';

/** The kinds there are; siblings and rules raise them by these words. */
export const EXCEPTION_KINDS = [
  'ORDER_STUCK',
  'ERP_ORDER_CREATE_FAILED',
  'REFUND_AWAITING_RECONCILIATION',
  'PAYMENT_IN_DOUBT',
  'JOURNAL_NOT_POSTED',
  'TAX_NOT_COMMITTED',
  'MASTER_DATA_REJECTED',
  'SYNC_LAG_BREACH',
  'STALE_PICKUP_RESERVATION',
  'UNPOSTED_SHIPMENT',
  'RETURN_OVERDUE',
  'INVENTORY_DISCREPANCY',
  'PRICE_DRIFT',
  'DUPLICATE_SUSPECTED',
  'RECONCILIATION_DIFFERENCE',
] as const;
export type BusinessExceptionKind = (typeof EXCEPTION_KINDS)[number];

export type Severity = 'HIGH' | 'MEDIUM';
/** Who has to act: the business changes orders, money and records; the technical service changes systems, settings and code. */
export type Audience = 'BUSINESS' | 'TECHNICAL';

/** Work for a person. */
export interface BusinessException {
  /** Follows from its cause: the same failure raises the same exception once, whoever notices it and however often. */
  readonly _id: string;
  readonly kind: BusinessExceptionKind;
  readonly subjectId: string;
  readonly detail: string | null;
  readonly ownerTeam: string;
  readonly audience: Audience;
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
  readonly audience: Audience;
  readonly severity: Severity;
}

const ORDERS = { ownerTeam: 'order operations', audience: 'BUSINESS', severity: 'HIGH' } as const;
const FINANCE = { ownerTeam: 'finance', audience: 'BUSINESS', severity: 'HIGH' } as const;
export const TECHNICAL = { ownerTeam: 'integration', audience: 'TECHNICAL', severity: 'HIGH' } as const;

/** Who has to look after an operation, by its kind or the first part of it. Anything else is an order that is stuck. */
const ROUTES: Readonly<Record<string, Routing>> = {
  'order.place': { kind: 'ERP_ORDER_CREATE_FAILED', ...ORDERS },
  customer: {
    kind: 'MASTER_DATA_REJECTED',
    ownerTeam: 'master data',
    audience: 'BUSINESS',
    severity: 'HIGH',
  },
  refund: { kind: 'REFUND_AWAITING_RECONCILIATION', ...FINANCE },
  payment: { kind: 'PAYMENT_IN_DOUBT', ...FINANCE },
  tax: { kind: 'TAX_NOT_COMMITTED', ...FINANCE },
  journal: {
    kind: 'JOURNAL_NOT_POSTED',
    ownerTeam: 'finance',
    audience: 'BUSINESS',
    severity: 'MEDIUM',
  },
};

/** What is wrong when the operation does not get on, and whose it is. What it is called follows the business; who acts, the reason. */
export function routeOf({ kind }: Pick<OperationRecord, 'kind'>, errorCode: string | null): Routing {
  const area = kind.split('.')[0] ?? kind;
  const route = ROUTES[kind] ?? ROUTES[area] ?? { kind: 'ORDER_STUCK' as const, ...ORDERS };
  if (!isTechnical(errorCode)) return route;
  return { ...TECHNICAL, kind: route.kind, severity: route.severity };
}

/** The exception a dead-lettered operation raises; null for any other operation. Each time it is parked anew is a cause of its own. */
export function exceptionOfOperation(operation: OperationRecord): BusinessException | null {
  if (operation.state !== 'DEAD_LETTERED') return null;
  const parkedAt = operation.completedAt ?? operation.updatedAt;
  const failed = operation.steps.find((step) => step.state === 'FAILED');
  return open({
    ...routeOf(operation, failed?.lastErrorCode ?? null),
    _id: idFromKey('business-exception', operation._id, parkedAt.toISOString()),
    subjectId: operation.subjectId,
    detail: failed === undefined ? null : detailOf(failed.lastErrorCode, failed.lastErrorMessage),
    operationId: operation._id,
    openedAt: parkedAt,
  });
}

/** What the exception of a record is about that a feed could not accept. */
export function subjectOfRejected({ feed, eventId }: Pick<QuarantineRecord, 'feed' | 'eventId'>): string {
  return `${feed}/${eventId}`;
}

/** The exception a record raises that a feed could not accept. */
export function exceptionOfRejected(record: QuarantineRecord): BusinessException {
  const where = record.field === null ? '' : ` (${record.field})`;
  return open({
    _id: idFromKey('business-exception', record._id),
    kind: 'MASTER_DATA_REJECTED',
    ownerTeam: 'master data',
    audience: 'BUSINESS',
    severity: 'MEDIUM',
    subjectId: subjectOfRejected(record),
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

export function open(
  raised: Omit<BusinessException, 'resolvedAt' | 'resolution' | 'resolvedBy'>,
): BusinessException {
  return { ...raised, resolvedAt: null, resolution: null, resolvedBy: null };
}

export function detailOf(code: string | null, message: string | null): string {
  return [code, message].filter((part) => part !== null && part !== '').join(': ');
}
