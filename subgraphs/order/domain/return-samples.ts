/** Small data for the tests of returns: an order with its goods shipped, and goods of it that came back. */

import { type Identity, SCOPES_BY_ROLE } from '../../../platform/identity/identity.ts';
import { NOT_REQUIRED } from './erp-sync.ts';
import type { Order, OrderLine } from './order.ts';
import type { Return, ReturnLine } from './return.ts';

export const NOW = new Date('2026-03-20T10:00:00Z');

export const associate: Identity = {
  subject: 'anna',
  kind: 'user',
  roles: ['associate'],
  scopes: SCOPES_BY_ROLE.associate,
  clientId: 'till',
};
export const agent: Identity = {
  ...associate,
  subject: 'ben',
  roles: ['agent'],
  scopes: SCOPES_BY_ROLE.agent,
};
export const shopper = (customerId: string): Identity => ({
  subject: `login-${customerId}`,
  kind: 'user',
  roles: ['shopper'],
  scopes: [],
  customerId,
  clientId: 'shop',
});

export function orderLine(change: Partial<OrderLine> = {}): OrderLine {
  return {
    id: 'line-1',
    variantId: 'mug',
    sku: 'MUG',
    title: 'Mug',
    unit: 'C62',
    quantity: 10,
    unitPrice: '2.50',
    amount: '25.00',
    taxCategoryCode: 'STANDARD',
    claims: [{ reservationId: 'r', locationId: 'dc', quantity: 10 }],
    fulfilled: 10,
    canceled: 0,
    returned: 0,
    returning: 0,
    ...change,
  };
}

/** An order of ten mugs at 2.50, all shipped, bought ten days before NOW. */
export function order(change: Partial<Order> = {}): Order {
  return {
    _id: 'order-1',
    number: 'UC-1',
    channelId: 'web',
    channelCode: 'web-uk',
    customerId: 'c1',
    customerCode: 'C-1',
    placedBy: 'login-c1',
    status: 'COMPLETED',
    erpSync: NOT_REQUIRED,
    placedAt: new Date('2026-03-10T10:00:00Z'),
    currencyCode: 'GBP',
    lines: [orderLine()],
    work: [],
    shipments: [],
    subtotal: '25.00',
    events: [],
    correlationId: 'trace',
    createdAt: new Date('2026-03-10T10:00:00Z'),
    updatedAt: new Date('2026-03-10T10:00:00Z'),
    version: 4,
    ...change,
  };
}

export function returnLine(change: Partial<ReturnLine> = {}): ReturnLine {
  return {
    id: 'back-1',
    orderLineId: 'line-1',
    variantId: 'mug',
    sku: 'MUG',
    unit: 'C62',
    tracked: true,
    requested: 3,
    received: 3,
    accepted: 0,
    unitPrice: '2.50',
    reasonCode: 'DAMAGED',
    dispositions: [],
    ...change,
  };
}

/** Three mugs of the order, received at `dc` and not looked at. */
export function goodsBack(change: Partial<Return> = {}): Return {
  return {
    _id: 'return-1',
    rmaNumber: 'RMA-1',
    state: 'RECEIVED',
    type: 'REFERENCED',
    orderId: 'order-1',
    orderNumber: 'UC-1',
    channelId: 'web',
    channelCode: 'web-uk',
    customerId: 'c1',
    customerCode: 'C-1',
    requestedBy: 'login-c1',
    currencyCode: 'GBP',
    lines: [returnLine()],
    work: { id: 'work-1', locationId: 'dc', state: 'RECEIVING', createdAt: NOW },
    erpSync: NOT_REQUIRED,
    occurredAt: NOW,
    correlationId: 'trace',
    createdAt: NOW,
    updatedAt: NOW,
    version: 2,
    ...change,
  };
}

/** Ids in the order they are asked for. */
export function countingIds(): () => string {
  let made = 0;
  return () => {
    made += 1;
    return `id-${made}`;
  };
}

export const pieces = (value: number | string) => ({ value: String(value), unit: 'C62' });
