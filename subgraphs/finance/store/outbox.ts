import type { ClientSession } from 'mongoose';
import type { Money } from '../../../platform/money.ts';
import type { PaymentRecord } from '../domain/payment-record.ts';
import type { Room } from '../room.ts';

/** The operations finance sends out, and what each carries. The reference of each is unique and names it to the system as well. */
export interface MovePayload {
  readonly paymentId: string;
  readonly pspReference: string;
  readonly reference: string;
  readonly amount: Money;
  /** The refund, for `refund.submit`. */
  readonly refundId: string | null;
  readonly reasonCode: string | null;
}

export interface ResolvePayload {
  readonly paymentId: string;
}

export interface JournalPayload {
  readonly entryId: string;
  readonly currencyCode: string;
}

export const MOVE_KINDS = {
  CAPTURE: 'payment.capture',
  VOID: 'payment.void',
  REFUND: 'refund.submit',
} as const;

/** Captures and voids of one payment go one after the other; a refund needs neither to go first. */
export async function enqueueMove(
  session: ClientSession,
  room: Room,
  move: { kind: keyof typeof MOVE_KINDS; correlationId: string; payload: MovePayload },
): Promise<void> {
  const { payload } = move;
  await room.integration.operations.enqueue(session, {
    owner: 'finance',
    kind: MOVE_KINDS[move.kind],
    subjectId: payload.refundId ?? payload.paymentId,
    aggregate: payload.refundId === null ? `payment:${payload.paymentId}` : `refund:${payload.refundId}`,
    correlationId: move.correlationId,
    idempotencyKey: payload.reference,
    lane: payload.refundId === null ? 'order' : 'return',
    steps: [{ name: move.kind.toLowerCase(), system: room.payments.system }],
    payload,
  });
}

/** Asks the provider what became of an authorization, no earlier than its answer can be final. */
export async function enqueueResolve(
  session: ClientSession,
  room: Room,
  payment: PaymentRecord,
): Promise<void> {
  const payload: ResolvePayload = { paymentId: payment._id };
  const settlingMs = room.payments.capabilities.documents.paymentAuthorization?.settlingMs ?? 0;
  await room.integration.operations.enqueue(session, {
    owner: 'finance',
    kind: 'payment.resolve',
    subjectId: payment._id,
    aggregate: `payment:${payment._id}`,
    correlationId: payment.correlationId,
    idempotencyKey: payment._id,
    lane: 'order',
    steps: [{ name: 'ask', system: room.payments.system }],
    notBefore: new Date(room.clock.now().getTime() + settlingMs),
    payload,
  });
}

export async function enqueueJournal(
  session: ClientSession,
  room: Room,
  entry: { id: string; currencyCode: string; correlationId: string },
): Promise<void> {
  const payload: JournalPayload = { entryId: entry.id, currencyCode: entry.currencyCode };
  await room.integration.operations.enqueue(session, {
    owner: 'finance',
    kind: 'journal.post',
    subjectId: entry.id,
    aggregate: `journal:${entry.id}`,
    correlationId: entry.correlationId,
    idempotencyKey: entry.id,
    lane: 'return',
    steps: [{ name: 'post', system: room.erp.system }],
    payload,
  });
}
