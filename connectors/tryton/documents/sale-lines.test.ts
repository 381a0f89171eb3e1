import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../platform/money.ts';
import { type PricedLine, roundingTolerance, saleLines } from './sale-lines.ts';

const HIGH = 1;
const FIXED = 2;
const kettle = {
  id: 7,
  code: 'KETTLE',
  type: 'goods',
  'default_uom.': { id: 1, symbol: 'u' },
  'account_category.': { customer_taxes_used: [HIGH] },
};
const lamp = { ...kettle, id: 8, code: 'LAMP', 'account_category.': { customer_taxes_used: [FIXED] } };
const line: PricedLine = {
  reference: 'L1',
  sku: 'KETTLE',
  quantity: '3',
  unit: 'C62',
  amount: '149.85',
  field: ['lines', '0'],
};

function linesAt(rate: string, lines: readonly PricedLine[], sign: 1 | -1 = 1) {
  return saleLines(lines, {
    system: 'erp',
    products: new Map([kettle, lamp].map((product) => [product.code, product])),
    factorOf: (taxes) => (taxes.includes(FIXED) ? null : decimal('1').plus(decimal(rate))),
    sign,
  });
}

const priceOf = (made: Record<string, unknown> | undefined) =>
  decimal(String(Reflect.get(Object(made?.['unit_price']), 'decimal')));

describe('the lines of a sale', () => {
  it('given a price with tax, carry the price without it and the tax to add', () => {
    expect(linesAt('0.21', [line])).toEqual([
      {
        type: 'line',
        product: 7,
        quantity: 3,
        unit: 1,
        unit_price: { __class__: 'Decimal', decimal: '41.281' },
        taxes: [['add', [HIGH]]],
        note: 'L1',
      },
    ]);
  });

  it('given goods that come back, have a quantity below zero and a price above', () => {
    const [made] = linesAt('0.21', [line], -1);
    expect(made).toMatchObject({ quantity: -3, unit_price: { decimal: '41.281' } });
  });

  it.each([
    [{ sku: 'NO-SUCH' }, 'UNKNOWN_SKU', 'sku'],
    [{ unit: 'KGM' }, 'UNKNOWN_UNIT', 'unit'],
    [{ sku: 'LAMP' }, 'UNSUPPORTED_TAX', 'sku'],
  ])('given %j, are refused with %s', (change, code, name) => {
    expect(() => linesAt('0.21', [{ ...line, ...change }])).toThrow(
      expect.objectContaining({ outcome: 'rejected', code, field: ['lines', '0', name] }),
    );
  });

  it('given any prices and taxes, come to the price on the shelf again but for what rounding explains', () => {
    const priced = fc.record({
      cents: fc.integer({ min: 0, max: 500_000 }),
      quantity: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(
        fc.array(priced, { minLength: 1, maxLength: 30 }),
        fc.constantFrom('0', '0.05', '0.09', '0.175', '0.21', '0.27'),
        (articles, rate) => {
          const lines = articles.map(({ cents, quantity }, index) => ({
            ...line,
            reference: String(index),
            quantity: String(quantity),
            amount: decimal(String(cents))
              .times(decimal(String(quantity)))
              .div(decimal('100'))
              .toFixed(2),
          }));
          const made = linesAt(rate, lines);
          // As Tryton adds up: each line to the cent, then the tax on their sum.
          const net = lines.reduce(
            (sum, { quantity }, index) => sum.plus(priceOf(made[index]).times(decimal(quantity)).round(2)),
            decimal('0'),
          );
          const total = net.plus(net.times(decimal(rate)).round(2));
          const due = lines.reduce((sum, { amount }) => sum.plus(decimal(amount)), decimal('0'));
          expect(total.minus(due).abs().lte(roundingTolerance(lines))).toBe(true);
        },
      ),
    );
  });
});
