import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { salesReturnSchema } from '../../../connectors/canonical/sales-order.ts';
import { money, multiplyMoney, roundMoney, sumMoney } from '../../../platform/money.ts';
import { inspect } from './inspect-return.ts';
import type { DispositionCode, Return } from './return.ts';
import { refundableTotal } from './return-amount.ts';
import { goodsBack, NOW, pieces, returnLine } from './return-samples.ts';
import { salesReturnOf } from './sales-return.ts';

const codeOf = (id: string) => ({ dc: 'DC-1', store: 'ST-1' })[id];

function inspected(goods: Return, decisions: readonly [DispositionCode, number, string?][]): Return {
  const input = {
    decisions: decisions.map(([code, units, locationId = 'dc']) => ({
      returnLineId: 'back-1',
      code,
      quantity: pieces(units),
      locationId,
    })),
  };
  const decision = inspect(goods, input, NOW);
  if (!decision.ok) throw new Error(JSON.stringify(decision.errors));
  return decision.value;
}

describe('a return as the ERP is told', () => {
  it('has what was accepted, split by where it went', () => {
    const goods = goodsBack({ lines: [returnLine({ requested: 6, received: 6 })] });
    const document = salesReturnOf(
      inspected(goods, [
        ['RESTOCK', 2],
        ['RESTOCK_OTHER_LOCATION', 1, 'store'],
        ['SCRAP', 2],
        ['MISSING', 1],
      ]),
      codeOf,
    );
    expect(document).toEqual({
      reference: 'RMA-1',
      orderReference: 'UC-1',
      customerCode: 'C-1',
      channelCode: 'web-uk',
      currencyCode: 'GBP',
      returnedAt: '2026-03-20T10:00:00.000Z',
      lines: [
        {
          lineReference: 'back-1',
          sku: 'MUG',
          quantity: '2',
          unit: 'C62',
          unitPrice: '2.50',
          amount: '5.00',
          restockedAt: 'DC-1',
        },
        {
          lineReference: 'back-1/2',
          sku: 'MUG',
          quantity: '1',
          unit: 'C62',
          unitPrice: '2.50',
          amount: '2.50',
          restockedAt: 'ST-1',
        },
        {
          lineReference: 'back-1/3',
          sku: 'MUG',
          quantity: '2',
          unit: 'C62',
          unitPrice: '2.50',
          amount: '5.00',
        },
      ],
      total: '12.50',
      correlationId: 'trace',
    });
    expect(salesReturnSchema.safeParse(document).success).toBe(true);
  });

  it('without an order or a customer names neither, and is dated when the goods came back', () => {
    const goods = goodsBack({
      type: 'UNREFERENCED',
      orderNumber: null,
      customerCode: null,
      occurredAt: new Date('2011-12-09T12:00:00Z'),
    });
    const document = salesReturnOf(inspected(goods, [['RESTOCK', 3]]), codeOf);
    expect(document).not.toHaveProperty('orderReference');
    expect(document).not.toHaveProperty('customerCode');
    expect(document.returnedAt).toBe('2011-12-09T12:00:00.000Z');
  });

  it('comes to exactly what the customer was told, and every line to its price, also with parts of a cent', () => {
    const price = fc.integer({ min: 0, max: 9_999_999 }).map((milli) => (milli / 1_000).toFixed(3));
    const portions = fc.array(
      fc.tuple(
        fc.constantFrom<DispositionCode>('RESTOCK', 'QUARANTINE', 'SCRAP', 'MISSING'),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom('dc', 'store'),
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(price, portions, (unitPrice, decisions) => {
        const received = decisions.reduce((sum, [, units]) => sum + units, 0);
        const goods = inspected(
          goodsBack({ lines: [returnLine({ requested: received, received, unitPrice })] }),
          decisions,
        );
        const { lines, total } = salesReturnOf(goods, codeOf);
        expect(total).toBe(refundableTotal(goods).amount);
        expect(
          sumMoney(
            lines.map(({ amount }) => money(amount, 'GBP')),
            'GBP',
          ).amount,
        ).toBe(total);
        for (const line of lines) {
          expect(line.amount).toBe(
            roundMoney(multiplyMoney(money(line.unitPrice, 'GBP'), line.quantity)).amount,
          );
        }
      }),
    );
  });
});
