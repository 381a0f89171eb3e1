import { describe, expect, it } from 'vitest';
import type { FulfillmentOrderState, Order } from './order.ts';
import { fulfillmentStatusOf, returnStatusOf } from './order-axes.ts';
import { sampleOrder } from './order-sample.ts';

const goods = sampleOrder({ claims: { dc: 2 } }, { units: 1 });
const withLines = (...changes: Partial<Order['lines'][number]>[]): Order => ({
  ...goods,
  lines: goods.lines.map((line, index) => ({ ...line, ...changes[index] })),
});

const withWork = (state: FulfillmentOrderState): Order => ({
  ...goods,
  work: goods.work.map((work) => ({ ...work, state })),
});

describe('how far an order is on its way', () => {
  it.each([
    ['UNFULFILLED', goods],
    ['PARTIALLY_FULFILLED', withLines({ fulfilled: 1 })],
    ['FULFILLED', withLines({ fulfilled: 2 })],
    ['FULFILLED', withLines({ fulfilled: 1, canceled: 1 })],
    ['READY_FOR_PICKUP', withWork('READY_FOR_PICKUP')],
    ['READY_FOR_PICKUP', { ...withWork('READY_FOR_PICKUP'), lines: withLines({ fulfilled: 1 }).lines }],
    ['UNFULFILLED', withWork('IN_PROGRESS')],
    ['NOT_REQUIRED', sampleOrder({ units: 1 })],
    ['NOT_REQUIRED', { ...goods, status: 'CANCELED' as const }],
  ])('is %s by the lines that have goods', (status, order) => {
    expect(fulfillmentStatusOf(order)).toBe(status);
  });
});

describe('whether goods of an order come back', () => {
  it.each([
    ['NONE', goods, []],
    ['NONE', goods, [{ state: 'COMPLETED' as const }]],
    ['REQUESTED', goods, [{ state: 'APPROVED' as const }]],
    ['PARTIALLY_RETURNED', withLines({ returned: 2 }), []],
    ['RETURNED', withLines({ returned: 2 }, { returned: 1 }), []],
    ['RETURNED', withLines({ returned: 1, canceled: 1 }, { returned: 1 }), []],
  ])('is %s', (status, order, returns) => {
    expect(returnStatusOf(order, returns)).toBe(status);
  });
});
