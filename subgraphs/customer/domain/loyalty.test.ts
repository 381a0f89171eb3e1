import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../../../platform/money.ts';
import { evolveLoyalty, type LoyaltyFact, newLoyaltyOrder, pointsOf } from './loyalty.ts';

const gbp = (amount: string) => money(amount, 'GBP');
const rules = { pointsPerUnit: 1 };
const orderOf = (total: string, ...facts: LoyaltyFact[]) =>
  facts.reduce(evolveLoyalty, newLoyaltyOrder('order-1', 'customer-1', gbp(total)));
const pointsAfter = (total: string, ...facts: LoyaltyFact[]) => pointsOf(orderOf(total, ...facts), rules);

describe('the points of an order', () => {
  it('wait until its goods are delivered, a point for each whole unit', () => {
    expect(pointsAfter('25.80')).toEqual({ spendable: 0, pending: 25 });
    expect(pointsAfter('25.80', { type: 'DELIVERED', amount: gbp('25.80'), isLast: true })).toEqual({
      spendable: 25,
      pending: 0,
    });
  });

  it('given parts of cents that add up to a unit, then the whole brings it and the parts do not bring more', () => {
    const half = { type: 'DELIVERED', amount: gbp('0.50'), isLast: false } as const;
    expect(pointsAfter('1.00', half)).toEqual({ spendable: 0, pending: 1 });
    expect(pointsAfter('1.00', half, { ...half, isLast: true })).toEqual({ spendable: 1, pending: 0 });
  });

  it('given goods that nobody collected, then theirs are gone and a service done with the order keeps its own', () => {
    const uncollected = { type: 'UNCOLLECTED', amount: gbp('20.00'), isLast: true } as const;
    expect(
      pointsAfter('32.00', { type: 'DELIVERED', amount: gbp('10.00'), isLast: false }, uncollected),
    ).toEqual({
      spendable: 12,
      pending: 0,
    });
  });

  it('given it is canceled or comes back, then they are gone', () => {
    const delivered = { type: 'DELIVERED', amount: gbp('30.00'), isLast: true } as const;
    expect(pointsAfter('30.00', { type: 'CANCELED' })).toEqual({ spendable: 0, pending: 0 });
    expect(pointsAfter('30.00', delivered, { type: 'RETURNED', amount: gbp('10.00') })).toEqual({
      spendable: 20,
      pending: 0,
    });
  });

  it('given anything happens in any order, then neither sum is negative nor more than the order brings', () => {
    const cents = fc.integer({ min: 0, max: 5_000 }).map((value) => gbp((value / 100).toFixed(2)));
    const fact: fc.Arbitrary<LoyaltyFact> = fc.oneof(
      fc.record({
        type: fc.constantFrom('DELIVERED' as const, 'UNCOLLECTED' as const),
        amount: cents,
        isLast: fc.boolean(),
      }),
      fc.constant({ type: 'CANCELED' as const }),
      cents.map((amount) => ({ type: 'RETURNED' as const, amount })),
    );
    fc.assert(
      fc.property(cents, fc.array(fact, { maxLength: 8 }), ({ amount }, facts) => {
        const whole = pointsAfter(amount).pending;
        const { spendable, pending } = pointsAfter(amount, ...facts);
        expect(spendable).toBeGreaterThanOrEqual(0);
        expect(pending).toBeGreaterThanOrEqual(0);
        expect(spendable + pending).toBeLessThanOrEqual(whole);
      }),
    );
  });
});
