import type { ClientSession } from 'mongoose';
import { documentStep } from '../../../connectors/document-step.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import type { OperationHandler } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import type { Order } from '../domain/order.ts';
import { acceptWork } from '../domain/ship.ts';
import {
  assignWork,
  fulfillmentRequestOf,
  requestCancellationOf,
  workAtWarehouse,
} from '../domain/warehouse-work.ts';
import type { Room, Warehouse } from '../room.ts';

export const REQUEST = { kind: 'fulfillment.request', step: 'createFulfillmentRequest' } as const;
export const WITHDRAW = { kind: 'fulfillment.cancel', step: 'cancelFulfillmentRequest' } as const;

interface RequestPayload {
  readonly workId: string;
}

interface WithdrawPayload extends RequestPayload {
  readonly reasonCode: string;
  readonly canceledAt: string;
}

/** The order with its work shared out between people and the warehouse. Rejects when inventory does not tell which places these are. */
export async function assignToWarehouse(room: Room, order: Order, caller: Caller): Promise<Order> {
  const { warehouse } = room;
  if (warehouse === null) return order;
  const places = order.work.map(({ locationId }) => locationId);
  return assignWork(order, warehouse.connector.system, await warehouse.places.among(places, caller));
}

/**
 * Asks the warehouse for its work of an order that is being written, behind whatever is under way for the order: for all of it, or for
 * pieces whose goods came.
 */
export async function requestWork(
  room: Room,
  session: ClientSession,
  order: Order,
  workIds: readonly string[] = order.work.map(({ id }) => id),
): Promise<void> {
  const asked = { ...order, work: order.work.filter(({ id }) => workIds.includes(id)) };
  await fanOut(room, session, asked, REQUEST, (workId): RequestPayload => ({ workId }));
}

/** Tells the warehouse to drop its work of an order that is being canceled; `before` is the order as it stood. */
export async function withdrawWork(
  room: Room,
  session: ClientSession,
  before: Order,
  why: { readonly reasonCode: string; readonly canceledAt: Date },
): Promise<void> {
  const { reasonCode } = why;
  const canceledAt = why.canceledAt.toISOString();
  await fanOut(
    room,
    session,
    before,
    WITHDRAW,
    (workId): WithdrawPayload => ({
      workId,
      reasonCode,
      canceledAt,
    }),
  );
}

async function fanOut(
  room: Room,
  session: ClientSession,
  order: Order,
  { kind, step }: { readonly kind: string; readonly step: string },
  payloadOf: (workId: string) => RequestPayload,
): Promise<void> {
  for (const { id, locationId, servedBy } of workAtWarehouse(order)) {
    if (servedBy === undefined) continue;
    await room.integration.operations.enqueue(session, {
      owner: 'order',
      kind,
      subjectId: order._id,
      aggregate: `order:${order._id}`,
      about: { channelId: order.channelId, locationId },
      correlationId: order.correlationId,
      idempotencyKey: id,
      lane: 'order',
      steps: [{ name: step, system: servedBy.system }],
      payload: payloadOf(id),
    });
  }
}

/** What reaches the warehouse of an order: a request for each piece of its work, and its cancellation. */
export function warehouseOperations(room: Room, { connector }: Warehouse): OperationHandler[] {
  const { orders, clock } = room;

  async function orderOf({ _id, subjectId }: OperationRecord): Promise<Order> {
    const [order] = await orders.byIds([subjectId]);
    if (order === undefined) throw new Error(`operation ${_id} is about order ${subjectId}, which is gone`);
    return order;
  }

  const request = documentStep({
    connector,
    kind: 'fulfillmentRequest',
    clock,
    keep: 'number',
    async documentOf(operation) {
      const order = await orderOf(operation);
      // Written by requestWork.
      const { workId } = operation.payload as RequestPayload;
      const work = order.work.find(({ id }) => id === workId);
      if (work === undefined) throw new Error(`order ${order._id} has no work ${workId}`);
      return fulfillmentRequestOf(order, work);
    },
  });

  const withdraw = documentStep({
    connector,
    kind: 'fulfillmentCancellation',
    clock,
    keep: 'number',
    async documentOf(operation) {
      // Written by withdrawWork.
      const { workId, reasonCode, canceledAt } = operation.payload as WithdrawPayload;
      return requestCancellationOf(await orderOf(operation), workId, reasonCode, new Date(canceledAt));
    },
  });

  return [
    { kind: REQUEST.kind, steps: { [REQUEST.step]: request }, onStep: noteAccepted(room) },
    { kind: WITHDRAW.kind, steps: { [WITHDRAW.step]: withdraw } },
  ];
}

/** The warehouse has taken the work on. Where it has left or was canceled before that was heard, there is nothing to note. */
function noteAccepted({ orders, newId }: Room): NonNullable<OperationHandler['onStep']> {
  return async (session, operation, step) => {
    if (step.state !== 'SUCCEEDED') return;
    const before = await orders.find(session, operation.subjectId);
    const { workId } = operation.payload as RequestPayload;
    if (before?.work.find(({ id }) => id === workId)?.state !== 'OPEN') return;
    const at = operation.updatedAt;
    const accepted = acceptWork(before, workId, {
      id: newId(),
      type: 'WORK_ACCEPTED',
      occurredAt: at,
      recordedAt: at,
      actor: 'subgraph:order',
      sourceSystem: step.system.toUpperCase(),
    });
    if (accepted.ok && !(await orders.replace(session, before, accepted.value)))
      throw new Error(`order ${before._id} changed within a transaction that had read it`);
  };
}
