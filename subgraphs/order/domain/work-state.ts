import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import type { FulfillmentOrder, FulfillmentOrderState, Order, OrderEvent } from './order.ts';

/** What may become of a piece of work in each state. */
export const WORK_TRANSITIONS: Readonly<Record<FulfillmentOrderState, readonly FulfillmentOrderState[]>> = {
  SCHEDULED: ['OPEN', 'CANCELED'],
  OPEN: ['SCHEDULED', 'ACCEPTED', 'REJECTED', 'SHIPPED', 'CANCELED'],
  ACCEPTED: ['IN_PROGRESS', 'INCOMPLETE', 'SHIPPED', 'CANCELED'],
  IN_PROGRESS: ['IN_PROGRESS', 'INCOMPLETE', 'READY_FOR_PICKUP', 'SHIPPED', 'CANCELED'],
  READY_FOR_PICKUP: ['READY_FOR_PICKUP', 'PICKED_UP', 'PICKUP_EXPIRED', 'CANCELED'],
  SHIPPED: [],
  PICKED_UP: [],
  PICKUP_EXPIRED: [],
  REJECTED: [],
  INCOMPLETE: [],
  CANCELED: [],
};

/** Whether nothing can become of work in this state any more. */
export function isOver(state: FulfillmentOrderState): boolean {
  return WORK_TRANSITIONS[state].length === 0;
}

const LEFT: ReadonlySet<FulfillmentOrderState> = new Set(['SHIPPED', 'PICKED_UP']);

/** Whether the goods of work in this state are the customer's, or on their way. */
export function hasLeft(state: FulfillmentOrderState): boolean {
  return LEFT.has(state);
}

/** The order with a piece of work in another state, and with what else becomes of it. Refuses with WORK_UNKNOWN or WORK_STATE_INVALID. */
export function moveWork(
  order: Order,
  workId: string,
  to: FulfillmentOrderState,
  event: OrderEvent,
  changes: Partial<Pick<FulfillmentOrder, 'lines' | 'pickup'>> = {},
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
      piece.id === workId ? { ...piece, ...changes, state: to, version: piece.version + 1 } : piece,
    ),
    events: [...order.events, event],
    version: order.version + 1,
    updatedAt: event.recordedAt,
  });
}
