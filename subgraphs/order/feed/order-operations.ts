import type { ClientSession } from 'mongoose';
import { ConnectorError } from '../../../connectors/connector-error.ts';
import type { NewId } from '../../../platform/ids.ts';
import type { OperationHandler, StepHandler } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import { isNews, syncAfterStep } from '../domain/erp-sync.ts';
import type { Order, OrderEvent } from '../domain/order.ts';
import { cancellationOf, cancellationReference, salesOrderOf } from '../domain/sales-order.ts';
import type { Room } from '../room.ts';
import { codesOfLocations } from './ask-locations.ts';

export const PLACE = { kind: 'order.place', step: 'createSalesOrder' } as const;
export const CANCEL = { kind: 'order.cancel', step: 'cancelSalesOrder' } as const;

interface CancelPayload {
  readonly reasonCode: string;
  readonly canceledAt: string;
}

/** What reaches the ERP of an order: its sales order, and its cancellation. How it went is written onto the order. */
export function orderOperations(room: Room): OperationHandler[] {
  const { erp, orders } = room;

  async function orderOf(operation: OperationRecord): Promise<Order> {
    const [order] = await orders.byIds([operation.subjectId]);
    if (order === undefined)
      throw new Error(`operation ${operation._id} is about order ${operation.subjectId}, which is gone`);
    return order;
  }

  const createSalesOrder: StepHandler = {
    async send(operation, { key, signal }) {
      const order = await orderOf(operation);
      const codes = await codesOfLocations(room, order).catch(asNotSent);
      const receipt = await erp.createDocument(
        'salesOrder',
        salesOrderOf(order, (id) => codes.get(id)),
        { key, signal },
      );
      return { externalId: receipt.number };
    },
    async ask(operation, { signal }) {
      const order = await orderOf(operation);
      const receipt = await erp.findDocument('salesOrder', order.number, { signal });
      return receipt === null ? null : { externalId: receipt.number };
    },
  };

  const cancelSalesOrder: StepHandler = {
    async send(operation, { key, signal }) {
      const order = await orderOf(operation);
      // Written by cancelOrder, below in this room.
      const { reasonCode, canceledAt } = operation.payload as CancelPayload;
      const receipt = await erp.createDocument(
        'salesOrderCancellation',
        cancellationOf(order, reasonCode, new Date(canceledAt)),
        { key, signal },
      );
      return { externalId: receipt.number };
    },
    async ask(operation, { signal }) {
      const order = await orderOf(operation);
      const receipt = await erp.findDocument('salesOrderCancellation', cancellationReference(order), {
        signal,
      });
      return receipt === null ? null : { externalId: receipt.number };
    },
  };

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
