import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import {
  type Money,
  money,
  multiplyMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
} from '../../../platform/money.ts';
import type {
  FulfillmentOrder,
  FulfillmentOrderState,
  Order,
  OrderEvent,
  OrderLine,
  OrderStatus,
  Shipment,
} from './order.ts';

/** What a place may do with a piece of work in each state. */
export const WORK_TRANSITIONS: Readonly<Record<FulfillmentOrderState, readonly FulfillmentOrderState[]>> = {
  OPEN: ['ACCEPTED', 'SHIPPED', 'CANCELED'],
  ACCEPTED: ['SHIPPED', 'CANCELED'],
  SHIPPED: [],
  PICKED_UP: [],
  CANCELED: [],
};

const LEFT: readonly FulfillmentOrderState[] = ['SHIPPED', 'PICKED_UP'];

/** The order with a piece of work taken on by its place. Refuses with WORK_STATE_INVALID. */
export function acceptWork(order: Order, workId: string, event: OrderEvent): Decision<Order> {
  const moved = moveWork(order, workId, 'ACCEPTED', event);
  return moved.ok ? accepted({ ...moved.value, status: 'IN_PROGRESS' }) : moved;
}

/** The order with all goods of a piece of work gone. Refuses with WORK_STATE_INVALID or PACKAGES_INVALID. */
export function shipWork(
  order: Order,
  workId: string,
  shipment: Shipment,
  event: OrderEvent,
): Decision<Order> {
  const work = order.work.find((piece) => piece.id === workId);
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
  const lines = moved.value.lines.map((line) => ({
    ...line,
    fulfilled: line.fulfilled + unitsOf(work, line),
  }));
  const shipped = { ...moved.value, lines, shipments: [...order.shipments, shipment] };
  return accepted({ ...shipped, status: statusAfterShipping(shipped) });
}

function moveWork(
  order: Order,
  workId: string,
  to: FulfillmentOrderState,
  event: OrderEvent,
): Decision<Order> {
  const work = order.work.find((piece) => piece.id === workId);
  if (work === undefined)
    return refused(
      userError('WORK_UNKNOWN', 'The order has no such piece of work.', { field: ['input', 'id'] }),
    );
  if (!WORK_TRANSITIONS[work.state].includes(to)) {
    return refused(
      userError('WORK_STATE_INVALID', `This work is ${work.state}; it cannot become ${to}.`, {
        field: ['input', 'id'],
      }),
    );
  }
  return accepted({
    ...order,
    work: order.work.map((piece) =>
      piece.id === workId ? { ...piece, state: to, version: piece.version + 1 } : piece,
    ),
    events: [...order.events, event],
    version: order.version + 1,
    updatedAt: event.recordedAt,
  });
}

function statusAfterShipping(order: Order): OrderStatus {
  return order.lines.every((line) => line.fulfilled + line.canceled >= line.quantity)
    ? 'COMPLETED'
    : 'IN_PROGRESS';
}

function unitsOf(work: FulfillmentOrder | undefined, line: OrderLine): number {
  return (
    work?.lines
      .filter((entry) => entry.orderLineId === line.id)
      .reduce((sum, entry) => sum + entry.quantity, 0) ?? 0
  );
}

/** Whether no other work of the order is still to be done when this piece leaves. */
export function isLastToShip(order: Order, work: FulfillmentOrder): boolean {
  return order.work.every(
    (piece) => piece.id === work.id || LEFT.includes(piece.state) || piece.state === 'CANCELED',
  );
}

/** The pieces of work whose goods left before. */
export function workThatLeft(order: Order): FulfillmentOrder[] {
  return order.work.filter((piece) => LEFT.includes(piece.state));
}

/**
 * What the goods of a piece of work come to when those of `leftBefore` have been taken already. Each line is rounded once over all that
 * has left of it, so that pieces of a line never add up to more than the line.
 */
export function amountOfWork(
  order: Order,
  leftBefore: readonly FulfillmentOrder[],
  work: FulfillmentOrder,
): Money {
  return subtractMoney(amountOf(order, [...leftBefore, work]), amountOf(order, leftBefore));
}

/** What is left of the order for the last piece, services included, so that what is taken adds up to the order's total. */
export function amountLeft(order: Order, leftBefore: readonly FulfillmentOrder[]): Money {
  return subtractMoney(money(order.subtotal, order.currencyCode), amountOf(order, leftBefore));
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
