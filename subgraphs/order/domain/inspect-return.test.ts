import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISPOSITION_CODES, fateOf } from './disposition.ts';
import { inspect } from './inspect-return.ts';
import { refundable } from './order.ts';
import type { DispositionCode } from './return.ts';
import { refundableTotal } from './return-amount.ts';
import { goodsBack, NOW, order, orderLine, pieces, returnLine } from './return-samples.ts';
import { settleReturn } from './units-back.ts';

const decide = (code: DispositionCode, units: number, returnLineId = 'back-1', locationId = 'dc') => ({
  returnLineId,
  code,
  quantity: pieces(units),
  locationId,
});
const event = {
  id: 'e',
  type: 'RETURN_COMPLETED',
  occurredAt: NOW,
  recordedAt: NOW,
  actor: 'anna',
  sourceSystem: 'GRAPH',
};

describe('looking at what came back', () => {
  it('credits what is accepted and completes the return', () => {
    const input = { decisions: [decide('RESTOCK', 1), decide('SCRAP', 1), decide('MISSING', 1)] };
    const decision = inspect(goodsBack(), input, NOW);
    expect(decision).toMatchObject({
      ok: true,
      value: {
        state: 'COMPLETED',
        version: 3,
        work: { state: 'COMPLETED' },
        erpSync: { state: 'PENDING' },
        lines: [
          {
            accepted: 2,
            dispositions: [
              { code: 'RESTOCK', toState: 'AVAILABLE', quantity: 1 },
              { code: 'SCRAP', toState: 'NONE' },
              { code: 'MISSING', toState: 'NONE' },
            ],
          },
        ],
      },
    });
    expect(decision.ok && refundableTotal(decision.value)).toEqual({ amount: '5.00', currencyCode: 'GBP' });
  });

  it('puts goods back on sale at the place that is named', () => {
    const input = { decisions: [decide('RESTOCK_OTHER_LOCATION', 3, 'back-1', 'store')] };
    expect(inspect(goodsBack(), input, NOW)).toMatchObject({
      value: { lines: [{ dispositions: [{ toState: 'AVAILABLE', locationId: 'store' }] }] },
    });
  });

  it('has nothing to tell the ERP when nothing is credited', () => {
    const input = { decisions: [decide('RETURN_TO_CUSTOMER', 3)] };
    expect(inspect(goodsBack(), input, NOW)).toMatchObject({
      value: { state: 'COMPLETED', erpSync: { state: 'NOT_REQUIRED' } },
    });
  });

  it.each([
    ['too few', [decide('RESTOCK', 2)]],
    ['too many', [decide('RESTOCK', 4)]],
    ['none', []],
  ])('refuses decisions about %s units, naming the line', (_what, decisions) => {
    const decision = inspect(goodsBack(), { decisions }, NOW);
    expect(decision).toMatchObject({
      errors: [{ code: 'DISPOSITION_INCOMPLETE', field: ['input', 'decisions'] }],
    });
    expect(!decision.ok && decision.errors[0]?.message).toContain('back-1');
  });

  it('refuses to look at what has not arrived', () => {
    const input = { decisions: [decide('RESTOCK', 3)] };
    expect(inspect(goodsBack({ state: 'APPROVED' }), input, NOW)).toMatchObject({
      errors: [{ code: 'RETURN_STATE_INVALID' }],
    });
  });

  it('expects no more what had not arrived by then: it can be given back again', () => {
    const partly = goodsBack({ state: 'PARTIALLY_RECEIVED', lines: [returnLine({ received: 1 })] });
    const decision = inspect(partly, { decisions: [decide('RESTOCK', 1)] }, NOW);
    expect(decision.ok).toBe(true);
    if (!decision.ok) return;
    const after = settleReturn(order({ lines: [orderLine({ returning: 3 })] }), decision.value, event);
    expect(after.lines).toMatchObject([{ returning: 0, returned: 1 }]);
    expect(after.lines.map(refundable)).toEqual([9]);
    expect(after).toMatchObject({ version: 5, events: [{ type: 'RETURN_COMPLETED' }] });
  });

  it('accepts exactly the credited units, whatever is decided', () => {
    const codes = fc.array(fc.constantFrom(...DISPOSITION_CODES), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(codes, fc.boolean(), (units, tracked) => {
        const line = returnLine({ requested: units.length, received: units.length, tracked });
        const decision = inspect(
          goodsBack({ lines: [line] }),
          { decisions: units.map((code) => decide(code, 1)) },
          NOW,
        );
        if (!decision.ok) throw new Error(JSON.stringify(decision.errors));
        const credited = units.filter((code) => fateOf(code, line).credited).length;
        expect(decision.value.lines[0]?.accepted).toBe(credited);
        expect(decision.value.erpSync.state).toBe(credited === 0 ? 'NOT_REQUIRED' : 'PENDING');
        if (!tracked)
          for (const { toState } of decision.value.lines[0]?.dispositions ?? []) expect(toState).toBe('NONE');
      }),
    );
  });
});
