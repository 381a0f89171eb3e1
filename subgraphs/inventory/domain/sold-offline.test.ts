import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLevel, isBalanced } from './level.ts';
import { applyDelta, deltaOf, transactionId } from './movement.ts';
import { type SoldOffline, salesOf } from './sold-offline.ts';

const NINE = new Date('2026-03-01T09:00:00Z');
const ticket = (more: Partial<SoldOffline> = {}): SoldOffline => ({
  locationId: 'store',
  registerId: 'R1',
  registerTransactionId: '42',
  occurredAt: NINE,
  lines: [
    { variantId: 'lamp', quantity: 2 },
    { variantId: 'cup', quantity: 1 },
  ],
  ...more,
});
const pieces = () => 'C62';
const idsOf = (sold: SoldOffline) => salesOf(sold, pieces).map(transactionId);

describe('what a till sold without the line', () => {
  it('left what was available when it was sold, each article on a line of its own', () => {
    expect(salesOf(ticket(), (id) => (id === 'lamp' ? 'C62' : 'PR'))).toMatchObject([
      {
        type: 'SALE',
        variantId: 'lamp',
        quantity: 2,
        unit: 'C62',
        from: 'available',
        to: null,
        occurredAt: NINE,
      },
      {
        type: 'SALE',
        variantId: 'cup',
        quantity: 1,
        unit: 'PR',
        from: 'available',
        to: null,
        occurredAt: NINE,
      },
    ]);
  });

  it('given the same ticket, makes the same lines; given another one, however alike, makes others', () => {
    expect(idsOf(ticket())).toEqual(idsOf(ticket({ occurredAt: new Date() })));
    const others = [
      ticket({ registerId: 'R2' }),
      ticket({ locationId: 'depot' }),
      ticket({ registerTransactionId: '43' }),
      ticket({ registerId: 'R1/42', registerTransactionId: '0' }),
      ticket({ registerId: 'R1', registerTransactionId: '42/0' }),
    ];
    const all = [ticket(), ...others].flatMap(idsOf);
    expect(new Set(all).size).toBe(all.length);
  });

  it('given tickets in any order and as often as one likes, comes to the same stock, and the balance holds at every step', () => {
    const tickets = fc.uniqueArray(
      fc.record({ number: fc.nat({ max: 40 }), units: fc.integer({ min: 1, max: 9 }) }),
      { selector: ({ number }) => number, minLength: 1, maxLength: 12 },
    );
    const deliveries = tickets.chain((sold) =>
      fc.record({
        sold: fc.constant(sold),
        told: fc.array(fc.constantFrom(...sold), { maxLength: 30 }),
      }),
    );
    fc.assert(
      fc.property(deliveries, ({ sold, told }) => {
        const booked = new Set<string>();
        let level = { ...emptyLevel('lamp', 'store', 'C62'), onHand: 5, available: 5 };
        for (const { number, units } of [...told, ...sold]) {
          const lines = salesOf(
            ticket({
              registerTransactionId: String(number),
              lines: [{ variantId: 'lamp', quantity: units }],
            }),
            pieces,
          ).filter((line) => !booked.has(transactionId(line)));
          level = applyDelta(level, deltaOf(lines));
          for (const line of lines) booked.add(transactionId(line));
          expect(isBalanced(level)).toBe(true);
        }
        expect(level.onHand).toBe(5 - sold.reduce((sum, { units }) => sum + units, 0));
      }),
    );
  });
});
