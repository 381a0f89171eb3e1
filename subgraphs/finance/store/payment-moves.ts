import type { ClientSession } from 'mongoose';
import type { Money } from '../../../platform/money.ts';
import type { PendingMove } from '../domain/payment.ts';
import { type PaymentRecord, withFact } from '../domain/payment-record.ts';
import type { RefundLine } from '../domain/refund.ts';
import { backingOf } from '../domain/tender.ts';
import type { Room } from '../room.ts';
import { enqueueMove } from './outbox.ts';
import type { RefundRecord } from './refunds.ts';

/** How the payment's history names a move that was carried out. */
export const DONE_EVENT: Readonly<Record<PendingMove['kind'], string>> = {
  CAPTURE: 'CAPTURED',
  VOID: 'VOIDED',
  REFUND: 'REFUNDED',
};

export interface MoveRequest {
  readonly kind: PendingMove['kind'];
  readonly amount: Money;
  readonly correlationId: string;
  readonly idempotencyKey: string | null;
  readonly refund?: { readonly id: string; readonly reasonCode: string };
}

/**
 * Promises a move that a rule has allowed. With a provider behind the tender its operation is written in the same transaction; without
 * one our book is the record, and the move is done with its promise.
 */
export async function promiseMove(
  session: ClientSession,
  room: Room,
  payment: PaymentRecord,
  request: MoveRequest,
): Promise<PaymentRecord> {
  const { kind, amount, idempotencyKey } = request;
  const reference = request.refund?.id ?? room.newId();
  const note = { at: room.clock.now(), amount, idempotencyKey };
  const promised = withFact(
    payment,
    { type: 'REQUESTED', move: { kind, reference, amount: amount.amount } },
    { ...note, id: room.newId(), type: `${kind}_REQUESTED` },
  );
  if (backingOf(payment.tenderType) !== 'provider') {
    const done = withFact(
      promised,
      { type: 'MOVE_DONE', reference },
      { ...note, id: room.newId(), type: DONE_EVENT[kind] },
    );
    await room.finance.payments.save(session, done);
    return done;
  }
  await room.finance.payments.save(session, promised);
  await enqueueMove(session, room, {
    kind,
    correlationId: request.correlationId,
    payload: {
      paymentId: payment._id,
      pspReference: payment.pspReference ?? '',
      reference,
      amount,
      refundId: request.refund?.id ?? null,
      reasonCode: request.refund?.reasonCode ?? null,
    },
  });
  return promised;
}

export interface RefundRequest {
  readonly orderId: string;
  readonly returnId: string | null;
  readonly amount: Money;
  readonly lines: readonly RefundLine[];
  readonly reasonCode: string;
  readonly idempotencyKey: string;
  readonly clientId: string;
  readonly inputHash: string;
  readonly correlationId: string;
}

/** Writes an allowed refund down and sends it on its way. */
export async function promiseRefund(
  session: ClientSession,
  room: Room,
  payment: PaymentRecord,
  request: RefundRequest,
): Promise<RefundRecord> {
  const { correlationId, ...asked } = request;
  const now = room.clock.now();
  const id = room.newId();
  const moved = await promiseMove(session, room, payment, {
    kind: 'REFUND',
    amount: asked.amount,
    correlationId,
    idempotencyKey: asked.idempotencyKey,
    refund: { id, reasonCode: asked.reasonCode },
  });
  const waits = moved.pending.some((move) => move.reference === id);
  const refund: RefundRecord = {
    _id: id,
    ...asked,
    paymentId: payment._id,
    state: waits ? 'APPROVED' : 'SUCCEEDED',
    byProvider: waits,
    createdAt: now,
    updatedAt: now,
  };
  await room.finance.refunds.insert(session, refund);
  return refund;
}
