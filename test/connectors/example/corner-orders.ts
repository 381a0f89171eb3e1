import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { SalesOrder } from '../../../connectors/canonical/sales-order.ts';
import type { DocumentReceipt } from '../../../connectors/documents.ts';

const orderRequest = z.object({
  yourRef: z.string(),
  shop: z.string(),
  lines: z.array(z.object({ article: z.string(), pieces: z.number(), cents: z.number() })),
  totalCents: z.number(),
});
export type OrderRequest = z.infer<typeof orderRequest>;

/** An order as the ERP holds it. */
export const bookedOrder = orderRequest.extend({
  id: z.number().int(),
  booked: z.iso.datetime({ offset: true }),
});

/** What the ERP is sent for an order of ours. */
export function orderRequestOf(order: SalesOrder): OrderRequest {
  return {
    yourRef: order.reference,
    shop: order.channelCode,
    lines: order.lines.map(({ sku, quantity, amount }) => ({
      article: sku,
      pieces: Number(quantity),
      cents: centsOf(amount),
    })),
    totalCents: centsOf(order.total),
  };
}

/** Whether an order that is there is what would be sent now. */
export function isSameOrder(booked: z.infer<typeof bookedOrder>, request: OrderRequest): boolean {
  return isDeepStrictEqual(orderRequest.parse(booked), request);
}

export function receiptOf(order: z.infer<typeof bookedOrder>, replayed: boolean): DocumentReceipt {
  return {
    kind: 'salesOrder',
    reference: order.yourRef,
    externalId: String(order.id),
    number: `B-${order.id}`,
    state: 'BOOKED',
    acceptedAt: order.booked,
    replayed,
    related: [],
  };
}

/** Cents of an amount with two decimals, without a float on the way. */
function centsOf(amount: string): number {
  const [whole = '0', part = ''] = amount.split('.');
  return Number(`${whole}${part.padEnd(2, '0')}`);
}
