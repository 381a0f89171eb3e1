import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import type { Order, OrderEvent } from './order.ts';
import type { OrderUserErrorValue } from './price-lines.ts';
import { hasLeft, isOver } from './work-state.ts';

/**
 * The order taken back whole. Refuses with ALREADY_SHIPPED once anything has left (it is to be returned instead), ALREADY_CANCELED, or
 * VERSION_CONFLICT when the caller saw another version.
 */
export function cancel(
  order: Order,
  expectedVersion: number | null,
  event: OrderEvent,
): Decision<Order, OrderUserErrorValue> {
  if (order.status === 'CANCELED')
    return refused(
      userError('ALREADY_CANCELED', 'The order has been canceled before.', { field: ['input', 'id'] }),
    );
  if (order.work.some(({ state }) => hasLeft(state)) || order.status === 'COMPLETED') {
    return refused(
      userError('ALREADY_SHIPPED', 'Goods of this order have left; ask for a return instead.', {
        field: ['input', 'id'],
      }),
    );
  }
  const conflict = versionConflict(order, expectedVersion);
  if (conflict !== null) return refused(conflict);
  return accepted({
    ...order,
    status: 'CANCELED',
    lines: order.lines.map((line) => ({ ...line, canceled: line.quantity, fulfilled: 0 })),
    work: order.work.map((work) =>
      isOver(work.state) ? work : { ...work, state: 'CANCELED' as const, version: work.version + 1 },
    ),
    events: [...order.events, event],
    version: order.version + 1,
    updatedAt: event.recordedAt,
  });
}

/** Null: the caller saw this version, or did not say which. */
export function versionConflict(
  thing: { readonly version: number },
  expected: number | null,
): OrderUserErrorValue | null {
  if (expected === null || expected === thing.version) return null;
  return {
    ...userError('VERSION_CONFLICT', `This is version ${thing.version} by now, not ${expected}.`, {
      field: ['input', 'expectedVersion'],
    }),
    currentVersion: thing.version,
  };
}
