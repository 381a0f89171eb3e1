import { buildOrder, type OrderFacts } from './build-order.ts';
import type { Order, SubmittedTicket } from './order.ts';

/**
 * The order of a till's ticket as it is written: completed, for its goods were carried home before anybody could claim them. They make
 * one piece of work of the place, done already; services make none.
 */
export function buildOfflineOrder(
  facts: Omit<OrderFacts, 'claims' | 'customerCode'>,
  ticket: SubmittedTicket,
): Order {
  const order = buildOrder({ ...facts, claims: [], customerCode: null });
  const goods = order.lines.filter((_, index) => facts.priced.lines[index]?.variant.trackInventory === true);
  return {
    ...order,
    ticket,
    events: order.events.map((event) => ({ ...event, sourceSystem: 'TILL' })),
    work:
      goods.length === 0
        ? []
        : [
            {
              id: facts.newId(),
              locationId: ticket.locationId,
              method: 'IN_STORE_CASH_AND_CARRY',
              state: 'PICKED_UP',
              lines: goods.map(({ id, quantity }) => ({ id: facts.newId(), orderLineId: id, quantity })),
              createdAt: facts.now,
              version: 1,
            },
          ],
  };
}
