import type { Order, OrderEvent, OrderLine } from './order.ts';
import type { Return } from './return.ts';

/** The order with units kept aside for a return, by order line id. */
export function keepAside(order: Order, units: ReadonlyMap<string, number>, event: OrderEvent): Order {
  return changedLines(order, event, (line) => ({
    ...line,
    returning: line.returning + (units.get(line.id) ?? 0),
  }));
}

/** The order once one of its returns is decided: what was accepted has come back, the rest can be given back again. */
export function settleReturn(order: Order, goods: Return, event: OrderEvent): Order {
  const requested = sumByLine(goods, (line) => line.requested);
  const accepted = sumByLine(goods, (line) => line.accepted);
  return changedLines(order, event, (line) => ({
    ...line,
    returning: line.returning - (requested.get(line.id) ?? 0),
    returned: line.returned + (accepted.get(line.id) ?? 0),
  }));
}

function sumByLine(goods: Return, unitsOf: (line: Return['lines'][number]) => number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of goods.lines) {
    if (line.orderLineId === null) continue;
    sums.set(line.orderLineId, (sums.get(line.orderLineId) ?? 0) + unitsOf(line));
  }
  return sums;
}

function changedLines(order: Order, event: OrderEvent, change: (line: OrderLine) => OrderLine): Order {
  return {
    ...order,
    lines: order.lines.map(change),
    events: [...order.events, event],
    version: order.version + 1,
    updatedAt: event.recordedAt,
  };
}
