import { expect, it } from 'vitest';
import { salesReturnSchema } from '../../../connectors/canonical/sales-order.ts';
import { NOON, sampleOrder } from './order-sample.ts';
import { uncollectedCreditOf } from './uncollected-credit.ts';

it('credits what nobody collected and nothing else, with the places it is in stock again', () => {
  const order = sampleOrder(
    { unitPrice: '12.50', method: 'PICKUP_IN_STORE', claims: { store: 2 } },
    { unitPrice: '0.005', method: 'PICKUP_IN_STORE', claims: { kiosk: 3 } },
    { unitPrice: '9.00', claims: { dc: 1 } },
  );
  const states = ['PICKUP_EXPIRED', 'PICKUP_EXPIRED', 'SHIPPED'] as const;
  const settled = {
    ...order,
    work: order.work.map((work, index) => ({ ...work, state: states[index] ?? work.state })),
  };
  const credit = uncollectedCreditOf(settled, NOON, (id) => (id === 'store' ? 'ST1' : undefined));
  expect(credit).toMatchObject({
    reference: `${order.number}-UNCOLLECTED`,
    orderReference: order.number,
    customerCode: 'C-1',
    returnedAt: NOON.toISOString(),
    lines: [
      { sku: 'SKU-0', quantity: '2', unitPrice: '12.50', amount: '25.00', restockedAt: 'ST1' },
      { sku: 'SKU-1', quantity: '3', amount: '0.02' },
    ],
    total: '25.02',
  });
  expect(credit.lines[1]).not.toHaveProperty('restockedAt');
  expect(salesReturnSchema.safeParse(credit).error).toBeUndefined();
});
