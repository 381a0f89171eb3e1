import { type FulfillmentOrderState, isCarried, type Order } from './order.ts';
import type { Return } from './return.ts';
import { isOver } from './work-state.ts';

export type OrderFulfillmentStatus =
  | 'UNFULFILLED'
  | 'PARTIALLY_FULFILLED'
  | 'READY_FOR_PICKUP'
  | 'FULFILLED'
  | 'BACKORDERED'
  | 'NOT_REQUIRED';
export type OrderReturnStatus = 'NONE' | 'REQUESTED' | 'PARTIALLY_RETURNED' | 'RETURNED';

/** How far an order's goods are on their way: of the lines that have goods to carry. */
export function fulfillmentStatusOf(order: Order): OrderFulfillmentStatus {
  const carried = order.lines.filter((line) => isCarried(order, line));
  if (carried.length === 0 || order.status === 'CANCELED') return 'NOT_REQUIRED';
  if (carried.every((line) => line.fulfilled + line.canceled >= line.quantity)) return 'FULFILLED';
  if (awaitsOnly(order, 'READY_FOR_PICKUP')) return 'READY_FOR_PICKUP';
  if (awaitsOnly(order, 'SCHEDULED')) return 'BACKORDERED';
  return carried.some((line) => line.fulfilled > 0) ? 'PARTIALLY_FULFILLED' : 'UNFULFILLED';
}

/** Whether all that has not left yet waits for the same: for whoever collects it, or for goods that are to come. */
function awaitsOnly({ work }: Order, wanted: FulfillmentOrderState): boolean {
  const waiting = work.filter(({ state }) => !isOver(state));
  return waiting.length > 0 && waiting.every(({ state }) => state === wanted);
}

/** Whether goods of an order come back, by what was accepted and what is asked for. */
export function returnStatusOf(order: Order, returns: readonly Pick<Return, 'state'>[]): OrderReturnStatus {
  const returned = order.lines.reduce((sum, line) => sum + line.returned, 0);
  if (returned > 0)
    return order.lines.every((line) => line.returned + line.canceled >= line.quantity)
      ? 'RETURNED'
      : 'PARTIALLY_RETURNED';
  return returns.some(({ state }) => state !== 'COMPLETED') ? 'REQUESTED' : 'NONE';
}
