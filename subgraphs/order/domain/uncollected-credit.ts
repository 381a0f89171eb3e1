import type { SalesReturn } from '../../../connectors/canonical/sales-order.ts';
import { money, sumMoney } from '../../../platform/money.ts';
import type { Order } from './order.ts';
import { lineAmount } from './price-lines.ts';

/**
 * The credit, as it is filed in the ERP, of what nobody came for of an order of which the rest was sent or collected. Named after its order:
 * there is one at most, made when nothing of the order is still to be done. Each line is rounded for itself, as the ERP demands.
 */
export function uncollectedCreditOf(
  order: Order,
  settledAt: Date,
  codeOfLocation: (id: string) => string | undefined,
): SalesReturn {
  const { currencyCode } = order;
  const bought = new Map(order.lines.map((line) => [line.id, line]));
  const lines = order.work
    .filter(({ state }) => state === 'PICKUP_EXPIRED')
    .flatMap((work) => {
      const restockedAt = codeOfLocation(work.locationId);
      return work.lines.flatMap(({ id, orderLineId, quantity }) => {
        const line = bought.get(orderLineId);
        if (line === undefined) return [];
        const unitPrice = money(line.unitPrice, currencyCode);
        return [
          {
            lineReference: id,
            sku: line.sku,
            quantity: String(quantity),
            unit: line.unit,
            unitPrice: unitPrice.amount,
            amount: lineAmount(unitPrice, quantity).amount,
            ...(restockedAt === undefined ? {} : { restockedAt }),
          },
        ];
      });
    });
  const total = sumMoney(
    lines.map(({ amount }) => money(amount, currencyCode)),
    currencyCode,
  );
  return {
    reference: `${order.number}-UNCOLLECTED`,
    orderReference: order.number,
    ...(order.customerCode === null ? {} : { customerCode: order.customerCode }),
    channelCode: order.channelCode,
    currencyCode,
    returnedAt: settledAt.toISOString(),
    lines,
    total: total.amount,
    correlationId: order.correlationId,
  };
}
