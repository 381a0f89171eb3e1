import type { ClientSession } from 'mongoose';
import { documentStep } from '../../../connectors/document-step.ts';
import type { OperationHandler } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import { isNews, syncAfterStep } from '../domain/erp-sync.ts';
import type { Return } from '../domain/return.ts';
import { salesReturnOf } from '../domain/sales-return.ts';
import type { Room } from '../room.ts';

const POST = { kind: 'return.post', step: 'createSalesReturn' } as const;

interface PostPayload {
  readonly rmaNumber: string;
  /** What the ERP knows the places by that took goods back: [id, code]. */
  readonly places: readonly (readonly [string, string])[];
}

/**
 * Has the ERP credit an inspected return, in the transaction of the inspection. A return of an order waits behind that order's own
 * operations: the ERP refuses to credit an order that it has not heard of yet.
 */
export function enqueueReturn(
  room: Room,
  session: ClientSession,
  goods: Return,
  places: ReadonlyMap<string, string>,
): Promise<string> {
  return room.integration.operations.enqueue<PostPayload>(session, {
    owner: 'order',
    kind: POST.kind,
    subjectId: goods._id,
    aggregate: goods.orderId === null ? `return:${goods._id}` : `order:${goods.orderId}`,
    about: {
      channelId: goods.channelId,
      ...(goods.work === null ? {} : { locationId: goods.work.locationId }),
    },
    correlationId: goods.correlationId,
    idempotencyKey: goods._id,
    lane: 'return',
    steps: [{ name: POST.step, system: room.erp.system }],
    payload: { rmaNumber: goods.rmaNumber, places: [...places] },
  });
}

/** What reaches the ERP of a return: its sales return, which the ERP answers with a credit note. How it went is written onto the return. */
export function returnOperation(room: Room): OperationHandler {
  const { erp, returns, clock } = room;
  // Written by enqueueReturn.
  const payloadOf = (operation: OperationRecord) => operation.payload as PostPayload;
  return {
    kind: POST.kind,
    steps: {
      [POST.step]: documentStep({
        connector: erp,
        kind: 'salesReturn',
        clock,
        keep: 'number',
        async documentOf(operation) {
          const [goods] = await returns.byIds([operation.subjectId]);
          if (goods === undefined) {
            throw new Error(
              `operation ${operation._id} is about return ${operation.subjectId}, which is gone`,
            );
          }
          const places = new Map(payloadOf(operation).places);
          return salesReturnOf(goods, (id) => places.get(id));
        },
      }),
    },
    async onStep(session, operation, step) {
      const goods = await returns.find(session, operation.subjectId);
      if (goods === null) return;
      const sync = syncAfterStep(step, operation);
      await returns.setErpSync(
        session,
        goods._id,
        sync,
        isNews(goods.erpSync, sync) ? operation.updatedAt : null,
      );
    },
  };
}
