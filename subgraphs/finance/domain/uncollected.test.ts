import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, money, zero } from '../../../platform/money.ts';
import { type AccountPayment, capturesDue, mostToTake, type OrderAccount } from './order-account.ts';
import { evolve, newBook } from './payment.ts';
import { refundsOfUncollected, withUncollected } from './uncollected.ts';

const gbp = (cents: number) => money((cents / 100).toFixed(2), 'GBP');
const cents = (amount: string) => Math.round(Number(amount) * 100);

const account = (total: number): OrderAccount => ({
  _id: 'order-1',
  orderNumber: 'UC-1',
  customerId: null,
  total: gbp(total),
  paymentIds: [],
  status: 'OPEN',
  confirmedAt: null,
  shipped: gbp(0),
  version: 1,
});

function held(id: string, amount: number): AccountPayment {
  const book = evolve(newBook(gbp(amount)), { type: 'AUTHORIZED' });
  return { ...book, _id: id, orderId: null, customerId: null };
}

function moved(payment: AccountPayment, kind: 'CAPTURE' | 'REFUND', amount: string): AccountPayment {
  const reference = `${kind} ${amount} ${payment.captured} ${payment.refunded}`;
  const asked = evolve(payment, { type: 'REQUESTED', move: { kind, reference, amount } });
  return { ...payment, ...evolve(asked, { type: 'MOVE_DONE', reference }) };
}

describe('goods that nobody collected', () => {
  it('given nothing was taken yet, then nothing goes back and less is taken at the end', () => {
    const after = withUncollected({ ...account(5_000), shipped: gbp(2_000) }, gbp(3_000), true);
    expect(refundsOfUncollected(account(5_000), after, [held('card', 5_000)])).toEqual([]);
    expect(after.shipped).toEqual(gbp(2_000));
    expect(capturesDue(after, [held('card', 5_000)])).toMatchObject({
      captures: [{ paymentId: 'card', amount: gbp(2_000) }],
      short: null,
    });
  });

  it('given the last of them and a service, then the service is taken with the rest', () => {
    const after = withUncollected({ ...account(5_000), shipped: gbp(2_000) }, gbp(2_500), true);
    expect(after.shipped).toEqual(gbp(2_500));
  });

  it('given cash, then what was paid for them goes back, also after goods of the order were returned', () => {
    const cash = moved(moved(held('cash', 5_000), 'CAPTURE', '50.00'), 'REFUND', '20.00');
    const after = withUncollected(account(5_000), gbp(3_000), false);
    expect(refundsOfUncollected(account(5_000), after, [cash])).toEqual([
      { paymentId: 'cash', amount: gbp(3_000) },
    ]);
  });

  it('given goods given up and sent in any order, paid by anything, then what stays taken is what was had', () => {
    const work = fc.array(fc.record({ worth: fc.integer({ min: 1, max: 9_999 }), collected: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(work, fc.boolean(), fc.integer({ min: 0, max: 5_000 }), (pieces, inAdvance, services) => {
        const total = services + pieces.reduce((sum, { worth }) => sum + worth, 0);
        let book = held('only', total);
        if (inAdvance) book = moved(book, 'CAPTURE', gbp(total).amount);
        let current = account(total);
        for (const [index, { worth, collected }] of pieces.entries()) {
          const isLast = index === pieces.length - 1;
          const before = current;
          if (collected) {
            const shipped = isLast ? mostToTake(before) : gbp(cents(before.shipped.amount) + worth);
            current = { ...before, shipped };
          } else {
            current = withUncollected(before, gbp(worth), isLast);
            for (const { amount } of refundsOfUncollected(before, current, [book]))
              book = moved(book, 'REFUND', amount.amount);
          }
          for (const { amount } of capturesDue(current, [book]).captures)
            book = moved(book, 'CAPTURE', amount.amount);
        }
        const kept = decimal(book.captured).minus(decimal(book.refunded));
        const had = pieces.reduce((sum, { worth, collected }) => sum + (collected ? worth : 0), services);
        expect(kept.toFixed(2)).toBe(gbp(had).amount);
        expect(kept.gte(zero)).toBe(true);
      }),
    );
  });
});
