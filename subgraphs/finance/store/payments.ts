import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { PaymentState } from '../domain/payment.ts';
import type { PaymentRecord } from '../domain/payment-record.ts';
import { AGREED_FIELD, type Agreement, agreementOf, NOT_AGREED } from './agreement.ts';
import { saveVersioned } from './versioned.ts';

/** In which nothing is under way, and the provider has what we have. */
export const SETTLED_STATES: readonly PaymentState[] = [
  'AUTHORIZED',
  'PARTIALLY_CAPTURED',
  'CAPTURED',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'VOIDED',
];

export interface Payments {
  readonly model: Model<PaymentRecord>;
  /** With the provider, on what it holds, took and gave back. */
  readonly withProvider: Agreement<PaymentRecord>;
  byIds(ids: readonly string[], session?: ClientSession): Promise<Map<string, PaymentRecord>>;
  insert(session: ClientSession, payment: PaymentRecord): Promise<void>;
  /** Writes the payment unless it changed since it was read; then the transaction runs again. */
  save(session: ClientSession, payment: PaymentRecord): Promise<void>;
  /** Until when the money of a payment in doubt is held, as the provider told when it was asked. */
  noteExpiry(id: string, expiresAt: Date): Promise<void>;
  /**
   * Takes the right to ask the provider about a payment that is still CREATED and that nobody else is asking about. Null: somebody is,
   * or it is decided.
   */
  claimAttempt(id: string, now: Date, until: Date): Promise<PaymentRecord | null>;
  /** Ids of CREATED payments whose last attempt ended before `before` and was never accounted for. */
  unanswered(before: Date, limit: number): Promise<string[]>;
  /** Ids of AUTHORIZED payments whose authorization ended before `now`. */
  expired(now: Date, limit: number): Promise<string[]>;
}

export function createPayments(connection: Connection): Payments {
  const model: Model<PaymentRecord> =
    connection.models['Payment'] ?? connection.model<PaymentRecord>('Payment', paymentSchema());
  return {
    model,
    withProvider: agreementOf(
      model,
      { pspReference: { $ne: null }, state: { $in: SETTLED_STATES } },
      'updatedAt',
    ),
    async byIds(ids, session) {
      if (ids.length === 0) return new Map();
      const found = await model
        .find({ _id: { $in: [...new Set(ids)] } })
        .session(session ?? null)
        .lean<PaymentRecord[]>();
      return new Map(found.map((payment) => [payment._id, payment]));
    },
    async insert(session, payment) {
      await model.create([payment], { session });
    },
    save: (session, payment) => saveVersioned(model, { ...payment, ...NOT_AGREED }, session),
    claimAttempt: (id, now, until) =>
      model
        .findOneAndUpdate(
          { _id: id, state: 'CREATED', $or: [{ attemptUntil: null }, { attemptUntil: { $lte: now } }] },
          { $set: { attemptUntil: until }, $inc: { version: 1 } },
          { returnDocument: 'after' },
        )
        .lean<PaymentRecord>(),
    unanswered: (before, limit) => idsOf(model, { state: 'CREATED', attemptUntil: { $lte: before } }, limit),
    expired: (now, limit) =>
      idsOf(model, { state: 'AUTHORIZED', authorizationExpiresAt: { $lte: now } }, limit),
    async noteExpiry(id, expiresAt) {
      await model.updateOne({ _id: id, phase: 'IN_DOUBT' }, { $set: { authorizationExpiresAt: expiresAt } });
    },
  };
}

async function idsOf(
  model: Model<PaymentRecord>,
  filter: Record<string, unknown>,
  limit: number,
): Promise<string[]> {
  const found = await model.find(filter, { _id: 1 }).limit(limit).lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}

function paymentSchema(): Schema<PaymentRecord> {
  const move = new Schema(
    { kind: String, reference: String, amount: String, inDoubt: Boolean },
    { _id: false, id: false },
  );
  const event = new Schema(
    {
      id: String,
      type: { type: String },
      amount: String,
      occurredAt: Date,
      pspReference: { type: String, default: null },
      idempotencyKey: { type: String, default: null },
    },
    { _id: false, id: false },
  );
  const schema = new Schema<PaymentRecord>(
    {
      _id: String,
      tenderType: String,
      state: String,
      phase: String,
      currencyCode: String,
      asked: String,
      authorized: String,
      captured: String,
      refunded: String,
      pending: [move],
      orderId: { type: String, default: null },
      bound: { type: Boolean, default: false },
      customerId: { type: String, default: null },
      idempotencyKey: String,
      correlationId: String,
      pspReference: { type: String, default: null },
      authorizationExpiresAt: { type: Date, default: null },
      failureCode: { type: String, default: null },
      attemptUntil: { type: Date, default: null },
      events: [event],
      version: Number,
      createdAt: Date,
      updatedAt: Date,
      ...AGREED_FIELD,
    },
    { versionKey: false, collection: 'payments', minimize: false },
  );
  schema.index({ orderId: 1, _id: 1 });
  schema.index({ agreed: 1, state: 1, updatedAt: 1 });
  schema.index({ state: 1, attemptUntil: 1 });
  schema.index({ state: 1, authorizationExpiresAt: 1 });
  return schema;
}
