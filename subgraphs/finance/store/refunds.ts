import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { Money } from '../../../platform/money.ts';
import type { RefundLine, RefundState } from '../domain/refund.ts';
import { AGREED_FIELD, type Agreement, agreementOf, NOT_AGREED } from './agreement.ts';

export interface RefundRecord {
  readonly _id: string;
  readonly orderId: string;
  readonly returnId: string | null;
  readonly paymentId: string;
  readonly state: RefundState;
  readonly amount: Money;
  readonly lines: readonly RefundLine[];
  /** Whether the payment provider gives it back; otherwise our own book is the record of it. */
  readonly byProvider: boolean;
  readonly reasonCode: string;
  /** Unique with `clientId` for ever: the same intent can never give money back twice, however late it is repeated. */
  readonly idempotencyKey: string;
  readonly clientId: string;
  /** Of the whole request, to tell a repetition from a key that is used again. */
  readonly inputHash: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface Refunds {
  readonly model: Model<RefundRecord>;
  /** With the provider, on what it gave back. */
  readonly withProvider: Agreement<RefundRecord>;
  byIds(ids: readonly string[]): Promise<RefundRecord[]>;
  byKey(session: ClientSession, clientId: string, idempotencyKey: string): Promise<RefundRecord | null>;
  find(session: ClientSession, id: string): Promise<RefundRecord | null>;
  insert(session: ClientSession, refund: RefundRecord): Promise<void>;
  setState(session: ClientSession, id: string, state: RefundState, now: Date): Promise<void>;
}

export function createRefunds(connection: Connection): Refunds {
  const model: Model<RefundRecord> =
    connection.models['Refund'] ?? connection.model<RefundRecord>('Refund', refundSchema());
  return {
    model,
    withProvider: agreementOf(model, { state: 'SUCCEEDED', byProvider: true }, 'updatedAt'),
    byIds: (ids) => model.find({ _id: { $in: [...ids] } }).lean<RefundRecord[]>(),
    byKey: (session, clientId, idempotencyKey) =>
      model.findOne({ clientId, idempotencyKey }).session(session).lean<RefundRecord>(),
    find: (session, id) => model.findById(id).session(session).lean<RefundRecord>(),
    async insert(session, refund) {
      await model.create([refund], { session });
    },
    async setState(session, id, state, now) {
      await model.updateOne({ _id: id }, { $set: { state, updatedAt: now, ...NOT_AGREED } }, { session });
    },
  };
}

function refundSchema(): Schema<RefundRecord> {
  const money = new Schema({ amount: String, currencyCode: String }, { _id: false });
  const quantity = new Schema({ value: String, unit: String }, { _id: false });
  const line = new Schema({ orderLineId: String, quantity, amount: money }, { _id: false });
  const schema = new Schema<RefundRecord>(
    {
      _id: String,
      orderId: String,
      returnId: { type: String, default: null },
      paymentId: String,
      state: String,
      amount: money,
      lines: [line],
      byProvider: { type: Boolean, default: false },
      reasonCode: String,
      idempotencyKey: String,
      clientId: String,
      inputHash: String,
      createdAt: Date,
      updatedAt: Date,
      ...AGREED_FIELD,
    },
    { versionKey: false, collection: 'refunds', minimize: false },
  );
  schema.index({ clientId: 1, idempotencyKey: 1 }, { unique: true });
  schema.index({ orderId: 1, _id: 1 });
  schema.index({ agreed: 1, state: 1, updatedAt: 1 });
  schema.index({ returnId: 1, _id: 1 });
  return schema;
}
