import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMoney, money, sumMoney } from '../../../platform/money.ts';
import { moveRefund, planRefund } from './refund.ts';

const gbp = (amount: string) => money(amount, 'GBP');
const line = (amount: string | null, orderLineId = 'a') => ({
  orderLineId,
  quantity: { value: '1', unit: 'C62' },
  amount: amount === null ? null : gbp(amount),
});

describe('planning a refund', () => {
  it('takes the cap for a single line without an amount', () => {
    expect(planRefund({ lines: [line(null)], amountCap: gbp('12.34') }, 'GBP')).toMatchObject({
      value: { amount: gbp('12.34'), lines: [{ orderLineId: 'a', amount: gbp('12.34') }] },
    });
  });

  it('names the line that is wrong', () => {
    const wrong = { ...line('1'), quantity: { value: '0', unit: 'C62' } };
    expect(planRefund({ lines: [line('1'), wrong], amountCap: null }, 'GBP')).toMatchObject({
      errors: [{ code: 'QUANTITY_INVALID', field: ['input', 'lines', '1', 'quantity', 'value'] }],
    });
    expect(planRefund({ lines: [line('1')], amountCap: money('5', 'EUR') }, 'GBP')).toMatchObject({
      errors: [{ code: 'CURRENCY_MISMATCH', field: ['input', 'amountCap', 'currencyCode'] }],
    });
  });

  it('gives the lines exactly what the refund comes to, and never more than the cap or the lines ask for', () => {
    const amount = fc.integer({ min: 1, max: 100_000 }).map((cents) => gbp((cents / 100).toFixed(2)));
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 8 }), amount, (amounts, cap) => {
        const lines = amounts.map((given, index) => ({ ...line('1', String(index)), amount: given }));
        const plan = planRefund({ lines, amountCap: cap }, 'GBP');
        if (!plan.ok) throw new Error(plan.errors[0]?.code);
        const asked = amounts.reduce(addMoney);
        const least = Number(asked.amount) < Number(cap.amount) ? asked : cap;
        expect(plan.value.amount).toEqual(least);
        expect(
          sumMoney(
            plan.value.lines.map((planned) => planned.amount),
            'GBP',
          ),
        ).toEqual(least);
      }),
    );
  });
});

describe('the states of a refund', () => {
  it('ends when the money went back, and comes back from a failure', () => {
    expect(moveRefund('APPROVED', 'IN_DOUBT')).toBe('IN_DOUBT');
    expect(moveRefund('IN_DOUBT', 'SUCCEEDED')).toBe('SUCCEEDED');
    expect(moveRefund('FAILED', 'SUCCEEDED')).toBe('SUCCEEDED');
    expect(moveRefund('SUCCEEDED', 'FAILED')).toBe('SUCCEEDED');
  });
});
