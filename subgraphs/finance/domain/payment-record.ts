import type { Money } from '../../../platform/money.ts';
import type { AccountPayment } from './order-account.ts';
import { evolve, type PaymentFact, type PaymentState, stateOf } from './payment.ts';
import type { TenderType } from './tender.ts';

/** A payment as it is kept: its book, and what is known around it. */
export interface PaymentRecord extends AccountPayment {
  readonly _id: string;
  readonly tenderType: TenderType;
  /** Follows from the book; kept so that it can be asked for. */
  readonly state: PaymentState;
  readonly orderId: string | null;
  /** Whether the order's account counts on it; before that `orderId` is only what it is meant for. */
  readonly bound: boolean;
  readonly customerId: string | null;
  readonly idempotencyKey: string;
  readonly correlationId: string;
  readonly pspReference: string | null;
  readonly authorizationExpiresAt: Date | null;
  /** Why it FAILED, in the provider's code. */
  readonly failureCode: string | null;
  /** Until then one attempt to reach the provider owns the payment; nobody else may send. Null: nobody is asking. */
  readonly attemptUntil: Date | null;
  readonly events: readonly PaymentEventRecord[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface PaymentEventRecord {
  readonly id: string;
  readonly type: string;
  readonly amount: string;
  readonly occurredAt: Date;
  readonly pspReference: string | null;
  readonly idempotencyKey: string | null;
}

/** What is told beside a fact. */
export interface FactNote {
  readonly id: string;
  readonly at: Date;
  readonly type: string;
  readonly amount: Money;
  readonly pspReference?: string | null;
  readonly idempotencyKey?: string | null;
}

/** The payment after a fact, with the event that tells of it; the same object when the fact changes nothing. */
export function withFact(payment: PaymentRecord, fact: PaymentFact, note: FactNote): PaymentRecord {
  const evolved = evolve(payment, fact);
  if (evolved === payment) return payment;
  // Evolving copies the whole record it was given and changes the book's own fields.
  const changed = evolved as PaymentRecord;
  const event: PaymentEventRecord = {
    id: note.id,
    type: note.type,
    amount: note.amount.amount,
    occurredAt: note.at,
    pspReference: note.pspReference ?? null,
    idempotencyKey: note.idempotencyKey ?? null,
  };
  return { ...changed, state: stateOf(changed), events: [...payment.events, event], updatedAt: note.at };
}
