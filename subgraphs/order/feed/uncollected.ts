import type { ClientSession } from 'mongoose';
import { documentStep } from '../../../connectors/document-step.ts';
import type { OperationHandler } from '../../../platform/outbox/dispatcher.ts';
import type { FulfillmentOrder, Order } from '../domain/order.ts';
import { claimsOf } from '../domain/reject.ts';
import { amountLeft, amountOfWork, isLastToShip, workSettled } from '../domain/ship.ts';
import { uncollectedCreditOf } from '../domain/uncollected-credit.ts';
import type { Room } from '../room.ts';
import { askPlaces } from './ask-places.ts';
import { asNotSent, enqueueCancellation, feedCaller } from './order-operations.ts';
import { closeStuck } from './stuck-orders.ts';
import { unitsAt } from './tell-picking.ts';
import { forgetPickup } from './tell-pickup.ts';
import { publishOf } from './tell-siblings.ts';

const CREDIT = { kind: 'order.creditUncollected', step: 'createSalesReturn' } as const;
const REASON = 'PICKUP_EXPIRED';

interface CreditPayload {
  readonly number: string;
  readonly settledAt: string;
}

/**
 * Everything that follows from goods nobody came for, written in the transaction that decided it: inventory puts them back on sale, finance
 * lets their money go or gives it back, customer takes back what points were to come of it (`order.pickupExpired`), and the ERP is told.
 */
export async function giveUpPickup(
  room: Room,
  session: ClientSession,
  before: Order,
  after: Order,
  work: FulfillmentOrder,
): Promise<void> {
  const settled = workSettled(before);
  const orderCanceled = after.status === 'CANCELED';
  await publishOf(room, session, 'order.pickupExpired', after, {
    orderId: after._id,
    number: after.number,
    fulfillmentOrderId: work.id,
    expiredAt: work.pickup?.expiresAt.toISOString(),
    lines: work.lines.map((line) => unitsAt(after, work, line)),
    reservationIds: claimsOf(after, work).map(({ reservationId }) => reservationId),
    // With the last goods of an order of which nothing was collected or sent, all that is left of it goes, services included.
    amount: orderCanceled ? amountLeft(before, settled) : amountOfWork(before, settled, work),
    final: isLastToShip(before, work),
    orderCanceled,
  });
  await forgetPickup(room, session, before, work);
  if (after.status !== 'IN_PROGRESS') await closeStuck(room, session, after);
  if (orderCanceled)
    await enqueueCancellation(room, session, after, { reasonCode: REASON, canceledAt: after.updatedAt });
  else await creditUncollected(room, session, before, work);
}

/**
 * With the last piece of work of an order, which part of was sent or collected and part was not, the ERP is told to credit what was not; it
 * knows the order whole until then. `before` is the order as it stood before that last piece.
 */
export async function creditUncollected(
  room: Room,
  session: ClientSession,
  before: Order,
  last: FulfillmentOrder,
): Promise<void> {
  if (!isLastToShip(before, last)) return;
  const after = await room.orders.find(session, before._id);
  if (after === null || !after.work.some(({ state }) => state === 'PICKUP_EXPIRED')) return;
  await room.integration.operations.enqueue<CreditPayload>(session, {
    owner: 'order',
    kind: CREDIT.kind,
    subjectId: after._id,
    aggregate: `order:${after._id}`,
    correlationId: after.correlationId,
    idempotencyKey: `${after._id}/uncollected`,
    lane: 'return',
    steps: [{ name: CREDIT.step, system: room.erp.system }],
    payload: { number: after.number, settledAt: after.updatedAt.toISOString() },
  });
}

/** What reaches the ERP of goods that nobody came for: a credit of them, and that they are in stock again. */
export function uncollectedOperation(room: Room): OperationHandler {
  return {
    kind: CREDIT.kind,
    steps: {
      [CREDIT.step]: documentStep({
        connector: room.erp,
        kind: 'salesReturn',
        clock: room.clock,
        keep: 'number',
        async documentOf(operation) {
          const [order] = await room.orders.byIds([operation.subjectId]);
          if (order === undefined)
            throw new Error(
              `operation ${operation._id} is about order ${operation.subjectId}, which is gone`,
            );
          const places = order.work.map(({ locationId }) => locationId);
          const codes = await askPlaces(room.siblings.inventory, places, feedCaller(room, order)).catch(
            asNotSent,
          );
          // Written by creditUncollected.
          const { settledAt } = operation.payload as CreditPayload;
          return uncollectedCreditOf(order, new Date(settledAt), (id) => codes.get(id));
        },
      }),
    },
  };
}
