import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, money, zero } from '../../../platform/money.ts';
import type { PlaceRequest } from './place-request.ts';
import { lineAmount, priceOrder, type SalableVariant } from './price-lines.ts';

const gbp = (amount: string) => money(amount, 'GBP');
const channel = {
  id: 'web',
  code: 'web-uk',
  market: 'GB',
  defaultCurrency: 'GBP',
  priceIncludesTax: true,
};

const variant = (id: string, more: Partial<SalableVariant> = {}): SalableVariant => ({
  id,
  sku: id.toUpperCase(),
  title: id,
  baseUnit: 'C62',
  trackInventory: true,
  taxCategoryCode: 'STANDARD',
  salable: true,
  price: { list: gbp('4.00'), sale: null },
  ...more,
});

const wanted = (variantId: string, units = 1, unitPrice: ReturnType<typeof gbp> | null = null) => ({
  variantId,
  units,
  unit: 'C62',
  locationId: null,
  method: 'SHIP' as const,
  unitPrice,
});

function price(lines: PlaceRequest['lines'], total: string, ...variants: SalableVariant[]) {
  const request = {
    channelId: 'web',
    customerId: null,
    lines,
    reservationIds: [],
    paymentIds: [],
    expectedTotal: gbp(total),
    placedAt: new Date(0),
    destination: null,
  };
  return priceOrder(request, channel, new Map(variants.map((one) => [one.id, one])));
}

describe('pricing an order', () => {
  it('given a reduced price, then it counts; one brought along counts before both', () => {
    const reduced = variant('cup', { price: { list: gbp('4.00'), sale: gbp('3.00') } });
    expect(price([wanted('cup', 2)], '6.00', reduced)).toMatchObject({ ok: true });
    expect(price([wanted('cup', 2, gbp('2.50'))], '5.00', reduced)).toMatchObject({ ok: true });
  });

  it('given another total than the buyer was told, then the right one is answered', () => {
    expect(price([wanted('cup', 2)], '7.99', variant('cup'))).toMatchObject({
      ok: false,
      errors: [{ code: 'TOTAL_MISMATCH', field: ['input', 'expectedTotal'], rightTotal: gbp('8.00') }],
    });
  });

  it('given the same total in other digits, then it is the same', () => {
    expect(price([wanted('cup', 2)], '8', variant('cup'))).toMatchObject({ ok: true });
  });

  it('given lines that cannot be sold, then each says why', () => {
    const lines = ['gone', 'old', 'unpriced', 'foreign', 'cup'].map((id) => wanted(id));
    const answer = price(
      [...lines, { ...wanted('cup'), unit: 'KGM' }],
      '4.00',
      variant('old', { salable: false }),
      variant('unpriced', { price: null }),
      variant('foreign', { price: { list: money('4.00', 'EUR'), sale: null } }),
      variant('cup'),
    );
    expect(
      answer.ok ? [] : answer.errors.map(({ code, field }) => `${code} ${field?.slice(2).join('.')}`),
    ).toEqual([
      'VARIANT_UNKNOWN 0.variantId',
      'VARIANT_NOT_SALABLE 1.variantId',
      'PRICE_MISSING 2.variantId',
      'CURRENCY_MISMATCH 3.unitPrice',
      'UNIT_UNKNOWN 5.quantity.unit',
    ]);
  });

  it('given halves of a penny, then a line is rounded once, upwards', () => {
    expect(lineAmount(gbp('0.005'), 1)).toEqual(gbp('0.01'));
    expect(lineAmount(gbp('0.005'), 5)).toEqual(gbp('0.03'));
    expect(lineAmount(gbp('0.004'), 1)).toEqual(gbp('0.00'));
    expect(lineAmount(money('0.5', 'JPY'), 3)).toEqual(money('2', 'JPY'));
  });

  it('given any lines, then the total is exactly the sum of the lines, each within half a penny of what it is worth', () => {
    const mills = fc.integer({ min: 0, max: 100_000 });
    const units = fc.integer({ min: 1, max: 1_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(mills, units), { minLength: 1, maxLength: 8 }), (wishes) => {
        const lines = wishes.map(([mill, count]) => wanted('cup', count, gbp((mill / 1_000).toFixed(3))));
        const refused = price(lines, '-1', variant('cup'));
        const total = refused.ok ? undefined : refused.errors[0]?.rightTotal?.amount;
        const priced = price(lines, total ?? '', variant('cup'));
        if (!priced.ok) throw new Error('the right total was refused');
        const sum = priced.value.lines.reduce((all, { amount }) => all.plus(decimal(amount.amount)), zero);
        expect(sum.toFixed(2)).toBe(total);
        for (const [index, { amount }] of priced.value.lines.entries()) {
          const [mill = 0, count = 0] = wishes[index] ?? [];
          const exact = decimal((mill / 1_000).toFixed(3)).times(decimal(String(count)));
          expect(decimal(amount.amount).minus(exact).abs().lte(decimal('0.005'))).toBe(true);
        }
      }),
    );
  });
});
