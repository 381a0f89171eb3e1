import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SalesOrder } from '../../canonical/sales-order.ts';
import { refuseJournalEntry, refuseSalesOrder, refuseSalesReturn } from './sales-rules.ts';

const known = {
  item: (sku: string) =>
    sku === 'LAMP' ? { sku, baseUnit: 'C62', unitConversions: [{ unit: 'BX', factor: '6' }] } : undefined,
  hasChannel: (code: string) => code === 'web',
  hasCustomer: (code: string) => code === 'C-1',
  hasLocation: (code: string) => code === 'DC-1',
};

const line = {
  lineReference: 'l1',
  sku: 'LAMP',
  quantity: '2',
  unit: 'C62',
  unitPrice: '12.50',
  amount: '25.00',
};

function order(change: Partial<SalesOrder> = {}): SalesOrder {
  return {
    reference: 'O-1',
    channelCode: 'web',
    currencyCode: 'EUR',
    placedAt: '2026-03-01T10:00:00Z',
    lines: [line],
    charges: [{ code: 'SHIPPING', amount: '4.95' }],
    total: '29.95',
    correlationId: 'trace',
    ...change,
  };
}

describe('the ERP, given a sales order', () => {
  it('takes one whose parties it knows and whose sums are right', () => {
    expect(refuseSalesOrder(order({ customerCode: 'C-1' }), known)).toBeNull();
  });

  it.each([
    ['a channel it does not know', { channelCode: 'shop' }, 'UNKNOWN_CHANNEL', ['channelCode']],
    ['a customer it does not know', { customerCode: 'C-9' }, 'UNKNOWN_CUSTOMER', ['customerCode']],
    [
      'a SKU it does not know',
      { lines: [line, { ...line, sku: 'X' }] },
      'UNKNOWN_SKU',
      ['lines', '1', 'sku'],
    ],
    [
      'a unit the item is not kept in',
      { lines: [{ ...line, unit: 'KGM' }] },
      'UNKNOWN_UNIT',
      ['lines', '0', 'unit'],
    ],
    [
      'a location it does not know',
      { lines: [{ ...line, locationCode: 'DC-9' }] },
      'UNKNOWN_LOCATION',
      ['lines', '0', 'locationCode'],
    ],
    [
      'a line that is a cent off',
      { lines: [{ ...line, amount: '25.01' }] },
      'AMOUNT_MISMATCH',
      ['lines', '0', 'amount'],
    ],
    ['a total that is a cent off', { total: '29.96' }, 'TOTAL_MISMATCH', ['total']],
    ['a total without the shipping', { total: '25.00' }, 'TOTAL_MISMATCH', ['total']],
  ])('refuses %s', (_, change, code, field) => {
    expect(refuseSalesOrder(order(change), known)).toMatchObject({ code, field });
  });

  it('rounds a line half up to what the currency can be paid in', () => {
    const thirds = { ...line, quantity: '3', unitPrice: '0.335', amount: '1.01' };
    expect(refuseSalesOrder(order({ lines: [thirds], charges: [], total: '1.01' }), known)).toBeNull();
    const yen = { ...line, quantity: '3', unitPrice: '100.5', amount: '302' };
    const inYen = order({ currencyCode: 'JPY', lines: [yen], charges: [], total: '302' });
    expect(refuseSalesOrder(inYen, known)).toBeNull();
  });

  it('takes every order whose sums are whole cents, and no order whose total is moved', () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 });
    const lines = fc.array(fc.record({ cents, quantity: fc.integer({ min: 1, max: 999 }) }), {
      minLength: 1,
      maxLength: 20,
    });
    const money = (amount: number) => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 500 }), (drawn, shift) => {
        const total = drawn.reduce((sum, { cents: price, quantity }) => sum + price * quantity, 0);
        const made = drawn.map(({ cents: price, quantity }, index) => ({
          ...line,
          lineReference: String(index),
          quantity: String(quantity),
          unitPrice: money(price),
          amount: money(price * quantity),
        }));
        const good = order({ lines: made, charges: [], total: money(total) });
        expect(refuseSalesOrder(good, known)).toBeNull();
        expect(refuseSalesOrder({ ...good, total: money(total + shift) }, known)?.code).toBe(
          'TOTAL_MISMATCH',
        );
      }),
    );
  });
});

describe('the ERP, given a return', () => {
  const goods = {
    reference: 'R-1',
    orderReference: 'O-1',
    channelCode: 'web',
    currencyCode: 'EUR',
    returnedAt: '2026-03-05T10:00:00Z',
    lines: [line],
    total: '25.00',
    correlationId: 'trace',
  };

  it('takes what the order still has, in whichever unit it comes', () => {
    expect(refuseSalesReturn(goods, known, new Map([['LAMP', '2']]))).toBeNull();
    const box = { ...line, quantity: '1', unit: 'BX', unitPrice: '75.00', amount: '75.00' };
    const boxed = { ...goods, lines: [box], total: '75.00' };
    expect(refuseSalesReturn(boxed, known, new Map([['LAMP', '6']]))).toBeNull();
    expect(refuseSalesReturn(boxed, known, new Map([['LAMP', '5']]))?.code).toBe('RETURN_EXCEEDS_ORDER');
  });

  it('refuses more than that, over all lines of a SKU together', () => {
    const twice = { ...goods, lines: [line, { ...line, lineReference: 'l2' }], total: '50.00' };
    expect(refuseSalesReturn(twice, known, new Map([['LAMP', '3']]))).toMatchObject({
      code: 'RETURN_EXCEEDS_ORDER',
      field: ['lines', '1', 'quantity'],
    });
  });

  it('takes one without an order, with nothing to compare it with', () => {
    const { orderReference: _, ...unreferenced } = goods;
    expect(refuseSalesReturn(unreferenced, known, null)).toBeNull();
  });
});

describe('the ledger', () => {
  const entry = {
    reference: 'J-1',
    postedOn: '2026-03-01',
    currencyCode: 'EUR',
    memo: 'm',
    correlationId: 'trace',
  };

  it('takes what balances to the last decimal and nothing else', () => {
    const sides = (debit: string, credit: string) => ({
      ...entry,
      lines: [
        { account: '1', debit },
        { account: '2', credit },
      ],
    });
    expect(refuseJournalEntry(sides('0.30', '0.3'))).toBeNull();
    expect(refuseJournalEntry(sides('0.30', '0.300001'))?.code).toBe('NOT_BALANCED');
  });
});
