import { describe, expect, it } from 'vitest';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import { parkedOperation } from './operation-sample.ts';
import { LAG_ALLOWED_MS, lagBreach, STUCK_AFTER_MS, stuckOperation } from './waiting.ts';

const now = new Date('2026-03-01T10:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

describe('a system that work waits for', () => {
  const waiting = (oldestMs: number) =>
    lagBreach({ system: 'erp', state: 'DOWN', backlog: { count: 3, oldestAt: ago(oldestMs) } }, now);

  it('lags when the oldest of it waits for longer than allowed, and that is the technical service to mend', () => {
    expect(waiting(LAG_ALLOWED_MS)).toBeNull();
    expect(waiting(LAG_ALLOWED_MS + 1)).toMatchObject({
      kind: 'SYNC_LAG_BREACH',
      subjectId: 'erp',
      audience: 'TECHNICAL',
      ownerTeam: 'integration',
    });
    expect(lagBreach({ system: 'erp', state: 'UP', backlog: { count: 0, oldestAt: null } }, now)).toBeNull();
  });

  it('is one exception for as long as the same work waits', () => {
    const later = new Date(now.getTime() + 60_000);
    const backlog = { count: 9, oldestAt: ago(LAG_ALLOWED_MS + 1) };
    expect(lagBreach({ system: 'erp', state: 'DOWN', backlog }, later)?._id).toBe(
      waiting(LAG_ALLOWED_MS + 1)?._id,
    );
  });
});

describe('an operation that waits', () => {
  const operation = (waitedMs: number, lastErrorCode: string | null = null): OperationRecord => {
    const sample = parkedOperation('order.place');
    const step = { current: true, state: 'PENDING' as const, lastErrorCode };
    return {
      ...sample,
      state: 'IN_PROGRESS',
      createdAt: ago(waitedMs),
      steps: sample.steps.map((each) => ({ ...each, ...step })),
    };
  };

  it('is stuck when it waits too long while its system is well', () => {
    expect(stuckOperation(operation(STUCK_AFTER_MS), new Set(), now)).toBeNull();
    expect(stuckOperation(operation(STUCK_AFTER_MS + 1), new Set(), now)).toMatchObject({
      kind: 'ORDER_STUCK',
      ownerTeam: 'order operations',
      audience: 'BUSINESS',
    });
  });

  it('is not told one by one while its system lags as a whole', () => {
    expect(stuckOperation(operation(STUCK_AFTER_MS + 1), new Set(['erp']), now)).toBeNull();
  });

  it('is the technical service to mend when it could not even be asked for', () => {
    expect(stuckOperation(operation(STUCK_AFTER_MS + 1, 'UNAUTHORIZED'), new Set(), now)).toMatchObject({
      kind: 'ORDER_STUCK',
      audience: 'TECHNICAL',
    });
  });
});
