import { describe, expect, it } from 'vitest';
import { salesOrderSchema } from '../../../connectors/canonical/sales-order.ts';
import { sampleOrder } from './order-sample.ts';
import { cancellationOf, salesOrderOf } from './sales-order.ts';

const codes = new Map([
  ['dc', 'DC-1'],
  ['store', 'ST-1'],
]);
const order = sampleOrder(
  { unitPrice: '0.005', claims: { dc: 5 } },
  { claims: { dc: 1, store: 1 } },
  { units: 1 },
);
const document = salesOrderOf(order, (id) => codes.get(id));

describe('an order as the ERP is given it', () => {
  it('is named after our number and adds up', () => {
    expect(salesOrderSchema.safeParse(document).success).toBe(true);
    expect(document).toMatchObject({
      reference: order.number,
      customerCode: 'C-1',
      placedAt: '2026-03-01T12:00:00.000Z',
      total: '37.53',
      charges: [],
    });
    expect(document.lines.map(({ amount }) => amount)).toEqual(['0.03', '25.00', '12.50']);
  });

  it('names the place of a line that comes from one, and none for a line from several or for a service', () => {
    expect(document.lines.map(({ locationCode }) => locationCode)).toEqual(['DC-1', undefined, undefined]);
  });

  it('names the place that handed the goods over, where nobody had claimed them', () => {
    const lines = order.lines.map((line) => ({ ...line, claims: [] }));
    const { work } = sampleOrder({ claims: { store: 1 } });
    const sold = salesOrderOf({ ...order, lines, work }, (id) => codes.get(id));
    expect(sold.lines.map(({ locationCode }) => locationCode)).toEqual(['ST-1', undefined, undefined]);
  });

  it('names no customer for a guest', () => {
    expect(salesOrderOf({ ...order, customerCode: null }, () => undefined)).not.toHaveProperty(
      'customerCode',
    );
  });

  it('is the same document in every attempt', () => {
    expect(salesOrderOf(order, (id) => codes.get(id))).toEqual(document);
  });
});

it('a cancellation is named after its order, so that there is one at most', () => {
  expect(cancellationOf(order, 'CUSTOMER_REQUEST', new Date('2026-03-02T00:00:00Z'))).toMatchObject({
    reference: `${order.number}-CANCEL`,
    orderReference: order.number,
    reasonCode: 'CUSTOMER_REQUEST',
    canceledAt: '2026-03-02T00:00:00.000Z',
  });
});
