import { describe, expect, it } from 'vitest';
import { type RequestReturnInput, readReturnRequest } from './request-return.ts';
import { agent, associate, NOW, pieces, shopper } from './return-samples.ts';

const line = { orderLineId: 'line-1', variantId: 'mug', quantity: pieces(2), reasonCode: 'DAMAGED' };
const loose = { variantId: 'mug', quantity: pieces(2), reasonCode: 'DAMAGED' };
const referenced = (change: Partial<RequestReturnInput> = {}): RequestReturnInput => ({
  type: 'REFERENCED',
  orderId: 'order-1',
  lines: [line],
  ...change,
});
const unreferenced = (change: Partial<RequestReturnInput> = {}): RequestReturnInput => ({
  type: 'UNREFERENCED',
  channelId: 'web',
  locationId: 'store',
  lines: [loose],
  ...change,
});

describe('reading a request to give goods back', () => {
  it('takes goods of an order from a shopper', () => {
    expect(readReturnRequest(referenced(), shopper('c1'), NOW)).toEqual({
      ok: true,
      value: {
        type: 'REFERENCED',
        orderId: 'order-1',
        locationId: null,
        lines: [
          {
            orderLineId: 'line-1',
            variantId: 'mug',
            units: 2,
            unit: 'C62',
            reasonCode: 'DAMAGED',
            unitPrice: null,
          },
        ],
      },
    });
  });

  it('takes goods without a receipt from staff only', () => {
    expect(readReturnRequest(unreferenced(), shopper('c1'), NOW)).toMatchObject({
      ok: false,
      errors: [{ code: 'FORBIDDEN', field: ['input', 'type'] }],
    });
    expect(readReturnRequest(unreferenced(), agent, NOW)).toMatchObject({ ok: true });
  });

  it('takes a price from those who may name one', () => {
    const input = unreferenced({ lines: [{ ...loose, unitPrice: { amount: '1.50', currencyCode: 'GBP' } }] });
    expect(readReturnRequest(input, associate, NOW)).toMatchObject({ ok: true });
    expect(readReturnRequest(input, agent, NOW)).toMatchObject({
      errors: [{ code: 'FORBIDDEN', field: ['input', 'lines', '0', 'unitPrice'] }],
    });
  });

  it("takes an associate's own place when none is named", () => {
    const { locationId: _, ...elsewhere } = unreferenced();
    expect(readReturnRequest(elsewhere, { ...associate, locationId: 'kiosk' }, NOW)).toMatchObject({
      value: { locationId: 'kiosk' },
    });
  });

  it.each(['0', '-1', '1.5', 'many'])('refuses %s units, naming the field', (value) => {
    const input = referenced({ lines: [line, { ...line, quantity: pieces(value) }] });
    expect(readReturnRequest(input, associate, NOW)).toMatchObject({
      errors: [{ code: 'QUANTITY_INVALID', field: ['input', 'lines', '1', 'quantity'] }],
    });
  });

  it.each([
    ['no lines', unreferenced({ lines: [] }), 'LINES_INVALID', ['input', 'lines']],
    [
      'too many lines',
      unreferenced({ lines: Array.from({ length: 2_001 }, () => loose) }),
      'LINES_INVALID',
      ['input', 'lines'],
    ],
    ['no order', referenced({ orderId: null }), 'ORDER_UNKNOWN', ['input', 'orderId']],
    ['no channel', unreferenced({ channelId: null }), 'CHANNEL_UNKNOWN', ['input', 'channelId']],
    ['no place', unreferenced({ locationId: null }), 'LOCATION_UNKNOWN', ['input', 'locationId']],
    [
      'the future',
      unreferenced({ occurredAt: '2026-03-20T10:06:00Z' }),
      'OCCURRED_AT_INVALID',
      ['input', 'occurredAt'],
    ],
    [
      'a blank reason',
      unreferenced({ lines: [{ ...loose, reasonCode: ' ' }] }),
      'REASON_INVALID',
      ['input', 'lines', '0', 'reasonCode'],
    ],
    [
      'a negative price',
      unreferenced({ lines: [{ ...loose, unitPrice: { amount: '-1', currencyCode: 'GBP' } }] }),
      'PRICE_INVALID',
      ['input', 'lines', '0', 'unitPrice'],
    ],
    [
      'a price on goods of an order',
      referenced({ lines: [{ ...line, unitPrice: { amount: '1', currencyCode: 'GBP' } }] }),
      'RETURN_TYPE_MISMATCH',
      ['input', 'lines', '0', 'unitPrice'],
    ],
    [
      'an order on goods without one',
      unreferenced({ orderId: 'order-1' }),
      'RETURN_TYPE_MISMATCH',
      ['input', 'orderId'],
    ],
    [
      'another customer than the order has',
      referenced({ customerId: 'c2' }),
      'RETURN_TYPE_MISMATCH',
      ['input', 'customerId'],
    ],
  ] as const)('refuses %s', (_what, input, code, field) => {
    expect(readReturnRequest(input, associate, NOW)).toMatchObject({ ok: false, errors: [{ code, field }] });
  });
});
