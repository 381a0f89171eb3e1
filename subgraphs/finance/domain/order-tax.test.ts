import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, zero } from '../../../platform/money.ts';
import { estimateTax, type KnownRate, quoteRequestOf, type Taxable } from './order-tax.ts';

const NOON = new Date('2026-03-01T12:00:00Z');
const STANDARD: KnownRate = { jurisdiction: 'GB', taxCode: 'STANDARD', rate: '0.2' };
const REDUCED: KnownRate = { jurisdiction: 'GB', taxCode: 'REDUCED', rate: '0.05' };

function order(amounts: readonly string[], change: Partial<Taxable> = {}): Taxable {
  return {
    _id: 'order-1',
    orderNumber: 'UC-1',
    currencyCode: 'GBP',
    country: 'GB',
    pricesIncludeTax: true,
    lines: amounts.map((amount, index) => ({
      orderLineId: `line-${index}`,
      taxCategoryCode: 'standard',
      amount,
    })),
    ...change,
  };
}

describe('asking what an order is taxed', () => {
  it('given the same order, then it is the same question, whoever asks and however amounts are written', () => {
    const first = quoteRequestOf(order(['12.5']), 'trace-1');
    const again = quoteRequestOf(order(['12.50']), 'trace-2');
    expect(again.reference).toBe(first.reference);
    expect(first.reference).toMatch(/^UC-1-[0-9a-f]{12}$/);
  });

  it('given other lines, another country or other prices, then it is another question', () => {
    const references = [
      order(['12.50']),
      order(['12.51']),
      order(['12.50'], { country: 'NL' }),
      order(['12.50'], { pricesIncludeTax: false }),
    ].map((each) => quoteRequestOf(each, 'trace').reference);
    expect(new Set(references).size).toBe(4);
  });
});

describe('an estimate while nobody says what the tax is', () => {
  it('given the last rates, then it is the part of the prices that they make, and is no quote', () => {
    expect(estimateTax(order(['12.58', '12.58']), new Map([['standard', STANDARD]]), NOON)).toEqual({
      quoteId: null,
      calculatedAt: NOON,
      total: '4.20',
      roundingAdjustment: '0.00',
      lines: ['line-0', 'line-1'].map((orderLineId) => ({
        ...STANDARD,
        orderLineId,
        taxable: '10.48',
        amount: '2.10',
      })),
    });
  });

  it('given a category that was never taxed before, then there is none', () => {
    expect(estimateTax(order(['12.58']), new Map([['reduced', REDUCED]]), NOON)).toBeNull();
  });

  it('always: what is taxed and its tax are the price, or the price is what is taxed; the total is its lines', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 30 }),
        fc.boolean(),
        fc.constantFrom(STANDARD, REDUCED),
        (pennies, pricesIncludeTax, rate) => {
          const amounts = pennies.map((value) => decimal(String(value)).div(decimal('100')).toFixed(2));
          const tax = estimateTax(order(amounts, { pricesIncludeTax }), new Map([['standard', rate]]), NOON);
          const sum = (tax?.lines ?? []).reduce((all, { amount }) => all.plus(decimal(amount)), zero);
          expect(tax?.total).toBe(sum.toFixed(2));
          for (const [index, line] of (tax?.lines ?? []).entries()) {
            const price = pricesIncludeTax
              ? decimal(line.taxable).plus(decimal(line.amount))
              : decimal(line.taxable);
            expect(price.toFixed(2)).toBe(amounts[index]);
          }
        },
      ),
    );
  });
});
