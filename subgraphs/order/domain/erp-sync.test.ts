import { describe, expect, it } from 'vitest';
import type { OperationStepRecord } from '../../../platform/outbox/operation.ts';
import { type ErpSync, isNews, pendingSync, syncAfterStep } from './erp-sync.ts';

const at = new Date('2026-03-01T12:00:00Z');
const step = (state: OperationStepRecord['state'], lastErrorCode: string | null = null) => ({
  name: 'createSalesOrder',
  system: 'erp',
  state,
  attempts: 2,
  current: false,
  surprises: 0,
  lastErrorCode,
  lastErrorMessage: null,
  nextAttemptAt: null,
  lastAttemptAt: at,
  lastSentAt: at,
  externalId: state === 'SUCCEEDED' ? 'SO-1' : null,
});
const syncAfter = (...given: Parameters<typeof step>): ErpSync =>
  syncAfterStep(step(...given), { updatedAt: at });

describe('how a document stands with the ERP', () => {
  it.each([
    ['ACKNOWLEDGED', 'SUCCEEDED', null],
    ['SUBMITTING', 'IN_FLIGHT', null],
    ['SUBMITTING', 'IN_DOUBT', 'TIMEOUT'],
    ['PENDING', 'PENDING', 'CONNECTION_REFUSED'],
    ['REJECTED', 'FAILED', 'UNKNOWN_CUSTOMER'],
    ['DEAD_LETTERED', 'FAILED', 'CONNECTION_REFUSED'],
    ['DEAD_LETTERED', 'FAILED', 'UNAUTHORIZED'],
  ] as const)('is %s after a step that is %s (%s)', (state, stepState, code) => {
    expect(syncAfter(stepState, code)).toMatchObject({
      state,
      attempts: 2,
      lastErrorCode: code,
      acknowledgedAt: state === 'ACKNOWLEDGED' ? at : null,
      externalId: state === 'ACKNOWLEDGED' ? 'SO-1' : null,
    });
  });
});

describe('what is news to somebody who watches', () => {
  const waiting = pendingSync(at);

  it('given a first failure, a refusal or the acknowledgement, then it is', () => {
    expect(isNews(waiting, syncAfter('PENDING', 'CONNECTION_REFUSED'))).toBe(true);
    expect(isNews(waiting, syncAfter('FAILED', 'UNKNOWN_CUSTOMER'))).toBe(true);
    expect(isNews(syncAfter('PENDING', 'TIMEOUT'), syncAfter('SUCCEEDED'))).toBe(true);
  });

  it('given it fails again, in the same way or another, then it is not', () => {
    expect(isNews(syncAfter('PENDING', 'TIMEOUT'), syncAfter('PENDING', 'TIMEOUT'))).toBe(false);
    expect(isNews(syncAfter('PENDING', 'CONNECTION_REFUSED'), syncAfter('PENDING', 'BREAKER_OPEN'))).toBe(
      false,
    );
  });

  it('given it is refused for another reason after a replay, then it is', () => {
    expect(isNews(syncAfter('FAILED', 'UNKNOWN_CUSTOMER'), syncAfter('FAILED', 'UNKNOWN_SKU'))).toBe(true);
  });
});
