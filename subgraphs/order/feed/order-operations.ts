import type { ClientSession } from 'mongoose';
import { ConnectorError } from '../../../connectors/connector-error.ts';
import { documentStep } from '../../../connectors/document-step.ts';
import { type Caller, serviceIdentity } from '../../../platform/identity/identity.ts';
import type { NewId } from '../../../platform/ids.ts';
import type { OperationHandler } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import { isNews, syncAfterStep } from '../domain/erp-sync.ts';
import type { Order, OrderEvent } from '../domain/order.ts';
import { cancellationOf, placesOf, salesOrderOf } from '../domain/sales-order.ts';
import type { Room } from '../room.ts';
import { askPlaces } from './ask-places.ts';

const PLACE = { kind: 'order.place', step: 'createSalesOrder' } as const;
const CANCEL = { kind: 'order.cancel', step: 'cancelSalesOrder' } as const;

/** Inventory answers from memory; longer than this and the attempt is better made later. */
const ASK_TIMEOUT_MS = 5_000;

interface CancelPayload {
  readonly reasonCode: string;
  readonly canceledAt: string;
}

/** Has the order filed in the ERP, in the transaction that writes it. Answers the operation's id. */
export function enqueueSalesOrder(room: Room, session: ClientSession, order: Order): Promise<string> {
  return room.integration.operations.enqueue(session, {
    owner: 'order',
    kind: PLACE.kind,
    subjectId: order._id,
    aggregate: `order:${order._id}`,
    about: { channelId: order.channelId },
    // The ERP refuses the order of a customer it has not been told of yet.
    after: order.customerId === null ? [] : [`customer:${order.customerId}`],
    correlationId: order.correlationId,
    idempotencyKey: order._id,
    lane: 'order',
    steps: [{ name: PLACE.step, system: room.erp.system }],
    payload: { number: order.number },
  });
}

/** Has the ERP cancel an order whole, in the transaction of the decision; behind whatever is under way for the order. Answers the operation. */
export function enqueueCancellation(
  room: Room,
  session: ClientSession,
  order: Order,
  { reasonCode, canceledAt }: { readonly reasonCode: string; readonly canceledAt: Date },
): Promise<string> {
  return room.integration.operations.enqueue<CancelPayload>(session, {
    owner: 'order',
    kind: CANCEL.kind,
    subjectId: order._id,
    aggregate: `order:${order._id}`,
    about: { channelId: order.channelId },
    correlationId: order.correlationId,
    idempotencyKey: `${order._id}/cancel`,
    lane: 'order',
    steps: [{ name: CANCEL.step, system: room.erp.system }],
    payload: { reasonCode, canceledAt: canceledAt.toISOString() },
  });
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
      const codes = await askPlaces(room.siblings.inventory, places, feedCaller(room, order)).catch(
        asNotSent,
      );
      return salesOrderOf(order, (id) => codes.get(id));
    },
  });

  const cancelSalesOrder = documentStep({
    connector: erp,
    kind: 'salesOrderCancellation',
    clock,
    keep: 'number',
    async documentOf(operation) {
      // Written by enqueueCancellation.
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

/** Who asks a sibling what a document needs to say. */
export function feedCaller({ clock }: Pick<Room, 'clock'>, { correlationId }: Order): Caller {
  return {
    identity: serviceIdentity('order'),
    correlationId,
    deadlineMs: clock.now().getTime() + ASK_TIMEOUT_MS,
  };
}

/** The ERP has not been called yet: there is nothing to ask it about. */
export function asNotSent(cause: unknown): never {
  throw new ConnectorError('not-sent', {
    system: 'inventory',
    code: 'SIBLING_UNAVAILABLE',
    message: 'did not tell the codes of places',
    cause,
  });
}
