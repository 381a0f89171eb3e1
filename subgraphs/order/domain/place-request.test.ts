import { describe, expect, it } from 'vitest';
import { type Identity, SCOPES_BY_ROLE, serviceIdentity } from '../../../platform/identity/identity.ts';
import { type PlaceOrderInput, readPlaceRequest } from './place-request.ts';

const now = new Date('2026-03-01T12:00:00Z');
const staff = serviceIdentity('test');
const shopper: Identity = {
  subject: 'ada',
  kind: 'user',
  roles: ['shopper'],
  scopes: [],
  customerId: 'customer-ada',
  clientId: 'shop',
};
const cashier: Identity = {
  subject: 'till',
  kind: 'user',
  roles: ['associate'],
  scopes: SCOPES_BY_ROLE.associate,
  locationId: 'store-1',
  clientId: 'till',
};

const lamp = { variantId: 'lamp', quantity: { value: '2', unit: 'C62' }, method: 'SHIP' as const };
const input = (more: Partial<PlaceOrderInput> = {}): PlaceOrderInput => ({
  idempotencyKey: 'key',
  channelId: 'web',
  lines: [lamp],
  paymentIds: ['payment'],
  expectedTotal: { amount: '25.00', currencyCode: 'GBP' },
  ...more,
});
const errorsOf = (more: Partial<PlaceOrderInput>, identity = staff) => {
  const read = readPlaceRequest(input(more), identity, now);
  return read.ok ? [] : read.errors.map(({ code, field }) => `${code} ${field?.slice(1).join('.')}`);
};
const requestOf = (more: Partial<PlaceOrderInput>, identity = staff) => {
  const read = readPlaceRequest(input(more), identity, now);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.value;
};

describe('a request to buy', () => {
  it('given nothing special, then it is for a guest, now, in whole units', () => {
    expect(requestOf({})).toMatchObject({
      customerId: null,
      placedAt: now,
      reservationIds: [],
      lines: [{ variantId: 'lamp', units: 2, locationId: null, unitPrice: null }],
    });
  });

  it('given several mistakes, then each is named, not only the first', () => {
    const unpriced = { ...lamp, quantity: { value: '0.5', unit: 'C62' } };
    const negative = { ...lamp, unitPrice: { amount: '-0.01', currencyCode: 'GBP' } };
    expect(errorsOf({ lines: [lamp, unpriced, negative], clientPlacedAt: '2026-03-02T12:00:00Z' })).toEqual([
      'PLACED_AT_INVALID clientPlacedAt',
      'QUANTITY_INVALID lines.1.quantity',
      'PRICE_INVALID lines.2.unitPrice',
    ]);
  });

  it('given a till whose clock is a little ahead, then its time counts; a time further ahead is refused', () => {
    expect(requestOf({ clientPlacedAt: '2026-03-01T12:05:00Z' }).placedAt).toEqual(
      new Date('2026-03-01T12:05:00Z'),
    );
    expect(errorsOf({ clientPlacedAt: '2026-03-01T12:05:00.001Z' })).toEqual([
      'PLACED_AT_INVALID clientPlacedAt',
    ]);
  });

  it('given as much as one may ask for, then it is read; one more is refused', () => {
    const many = (length: number) => Array.from({ length }, (_, index) => String(index));
    expect(errorsOf({ lines: many(2_000).map(() => lamp), paymentIds: many(20) })).toEqual([]);
    expect(
      errorsOf({
        lines: many(2_001).map(() => lamp),
        paymentIds: many(21),
        reservationIds: many(2_001),
      }),
    ).toEqual(['LINES_INVALID lines', 'PAYMENTS_INVALID paymentIds', 'RESERVATIONS_INVALID reservationIds']);
    expect(errorsOf({ lines: [] })).toEqual(['LINES_INVALID lines']);
  });
});

describe('who buys', () => {
  it('given a shopper, then the own account is meant when none is named, and no other may be', () => {
    expect(requestOf({}, shopper).customerId).toBe('customer-ada');
    expect(requestOf({ customerId: 'customer-ada' }, shopper).customerId).toBe('customer-ada');
    expect(errorsOf({ customerId: 'customer-ben' }, shopper)).toEqual(['FORBIDDEN customerId']);
    expect(requestOf({ customerId: 'customer-ben' }, cashier).customerId).toBe('customer-ben');
  });
});

describe('a price brought along', () => {
  const priced = (amount: string) => ({ lines: [{ ...lamp, unitPrice: { amount, currencyCode: 'GBP' } }] });

  it.each(['0', '0.000001', '1000000000'])('given %s by a till, then it counts', (amount) => {
    expect(requestOf(priced(amount), cashier).lines[0]?.unitPrice?.amount).toBe(amount);
  });

  it.each(['-1', '0.0000001', '1000000000.01'])('given %s, then it is refused', (amount) => {
    expect(errorsOf(priced(amount), cashier)).toEqual(['PRICE_INVALID lines.0.unitPrice']);
  });

  it('given a caller without the scope, then none is accepted', () => {
    expect(errorsOf(priced('1'), shopper)).toEqual(['FORBIDDEN lines.0.unitPrice']);
  });
});

describe('goods carried home', () => {
  const carried = { ...lamp, method: 'IN_STORE_CASH_AND_CARRY' as const };

  it('given a till, then they lie in its own store unless another is named', () => {
    expect(requestOf({ lines: [carried] }, cashier).lines[0]?.locationId).toBe('store-1');
    expect(requestOf({ lines: [{ ...carried, locationId: 'store-2' }] }, cashier).lines[0]?.locationId).toBe(
      'store-2',
    );
  });

  it('given no store, then it has to be named', () => {
    expect(errorsOf({ lines: [carried] })).toEqual(['LOCATION_REQUIRED lines.0.locationId']);
  });
});
