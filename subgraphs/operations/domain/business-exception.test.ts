import { describe, expect, it } from 'vitest';
import { ageSeconds, exceptionOfOperation, exceptionOfRejected } from './business-exception.ts';
import { PARKED_AT, parkedOperation } from './operation-sample.ts';

const at = PARKED_AT;
const parked = parkedOperation;

describe('work for people', () => {
  it.each([
    ['order.place', 'ERP_ORDER_CREATE_FAILED', 'order operations'],
    ['order.cancel', 'ORDER_STUCK', 'order operations'],
    ['return.post', 'ORDER_STUCK', 'order operations'],
    ['refund.submit', 'REFUND_AWAITING_RECONCILIATION', 'finance'],
    ['payment.capture', 'PAYMENT_IN_DOUBT', 'finance'],
    ['journal.post', 'JOURNAL_NOT_POSTED', 'finance'],
    ['tax.commit', 'TAX_NOT_COMMITTED', 'finance'],
  ])('when %s is parked, then it is %s for %s', (kind, exception, ownerTeam) => {
    expect(exceptionOfOperation(parked(kind))).toMatchObject({
      kind: exception,
      ownerTeam,
      subjectId: 'order-1',
      operationId: 'op-1',
      detail: 'UNKNOWN_SKU: no item MUG',
      openedAt: at,
      resolvedAt: null,
    });
  });

  it('given that the system could not even be asked, then the technical service has to act, whatever it is called', () => {
    const step = parked('refund.submit').steps.map((each) => ({ ...each, lastErrorCode: 'UNAUTHORIZED' }));
    expect(exceptionOfOperation(parked('refund.submit', { steps: step }))).toMatchObject({
      kind: 'REFUND_AWAITING_RECONCILIATION',
      ownerTeam: 'integration',
      audience: 'TECHNICAL',
    });
    expect(exceptionOfOperation(parked('refund.submit'))).toMatchObject({ audience: 'BUSINESS' });
  });

  it('is raised by parked operations only', () => {
    expect(exceptionOfOperation(parked('order.place', { state: 'IN_PROGRESS' }))).toBeNull();
    expect(exceptionOfOperation(parked('order.place', { state: 'SUCCEEDED' }))).toBeNull();
  });

  it('is the same each time the same failure is seen, and another when it fails anew', () => {
    const first = exceptionOfOperation(parked('order.place'));
    expect(exceptionOfOperation(parked('order.place'))?._id).toBe(first?._id);
    const again = exceptionOfOperation(parked('order.place', { completedAt: new Date(at.getTime() + 1) }));
    expect(again?._id).not.toBe(first?._id);
  });

  it('names the record, the reason and the field of rejected master data', () => {
    const record = {
      _id: 'product/erp/items|7|abc',
      feed: 'product/erp/items',
      system: 'erp',
      eventId: '7',
      code: 'INVALID_VALUE',
      message: 'must have 8, 12, 13 or 14 digits',
      field: 'gtin',
      raw: '{}',
      key: null,
      mendedAt: null,
      at,
    };
    expect(exceptionOfRejected(record)).toMatchObject({
      kind: 'MASTER_DATA_REJECTED',
      subjectId: 'product/erp/items/7',
      detail: 'INVALID_VALUE: must have 8, 12, 13 or 14 digits (gtin)',
    });
  });

  it('ages until it is resolved', () => {
    const raised = exceptionOfOperation(parked('order.place'));
    if (raised === null) throw new Error('nothing was raised');
    const later = (ms: number) => new Date(at.getTime() + ms);
    expect(ageSeconds(raised, later(61_999))).toBe(61);
    expect(ageSeconds(raised, later(-5_000))).toBe(0);
    expect(ageSeconds({ ...raised, resolvedAt: later(10_000) }, later(61_000))).toBe(10);
  });
});
