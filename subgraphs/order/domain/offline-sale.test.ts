import { describe, expect, it } from 'vitest';
import type { Identity } from '../../../platform/identity/identity.ts';
import { batchErrors, inSale, type OfflineSaleInput, readOfflineSale, ticketErrors } from './offline-sale.ts';

const NOON = new Date('2026-03-31T12:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const cashier: Identity = {
  subject: 'cashier',
  kind: 'user',
  roles: ['associate'],
  scopes: ['order:write', 'order:price'],
  clientId: 'till',
};
const earlierBy = (ms: number) => new Date(NOON.getTime() - ms).toISOString();

function sale(more: Partial<OfflineSaleInput> = {}): OfflineSaleInput {
  return {
    registerTransactionId: '42',
    occurredAt: earlierBy(DAY_MS),
    lines: [{ variantId: 'lamp', quantity: { value: '1', unit: 'C62' }, method: 'IN_STORE_CASH_AND_CARRY' }],
    paymentIds: ['cash'],
    total: { amount: '12.50', currencyCode: 'GBP' },
    ...more,
  };
}
const read = (more: Partial<OfflineSaleInput>, identity = cashier) =>
  readOfflineSale(sale(more), { index: 3, locationId: 'store', channelId: 'pos', identity, now: NOON });
const batch = (sales: readonly OfflineSaleInput[], more: Record<string, unknown> = {}) => ({
  idempotencyKey: 'key',
  locationId: 'store',
  registerId: 'R1',
  sales,
  ...more,
});
const codes = (errors: readonly { code: string; field: readonly string[] | null }[]) =>
  errors.map(({ code, field }) => `${code} ${field?.join('.')}`);

describe('a sale of a till', () => {
  it('is an order of its place and its time', () => {
    expect(read({})).toMatchObject({
      ok: true,
      value: {
        channelId: 'pos',
        customerId: null,
        placedAt: new Date(earlierBy(DAY_MS)),
        lines: [{ locationId: 'store' }],
      },
    });
  });

  it.each([
    ['just 30 days old', 30 * DAY_MS, true],
    ['older than 30 days', 30 * DAY_MS + 1, false],
    ['five minutes ahead', -5 * MINUTE_MS, true],
    ['further ahead', -5 * MINUTE_MS - 1, false],
  ])('given it is %s, by the time it is sent: %s', (_, agoMs, ok) => {
    const decision = read({ occurredAt: earlierBy(agoMs) });
    expect(decision.ok).toBe(ok);
    if (!decision.ok)
      expect(codes(decision.errors)).toEqual(['OCCURRED_AT_INVALID input.sales.3.occurredAt']);
  });

  it('names everything that is wrong of it, at its own fields', () => {
    const [line] = sale().lines;
    if (line === undefined) throw new Error('a sale has a line');
    const decision = read(
      {
        occurredAt: earlierBy(-DAY_MS),
        lines: [
          { ...line, method: 'SHIP' },
          { ...line, locationId: 'depot', quantity: { value: '0', unit: 'C62' } },
          { ...line, unitPrice: { amount: '1.00', currencyCode: 'GBP' } },
        ],
      },
      { ...cashier, scopes: ['order:write'] },
    );
    expect(decision.ok ? [] : codes(decision.errors)).toEqual([
      'OCCURRED_AT_INVALID input.sales.3.occurredAt',
      'METHOD_INVALID input.sales.3.lines.0.method',
      'LOCATION_MISMATCH input.sales.3.lines.1.locationId',
      'QUANTITY_INVALID input.sales.3.lines.1.quantity',
      'FORBIDDEN input.sales.3.lines.2.unitPrice',
    ]);
  });

  it('has its total where an order has what was expected', () => {
    const error = {
      code: 'TOTAL_MISMATCH',
      message: '',
      field: ['input', 'expectedTotal'],
      retryable: false,
    };
    expect(inSale(error, 7).field).toEqual(['input', 'sales', '7', 'total']);
  });
});

describe('a batch', () => {
  it('is within its limits', () => {
    expect(batchErrors(batch([sale()]), { ...cashier, locationId: 'store' })).toEqual([]);
    const long = sale({ lines: Array.from({ length: 1_001 }, () => sale().lines).flat() });
    expect(codes(batchErrors(batch([long, long]), cashier))).toEqual(['SALES_INVALID input.sales']);
    expect(codes(batchErrors(batch([], { registerId: ' R1' }), { ...cashier, locationId: 'depot' }))).toEqual(
      ['SALES_INVALID input.sales', 'REGISTER_INVALID input.registerId', 'FORBIDDEN input.locationId'],
    );
  });

  it.each(['', ' ', '42 ', 'x'.repeat(65)])('has no sale with the number "%s"', (registerTransactionId) => {
    expect(codes(ticketErrors(sale({ registerTransactionId }), 0))).toEqual([
      'TICKET_INVALID input.sales.0.registerTransactionId',
    ]);
  });
});
