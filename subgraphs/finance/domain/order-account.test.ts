import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, money } from '../../../platform/money.ts';
import {
  type AccountPayment,
  balanceOf,
  capturesDue,
  decideOpening,
  type OrderAccount,
  paymentStatus,
  undoingDue,
} from './order-account.ts';
import { evolve, newBook } from './payment.ts';

const gbp = (amount: string) => money(amount, 'GBP');

function held(id: string, amount: string): AccountPayment {
  return {
    ...evolve(newBook(gbp(amount)), { type: 'AUTHORIZED' }),
    _id: id,
    orderId: null,
    customerId: null,
  };
}

function moved(payment: AccountPayment, kind: 'CAPTURE' | 'REFUND' | 'VOID', amount: string): AccountPayment {
  const reference = `${kind} ${amount}`;
  const asked = evolve(payment, { type: 'REQUESTED', move: { kind, reference, amount } });
  return { ...payment, ...evolve(asked, { type: 'MOVE_DONE', reference }) };
}

const account = (total: string, shipped: string): OrderAccount => ({
  _id: 'order-1',
  orderNumber: 'UC-1',
  customerId: null,
  total: gbp(total),
  paymentIds: [],
  status: 'OPEN',
  confirmedAt: null,
  shipped: gbp(shipped),
  version: 1,
});

describe('opening an account', () => {
  const open = (total: string, ...payments: AccountPayment[]) =>
    decideOpening(
      {
        orderId: 'order-1',
        customerId: null,
        total: gbp(total),
        paymentIds: payments.map(({ _id }) => _id),
      },
      new Map(payments.map((payment) => [payment._id, payment])),
    );

  it('counts a payment that is named twice once', () => {
    const payment = held('a', '50');
    expect(open('100', payment, payment)).toMatchObject({
      ok: false,
      errors: [{ code: 'PAYMENT_INSUFFICIENT' }],
    });
    expect(open('50', payment, payment)).toEqual({ ok: true, value: ['a'] });
  });

  it('names every payment that is wrong', () => {
    const used = { ...held('b', '50'), orderId: 'order-2' };
    const failed = { ...held('c', '50'), phase: 'FAILED' as const };
    expect(open('100', held('a', '50'), used, failed)).toMatchObject({
      errors: [
        { code: 'PAYMENT_ALREADY_USED', field: ['input', 'paymentIds', '1'] },
        { code: 'PAYMENT_NOT_AUTHORIZED', field: ['input', 'paymentIds', '2'] },
      ],
    });
  });
});

describe('taking what is due', () => {
  it('takes from the payments in their order and leaves the rest held', () => {
    const { captures, short } = capturesDue(account('100', '70'), [held('a', '60'), held('b', '40')]);
    expect(captures).toEqual([
      { paymentId: 'a', amount: gbp('60') },
      { paymentId: 'b', amount: gbp('10') },
    ]);
    expect(short).toBeNull();
  });

  it('says what no payment covers any more', () => {
    const gone = { ...held('a', '100'), phase: 'AUTHORIZATION_EXPIRED' as const };
    expect(capturesDue(account('100', '70'), [gone])).toEqual({ captures: [], short: gbp('70') });
  });

  it('takes in all exactly what left, whatever the shipments and payments are', () => {
    const cents = fc.integer({ min: 1, max: 5_000 });
    const text = (value: number) => (value / 100).toFixed(2);
    fc.assert(
      fc.property(
        fc.array(cents, { minLength: 1, maxLength: 4 }),
        fc.array(cents, { minLength: 1, maxLength: 6 }),
        (holds, parcels) => {
          const total = holds.reduce((sum, hold) => sum + hold, 0);
          let payments = holds.map((hold, index) => held(`p${index}`, text(hold)));
          let left = 0;
          for (const parcel of parcels) {
            left += parcel;
            const { captures, short } = capturesDue(account(text(total), text(left)), payments);
            expect(short).toBeNull();
            for (const { paymentId, amount } of captures) {
              payments = payments.map((payment) =>
                payment._id === paymentId ? moved(payment, 'CAPTURE', amount.amount) : payment,
              );
            }
            const taken = payments.reduce((sum, { captured }) => sum.plus(decimal(captured)), decimal('0'));
            expect(taken.toFixed(2)).toBe(text(Math.min(left, total)));
          }
        },
      ),
    );
  });
});

describe('undoing', () => {
  it('lets go of what is held and gives back what was taken', () => {
    const taken = moved(held('b', '40'), 'CAPTURE', '40');
    expect(undoingDue([held('a', '60'), taken])).toEqual({
      voids: [{ paymentId: 'a', amount: gbp('60') }],
      refunds: [{ paymentId: 'b', amount: gbp('40') }],
    });
  });
});

describe('how far an order is paid', () => {
  const total = gbp('100');
  const full = moved(held('a', '100'), 'CAPTURE', '100');

  it.each([
    ['UNPAID', '100.00', []],
    ['AUTHORIZED', '100.00', [held('a', '100')]],
    ['PARTIALLY_PAID', '60.00', [moved(held('a', '100'), 'CAPTURE', '40')]],
    ['PAID', '0.00', [full]],
    ['OVERPAID', '-20.00', [moved(held('a', '120'), 'CAPTURE', '120')]],
    ['PARTIALLY_REFUNDED', '30.00', [moved(full, 'REFUND', '30')]],
    ['REFUNDED', '100.00', [moved(full, 'REFUND', '100')]],
    ['VOIDED', '100.00', [moved(held('a', '100'), 'VOID', '100')]],
    ['IN_DOUBT', '100.00', [evolve(newBook(total), { type: 'IN_DOUBT' })]],
  ])('is %s and leaves %s', (status, balance, payments) => {
    expect(paymentStatus(total, payments)).toBe(status);
    expect(balanceOf(total, payments)).toEqual(gbp(balance));
  });

  it('is PAID when nothing is to be paid', () => {
    expect(paymentStatus(gbp('0'), [])).toBe('PAID');
  });
});
