import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refundable } from './order.ts';
import { requestReferenced } from './referenced-return.ts';
import type { RequestedReturnLine } from './request-return.ts';
import { agent, countingIds, NOW, order, orderLine, shopper } from './return-samples.ts';

const facts = (identity = shopper('c1')) => ({
  identity,
  correlationId: 'trace-2',
  now: NOW,
  newId: countingIds(),
});
const wanted = (units: number, change: Partial<RequestedReturnLine> = {}): RequestedReturnLine => ({
  orderLineId: 'line-1',
  variantId: 'mug',
  units,
  unit: 'C62',
  reasonCode: 'DAMAGED',
  unitPrice: null,
  ...change,
});
const request = (...lines: RequestedReturnLine[]) => ({
  type: 'REFERENCED' as const,
  orderId: 'order-1',
  locationId: null,
  lines,
});

describe('giving goods of an order back', () => {
  it('takes everything but the quantity from the order, and keeps the units aside there', () => {
    const decision = requestReferenced(request(wanted(3)), order(), facts());
    expect(decision).toMatchObject({
      ok: true,
      value: {
        made: {
          state: 'APPROVED',
          orderNumber: 'UC-1',
          customerCode: 'C-1',
          channelCode: 'web-uk',
          currencyCode: 'GBP',
          lines: [
            {
              orderLineId: 'line-1',
              sku: 'MUG',
              requested: 3,
              received: 0,
              unitPrice: '2.50',
              tracked: true,
            },
          ],
          work: null,
          erpSync: { state: 'NOT_REQUIRED' },
        },
        order: { version: 5, lines: [{ returning: 3, returned: 0 }], events: [{ type: 'RETURN_REQUESTED' }] },
      },
    });
  });

  it('finds the line by its article when the order has it once, and asks when it has it twice', () => {
    const unnamed = request(wanted(1, { orderLineId: null }));
    expect(requestReferenced(unnamed, order(), facts())).toMatchObject({ ok: true });
    const twice = order({ lines: [orderLine(), orderLine({ id: 'line-2' })] });
    expect(requestReferenced(unnamed, twice, facts())).toMatchObject({
      errors: [{ code: 'ORDER_LINE_UNKNOWN', field: ['input', 'lines', '0', 'orderLineId'] }],
    });
  });

  it.each([
    ['10 days', '2026-03-10T10:00:00Z', 'APPROVED'],
    ['30 days', '2026-02-18T10:00:00Z', 'APPROVED'],
    ['30 days and a second', '2026-02-18T09:59:59Z', 'REQUESTED'],
  ])('after %s, the request of a shopper is %s', (_after, placedAt, state) => {
    const old = order({ placedAt: new Date(placedAt) });
    expect(requestReferenced(request(wanted(1)), old, facts())).toMatchObject({ value: { made: { state } } });
    expect(requestReferenced(request(wanted(1)), old, facts(agent))).toMatchObject({
      value: { made: { state: 'APPROVED' } },
    });
  });

  it.each([
    ['a line of another order', wanted(1, { orderLineId: 'line-9' }), 'ORDER_LINE_UNKNOWN', 'orderLineId'],
    ['another article than the line has', wanted(1, { variantId: 'cup' }), 'VARIANT_MISMATCH', 'variantId'],
    ['more than was bought', wanted(11), 'RETURN_QUANTITY_EXCEEDED', 'quantity'],
    ['boxes of what is sold by the piece', wanted(1, { unit: 'BX' }), 'UNIT_UNKNOWN', 'quantity'],
  ])('refuses %s', (_what, line, code, field) => {
    const decision = requestReferenced(request(wanted(1), line), order(), facts());
    expect(decision).toMatchObject({ ok: false, errors: [{ code }] });
    expect(!decision.ok && decision.errors[0]?.field?.slice(0, 4)).toEqual(['input', 'lines', '1', field]);
  });

  it('refuses goods that have not left yet', () => {
    const waiting = order({ lines: [orderLine({ fulfilled: 0 })] });
    expect(requestReferenced(request(wanted(1)), waiting, facts())).toMatchObject({
      errors: [{ code: 'RETURN_QUANTITY_EXCEEDED' }],
    });
  });

  it('never keeps more aside than has left, however often and in however many lines it is asked', () => {
    const asks = fc.array(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(asks, fc.integer({ min: 0, max: 10 }), (requests, fulfilled) => {
        let now = order({ lines: [orderLine({ fulfilled })] });
        let granted = 0;
        for (const units of requests) {
          const sum = units.reduce((all, one) => all + one, 0);
          const decision = requestReferenced(request(...units.map((one) => wanted(one))), now, facts());
          expect(decision.ok).toBe(granted + sum <= fulfilled);
          if (!decision.ok) continue;
          now = decision.value.order;
          granted += sum;
        }
        expect(now.lines.map(refundable)).toEqual([fulfilled - granted]);
      }),
    );
  });
});
