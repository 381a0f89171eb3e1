import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import { idFromKey } from '../../../platform/ids.ts';
import type { LoyaltyOrder, OrderPoints } from '../domain/loyalty.ts';

export type LoyaltyTransactionType = 'EARN' | 'REVERSE';

/** What a customer has in points; the sum of its entries, kept beside them. */
export interface LoyaltyBalance {
  /** The customer's id: each has one account at most. */
  readonly _id: string;
  readonly points: number;
  readonly pendingPoints: number;
}

/** An entry; added, never changed. */
export interface LoyaltyTransaction {
  readonly _id: string;
  readonly customerId: string;
  readonly type: LoyaltyTransactionType;
  /** Negative when they are taken back. */
  readonly points: number;
  readonly orderId: string;
  readonly occurredAt: Date;
}

export interface LoyaltyStore {
  /** To be prepared before anything is written. */
  readonly models: readonly Pick<Model<unknown>, 'createCollection' | 'createIndexes'>[];
  order(session: ClientSession, orderId: string): Promise<LoyaltyOrder | null>;
  /** Writes an order and what it brings now in place of what it brought before; `eventId` names the entry. Throws when the order has changed since it was read. */
  book(
    session: ClientSession,
    after: LoyaltyOrder,
    change: {
      readonly before: OrderPoints | null;
      readonly after: OrderPoints;
      readonly eventId: string;
      readonly occurredAt: Date;
    },
  ): Promise<void>;
  ordersByIds(orderIds: readonly string[]): Promise<LoyaltyOrder[]>;
  balances(customerIds: readonly string[]): Promise<LoyaltyBalance[]>;
  /** The newest first; `after` is the id of the last one seen. */
  transactions(customerId: string, limit: number, after: string | null): Promise<LoyaltyTransaction[]>;
}

export function createLoyaltyStore(connection: Connection): LoyaltyStore {
  const sum = new Schema({ amount: String, currencyCode: String }, { _id: false });
  const model = <T>(name: string, schema: Schema<T>): Model<T> =>
    connection.models[name] ?? connection.model<T>(name, schema);
  const orders = model(
    'LoyaltyOrder',
    new Schema<LoyaltyOrder>(
      {
        _id: String,
        customerId: String,
        total: sum,
        delivered: sum,
        gone: sum,
        returned: sum,
        version: Number,
      },
      { versionKey: false, collection: 'loyaltyOrders' },
    ),
  );
  const balances = model(
    'LoyaltyBalance',
    new Schema<LoyaltyBalance>(
      { _id: String, points: Number, pendingPoints: Number },
      { versionKey: false, collection: 'loyaltyBalances' },
    ),
  );
  const entries = new Schema<LoyaltyTransaction>(
    {
      _id: String,
      customerId: String,
      type: { type: String },
      points: Number,
      orderId: String,
      occurredAt: Date,
    },
    { versionKey: false, collection: 'loyaltyTransactions' },
  );
  entries.index({ customerId: 1, occurredAt: -1, _id: -1 });
  const transactions = model('LoyaltyTransaction', entries);

  return {
    models: [orders, balances, transactions],
    order: (session, orderId) => orders.findById(orderId).session(session).lean<LoyaltyOrder>(),
    async book(session, order, { before, after, eventId, occurredAt }) {
      const { _id, version, ...fields } = order;
      if (before === null) await orders.create([order], { session });
      else {
        const { matchedCount } = await orders.updateOne(
          { _id, version },
          { $set: fields, $inc: { version: 1 } },
          { session },
        );
        if (matchedCount !== 1) throw new Error(`the points of order ${_id} changed meanwhile`);
      }
      const was = before ?? { spendable: 0, pending: 0 };
      const points = after.spendable - was.spendable;
      const pendingPoints = after.pending - was.pending;
      if (points === 0 && pendingPoints === 0) return;
      await balances.updateOne(
        { _id: order.customerId },
        { $inc: { points, pendingPoints } },
        { session, upsert: true },
      );
      const sumOfBoth = points + pendingPoints;
      if (sumOfBoth === 0) return;
      const entry: LoyaltyTransaction = {
        _id: idFromKey('loyalty-transaction', eventId),
        customerId: order.customerId,
        type: sumOfBoth > 0 ? 'EARN' : 'REVERSE',
        points: sumOfBoth,
        orderId: _id,
        occurredAt,
      };
      await transactions.create([entry], { session });
    },
    ordersByIds: (orderIds) => orders.find({ _id: { $in: [...orderIds] } }).lean<LoyaltyOrder[]>(),
    balances: (customerIds) => balances.find({ _id: { $in: [...customerIds] } }).lean<LoyaltyBalance[]>(),
    async transactions(customerId, limit, after) {
      const last = after === null ? null : await transactions.findById(after).lean<LoyaltyTransaction>();
      const older =
        last === null
          ? {}
          : {
              $or: [
                { occurredAt: { $lt: last.occurredAt } },
                { occurredAt: last.occurredAt, _id: { $lt: last._id } },
              ],
            };
      return transactions
        .find({ $and: [{ customerId }, older] })
        .sort({ occurredAt: -1, _id: -1 })
        .limit(limit)
        .lean<LoyaltyTransaction[]>();
    },
  };
}
