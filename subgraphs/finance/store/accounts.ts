import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { OrderAccount } from '../domain/order-account.ts';
import { saveVersioned } from './versioned.ts';

export interface Accounts {
  readonly model: Model<OrderAccount>;
  find(session: ClientSession, orderId: string): Promise<OrderAccount | null>;
  byOrderIds(orderIds: readonly string[]): Promise<Map<string, OrderAccount>>;
  insert(session: ClientSession, account: OrderAccount): Promise<void>;
  /** Writes the account unless it changed since it was read; then the transaction runs again. */
  save(session: ClientSession, account: OrderAccount): Promise<void>;
}

export function createAccounts(connection: Connection): Accounts {
  const model: Model<OrderAccount> =
    connection.models['Account'] ?? connection.model<OrderAccount>('Account', accountSchema());
  return {
    model,
    find: (session, orderId) => model.findById(orderId).session(session).lean<OrderAccount>(),
    async byOrderIds(orderIds) {
      const found = await model.find({ _id: { $in: [...orderIds] } }).lean<OrderAccount[]>();
      return new Map(found.map((account) => [account._id, account]));
    },
    async insert(session, account) {
      await model.create([account], { session });
    },
    save: (session, account) => saveVersioned(model, account, session),
  };
}

function accountSchema(): Schema<OrderAccount> {
  const money = new Schema({ amount: String, currencyCode: String }, { _id: false });
  const schema = new Schema<OrderAccount>(
    {
      _id: String,
      orderNumber: String,
      customerId: { type: String, default: null },
      total: money,
      paymentIds: [String],
      status: String,
      confirmedAt: { type: Date, default: null },
      shipped: money,
      uncollected: { type: money, default: undefined },
      version: Number,
    },
    { versionKey: false, collection: 'accounts', minimize: false },
  );
  schema.index({ orderNumber: 1 });
  return schema;
}
