import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import {
  type Money,
  money,
  multiplyMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
} from '../../../platform/money.ts';
import {
  type FulfillmentOrder,
  isCollected,
  type Order,
  type OrderEvent,
  type OrderLine,
  type OrderStatus,
  type Shipment,
} from './order.ts';
import { hasLeft, moveWork } from './work-state.ts';

/** The order with a piece of work taken on by its place. Refuses with WORK_STATE_INVALID. */
export function acceptWork(order: Order, workId: string, event: OrderEvent): Decision<Order> {
  const moved = moveWork(order, workId, 'ACCEPTED', event);
  return moved.ok ? accepted({ ...moved.value, status: 'IN_PROGRESS' }) : moved;
}

/** The order with all goods of a piece of work gone. Refuses with WORK_STATE_INVALID, METHOD_INVALID or PACKAGES_INVALID. */
export function shipWork(
  order: Order,
  workId: string,
  shipment: Shipment,
  event: OrderEvent,
): Decision<Order> {
  const work = order.work.find((piece) => piece.id === workId);
  if (work !== undefined && isCollected(work.method)) {
    return refused(
      userError('METHOD_INVALID', 'These goods are collected by their customer, not sent.', {
        field: ['input', 'fulfillmentOrderId'],
      }),
    );
  }
  const known = new Set(work?.lines.map((line) => line.id));
  const packed = shipment.packages.flatMap((parcel) => parcel.lineIds);
  const stranger = packed.find((id) => !known.has(id));
  if (stranger !== undefined) {
    return refused(
      userError('PACKAGES_INVALID', `Line ${stranger} is no line of this work.`, {
        field: ['input', 'packages'],
      }),
    );
  }
  const moved = moveWork(order, workId, 'SHIPPED', event);
  if (!moved.ok) return moved;
  return accepted({ ...withGoodsGone(moved.value, work), shipments: [...order.shipments, shipment] });
}

/** The order with the goods of a piece of work the customer's; it is COMPLETED when nothing else is to be done. */
export function withGoodsGone(order: Order, work: FulfillmentOrder | undefined): Order {
  const lines = order.lines.map((line) => ({ ...line, fulfilled: line.fulfilled + unitsOf(work, line) }));
  return { ...order, lines, status: statusWithGoodsGone(lines) };
}

function statusWithGoodsGone(lines: readonly OrderLine[]): OrderStatus {
  return lines.every((line) => line.fulfilled + line.canceled >= line.quantity) ? 'COMPLETED' : 'IN_PROGRESS';
}

/** How many units of a line are in a piece of work. */
export function unitsOf(work: FulfillmentOrder | undefined, line: OrderLine): number {
  return (
    work?.lines
      .filter((entry) => entry.orderLineId === line.id)
      .reduce((sum, entry) => sum + entry.quantity, 0) ?? 0
  );
}

/** Whether nothing of the order is still to be done when this piece leaves. */
export function isLastToShip(order: Order, work: FulfillmentOrder): boolean {
  return order.lines.every((line) => line.fulfilled + line.canceled + unitsOf(work, line) >= line.quantity);
}

/** The pieces of work whose share of the order's total is spoken for: their goods have left, or were not collected. */
export function workSettled(order: Order): FulfillmentOrder[] {
  return order.work.filter(({ state }) => hasLeft(state) || state === 'PICKUP_EXPIRED');
}

/**
 * What the goods of a piece of work come to when those of `settledBefore` are settled already. Each line is rounded once over all that
 * was settled of it, so that pieces of a line never add up to more than the line.
 */
export function amountOfWork(
  order: Order,
  settledBefore: readonly FulfillmentOrder[],
  work: FulfillmentOrder,
): Money {
  return subtractMoney(amountOf(order, [...settledBefore, work]), amountOf(order, settledBefore));
}

/** What is left of the order for the last piece, services included, so that what is taken adds up to the order's total. */
export function amountLeft(order: Order, settledBefore: readonly FulfillmentOrder[]): Money {
  return subtractMoney(money(order.subtotal, order.currencyCode), amountOf(order, settledBefore));
}

function amountOf(order: Order, pieces: readonly FulfillmentOrder[]): Money {
  return sumMoney(
    order.lines.map((line) => {
      const units = pieces.reduce((sum, work) => sum + unitsOf(work, line), 0);
      return roundMoney(multiplyMoney(money(line.unitPrice, order.currencyCode), String(units)));
    }),
    order.currencyCode,
  );
}
