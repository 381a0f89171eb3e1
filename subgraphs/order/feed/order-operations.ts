import type { ClientSession } from 'mongoose';
import { ConnectorError } from '../../../connectors/connector-error.ts';
import { documentStep } from '../../../connectors/document-step.ts';
import { serviceIdentity } from '../../../platform/identity/identity.ts';
import type { NewId } from '../../../platform/ids.ts';
import type { OperationHandler } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import { isNews, syncAfterStep } from '../domain/erp-sync.ts';
import type { Order, OrderEvent } from '../domain/order.ts';
import { cancellationOf, placesOf, salesOrderOf } from '../domain/sales-order.ts';
import type { Room } from '../room.ts';
import { askPlaces } from './ask-places.ts';

export const PLACE = { kind: 'order.place', step: 'createSalesOrder' } as const;
export const CANCEL = { kind: 'order.cancel', step: 'cancelSalesOrder' } as const;

/** Inventory answers from memory; longer than this and the attempt is better made later. */
const ASK_TIMEOUT_MS = 5_000;

interface CancelPayload {
  readonly reasonCode: string;
  readonly canceledAt: string;
}

/** What reaches the ERP of an order: its sales order, and its cancellation. How it went is written onto the order. */
export function orderOperations(room: Room): OperationHandler[] {
  const { erp, orders, clock } = room;

  async function orderOf(operation: OperationRecord): Promise<Order> {
    const [order] = await orders.byIds([operation.subjectId]);
    if (order === undefined)
      throw new Error(`operation ${operation._id} is about order ${operation.subjectId}, which is gone`);
    return order;
  }

  const createSalesOrder = documentStep({
    connector: erp,
    kind: 'salesOrder',
    clock,
    keep: 'number',
    async documentOf(operation) {
      const order = await orderOf(operation);
      const places = order.lines.flatMap((line) => placesOf(order, line));
      const caller = {
        identity: serviceIdentity('order'),
        correlationId: order.correlationId,
        deadlineMs: clock.now().getTime() + ASK_TIMEOUT_MS,
      };
      const codes = await askPlaces(room.siblings.inventory, places, caller).catch(asNotSent);
      return salesOrderOf(order, (id) => codes.get(id));
    },
  });

  const cancelSalesOrder = documentStep({
    connector: erp,
    kind: 'salesOrderCancellation',
    clock,
    keep: 'number',
    async documentOf(operation) {
      // Written by cancelOrder, below in this room.
      const { reasonCode, canceledAt } = operation.payload as CancelPayload;
      return cancellationOf(await orderOf(operation), reasonCode, new Date(canceledAt));
    },
  });

  return [
    { kind: PLACE.kind, steps: { [PLACE.step]: createSalesOrder }, onStep: noteSync(room) },
    { kind: CANCEL.kind, steps: { [CANCEL.step]: cancelSalesOrder } },
  ];
}

/** Writes how the sales order stands with the ERP. Only news makes a new version: an outage of hours must not write history each second. */
function noteSync({ orders, newId }: Room): NonNullable<OperationHandler['onStep']> {
  return async (session: ClientSession, operation, step) => {
    const order = await orders.find(session, operation.subjectId);
    if (order === null) return;
    const after = syncAfterStep(step, operation);
    const told = isNews(order.erpSync, after) ? syncEvent(after.state, operation.updatedAt, newId) : null;
    await orders.setErpSync(session, order._id, after, told);
  };
}

function syncEvent(state: string, at: Date, newId: NewId): OrderEvent {
  return {
    id: newId(),
    type: `ERP_${state}`,
    occurredAt: at,
    recordedAt: at,
    actor: 'subgraph:order',
    sourceSystem: 'ERP',
  };
}

/** The ERP has not been called yet: there is nothing to ask it about. */
function asNotSent(cause: unknown): never {
  throw new ConnectorError('not-sent', {
    system: 'inventory',
    code: 'SIBLING_UNAVAILABLE',
    message: 'did not tell the codes of places',
    cause,
  });
}
