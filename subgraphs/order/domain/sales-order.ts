import type { SalesOrder, SalesOrderCancellation } from '../../../connectors/canonical/sales-order.ts';
import { money } from '../../../platform/money.ts';
import type { Order, OrderLine } from './order.ts';

/** The order as it is filed in the ERP. Prices include tax in every channel served today, so there is nothing beside the lines. */
export function salesOrderOf(order: Order, codeOfLocation: (id: string) => string | undefined): SalesOrder {
  return {
    reference: order.number,
    channelCode: order.channelCode,
    ...(order.customerCode === null ? {} : { customerCode: order.customerCode }),
    currencyCode: order.currencyCode,
    placedAt: order.placedAt.toISOString(),
    lines: order.lines.map((line) => {
      // A line that is taken from several places names none: the ERP's line has room for one.
      const [from, ...others] = placesOf(order, line);
      const place = from === undefined || others.length > 0 ? undefined : codeOfLocation(from);
      return {
        lineReference: line.id,
        sku: line.sku,
        quantity: String(line.quantity),
        unit: line.unit,
        unitPrice: money(line.unitPrice, order.currencyCode).amount,
        amount: money(line.amount, order.currencyCode).amount,
        ...(place === undefined ? {} : { locationCode: place }),
      };
    }),
    charges: [],
    total: money(order.subtotal, order.currencyCode).amount,
    correlationId: order.correlationId,
  };
}

/** Where a line's goods are taken from: where they were claimed, or where a till handed them over that could not claim them. */
export function placesOf({ work }: Pick<Order, 'work'>, line: OrderLine): string[] {
  if (line.claims.length > 0) return line.claims.map(({ locationId }) => locationId);
  return work
    .filter(({ lines }) => lines.some(({ orderLineId }) => orderLineId === line.id))
    .map(({ locationId }) => locationId);
}

/** A cancellation is named after its order: there is one at most. */
export function cancellationReference(order: Order): string {
  return `${order.number}-CANCEL`;
}

export function cancellationOf(order: Order, reasonCode: string, canceledAt: Date): SalesOrderCancellation {
  return {
    reference: cancellationReference(order),
    orderReference: order.number,
    reasonCode,
    canceledAt: canceledAt.toISOString(),
    correlationId: order.correlationId,
  };
}
