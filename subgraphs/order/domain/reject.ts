import { accepted, type Decision } from '../../../platform/errors.ts';
import type { Claim, FulfillmentOrder, Order, OrderEvent } from './order.ts';
import { moveWork } from './work-state.ts';

/** The order with a piece of work its place will not do; another is to be found for it. Refuses with WORK_STATE_INVALID. */
export function rejectWork(order: Order, work: FulfillmentOrder, event: OrderEvent): Decision<Order> {
  const moved = moveWork(order, work.id, 'REJECTED', event);
  return moved.ok ? accepted(moved.value) : moved;
}

/** The claims behind a piece of work: those of its lines at its place. */
export function claimsOf(order: Order, work: FulfillmentOrder): (Claim & { readonly orderLineId: string })[] {
  const inWork = new Set(work.lines.map(({ orderLineId }) => orderLineId));
  return order.lines
    .filter(({ id }) => inWork.has(id))
    .flatMap(({ id, claims }) =>
      claims
        .filter(({ locationId }) => locationId === work.locationId)
        .map((claim) => ({ ...claim, orderLineId: id })),
    );
}
