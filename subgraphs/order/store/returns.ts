import type { ClientSession, Model } from 'mongoose';
import type { ErpSync } from '../domain/erp-sync.ts';
import { AWAITED } from '../domain/overdue-return.ts';
import type { Return } from '../domain/return.ts';
import type { Collections } from './collections.ts';
import { type ComparedWithErp, comparedWithErp } from './compared-with-erp.ts';
import { olderThan, positionKey } from './position.ts';

export interface Returns extends ComparedWithErp<Return> {
  readonly model: Model<Return>;
  byIds(ids: readonly string[]): Promise<Return[]>;
  byRmaNumbers(numbers: readonly string[]): Promise<Return[]>;
  byWorkIds(ids: readonly string[]): Promise<Return[]>;
  /** Oldest first. */
  ofOrders(orderIds: readonly string[]): Promise<Return[]>;
  /** A customer's returns, newest first; `after` is the sort key of the last one seen. */
  page(customerId: string, limit: number, after: string | null): Promise<Return[]>;
  find(session: ClientSession, id: string): Promise<Return | null>;
  insert(session: ClientSession, goods: Return): Promise<void>;
  /** Writes what became of a return. False: it has changed since `before` was read. */
  replace(session: ClientSession, before: Return, after: Return): Promise<boolean>;
  /** Notes how the return stands with the ERP. News has an instant and is a new version; one more attempt like the last is neither. */
  setErpSync(session: ClientSession, id: string, sync: ErpSync, newsAt: Date | null): Promise<void>;
  /** Returns asked for before `before` whose goods are still awaited, and nobody was called about yet. */
  overdue(before: Date, limit: number): Promise<Return[]>;
  /** Returns that people were called about and whose goods are awaited no more. */
  overdueNoMore(limit: number): Promise<Return[]>;
  /** Notes that people are called about it, or no more (null). False: another process has done so. */
  setOverdue(session: ClientSession, id: string, since: Date | null): Promise<boolean>;
}

export function createReturns({ returns: model }: Collections): Returns {
  const where = (filter: Record<string, unknown>) => model.find(filter).lean<Return[]>();
  return {
    model,
    byIds: (ids) => where({ _id: { $in: [...ids] } }),
    byRmaNumbers: (numbers) => where({ rmaNumber: { $in: [...numbers] } }),
    byWorkIds: (ids) => where({ 'work.id': { $in: [...ids] } }),
    ofOrders: (orderIds) => where({ orderId: { $in: [...orderIds] } }).sort({ createdAt: 1, _id: 1 }),
    page(customerId, limit, after) {
      return where({ customerId, ...olderThan('createdAt', after) })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit);
    },
    find: (session, id) => model.findById(id).session(session).lean<Return>(),
    async insert(session, goods) {
      await model.create([goods], { session });
    },
    async replace(session, before, after) {
      const { _id, ...fields } = after;
      const { matchedCount } = await model.updateOne(
        { _id, version: before.version },
        { $set: fields },
        { session },
      );
      return matchedCount === 1;
    },
    async setErpSync(session, id, sync, newsAt) {
      await model.updateOne(
        { _id: id },
        newsAt === null
          ? { $set: { erpSync: sync } }
          : { $set: { erpSync: sync, updatedAt: newsAt }, $inc: { version: 1 } },
        { session },
      );
    },
    overdue: (before, limit) =>
      where({ overdueSince: null, state: { $in: [...AWAITED] }, createdAt: { $lt: before } })
        .sort({ createdAt: 1 })
        .limit(limit),
    overdueNoMore: (limit) =>
      where({ overdueSince: { $ne: null }, state: { $nin: [...AWAITED] } }).limit(limit),
    async setOverdue(session, id, since) {
      const isAwaited = { state: { [since === null ? '$nin' : '$in']: [...AWAITED] } };
      const { modifiedCount } = await model.updateOne(
        { _id: id, overdueSince: since === null ? { $ne: null } : null, ...isAwaited },
        { $set: { overdueSince: since } },
        { session },
      );
      return modifiedCount === 1;
    },
    ...comparedWithErp<Return>(model, 'createdAt'),
  };
}

/** The sort key of a return in a customer's list. */
export function returnKey(goods: Return): string {
  return positionKey(goods.createdAt, goods._id);
}
