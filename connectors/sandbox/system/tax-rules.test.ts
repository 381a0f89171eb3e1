import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, zero } from '../../../platform/money.ts';
import type { TaxQuoteRequest, TaxResult } from '../../canonical/tax-document.ts';
import { taxOf } from './tax-rules.ts';

function request(
  amounts: readonly string[],
  change: Partial<TaxQuoteRequest> & { categories?: readonly string[] } = {},
): TaxQuoteRequest {
  const { categories = [], ...rest } = change;
  return {
    reference: 'Q-1',
    orderReference: 'UC-1',
    country: 'GB',
    currencyCode: 'GBP',
    pricesIncludeTax: true,
    lines: amounts.map((amount, index) => ({
      lineReference: `line-${index}`,
      taxCategory: categories[index] ?? 'STANDARD',
      amount,
    })),
    correlationId: 'trace',
    ...rest,
  };
}

function tax(asked: TaxQuoteRequest): TaxResult {
  const result = taxOf(asked);
  if ('code' in result) throw new Error(result.message);
  return result;
}

describe('what the tax system makes of an order', () => {
  it('given prices that contain tax, then it takes the part that is tax', () => {
    expect(tax(request(['12.00']))).toEqual({
      total: '2.00',
      roundingAdjustment: '0.00',
      lines: [
        {
          lineReference: 'line-0',
          jurisdiction: 'GB',
          taxCode: 'STANDARD',
          rate: '0.2',
          taxable: '10.00',
          amount: '2.00',
        },
      ],
    });
  });

  it('given prices without tax, then it comes on top', () => {
    expect(tax(request(['10.00'], { pricesIncludeTax: false })).lines).toMatchObject([
      { taxable: '10.00', amount: '2.00' },
    ]);
  });

  it('given lines of one rate that are each rounded up, then the order is rounded once and the rest is told', () => {
    // 12.58 contains 2.0966..., so each line says 2.10; the three together contain 6.29.
    expect(tax(request(['12.58', '12.58', '12.58']))).toMatchObject({
      total: '6.29',
      roundingAdjustment: '-0.01',
      lines: [{ amount: '2.10' }, { amount: '2.10' }, { amount: '2.10' }],
    });
  });

  it('given lines of several rates, then each is taxed at its own, whatever the case of its category', () => {
    const result = tax(request(['10.50', '12.00', '7.00'], { categories: ['reduced', 'Standard', 'ZERO'] }));
    expect(result.lines.map(({ taxCode, amount }) => `${taxCode} ${amount}`)).toEqual([
      'REDUCED 0.50',
      'STANDARD 2.00',
      'ZERO 0.00',
    ]);
    expect(result.total).toBe('2.50');
  });

  it('given a currency without pennies, then nothing smaller is owed', () => {
    expect(tax(request(['1000'], { currencyCode: 'JPY' })).total).toBe('167');
  });

  it('given a country or category it does not know, then it says so and taxes nothing', () => {
    expect(taxOf(request(['1.00'], { country: 'XX' }))).toMatchObject({
      code: 'UNKNOWN_JURISDICTION',
      field: ['country'],
    });
    expect(taxOf(request(['1.00', '1.00'], { categories: ['STANDARD', 'odd'] }))).toMatchObject({
      code: 'UNKNOWN_TAX_CATEGORY',
      field: ['lines', '1', 'taxCategory'],
    });
  });

  it('always: the total is the lines and the adjustment, which is less than a penny a line; amounts are kept', () => {
    const line = fc.record({
      pennies: fc.integer({ min: 0, max: 10_000_000 }),
      category: fc.constantFrom('STANDARD', 'REDUCED', 'ZERO', 'EXEMPT'),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.constantFrom('GB', 'NL', 'FR', 'IE'),
        fc.boolean(),
        (lines, country, pricesIncludeTax) => {
          const amounts = lines.map(({ pennies }) => decimal(String(pennies)).div(decimal('100')).toFixed(2));
          const categories = lines.map(({ category }) => category);
          const result = tax(request(amounts, { country, pricesIncludeTax, categories }));
          const sum = result.lines.reduce((all, { amount }) => all.plus(decimal(amount)), zero);
          const adjustment = decimal(result.roundingAdjustment);
          expect(sum.plus(adjustment).toFixed(2)).toBe(result.total);
          expect(adjustment.abs().lte(decimal(String(lines.length)).times(decimal('0.01')))).toBe(true);
          for (const [index, { taxable, amount }] of result.lines.entries()) {
            const gross = pricesIncludeTax ? decimal(taxable).plus(decimal(amount)) : decimal(taxable);
            expect(gross.toFixed(2)).toBe(amounts[index]);
          }
        },
      ),
    );
  });
});
