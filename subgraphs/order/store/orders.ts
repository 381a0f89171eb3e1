import type { ClientSession, Model } from 'mongoose';
import type { ErpSync, ErpSyncState } from '../domain/erp-sync.ts';
import type { FulfillmentOrderState, Order, OrderEvent, OrderStatus } from '../domain/order.ts';
import type { Collections } from './collections.ts';
import { type ComparedWithErp, comparedWithErp } from './compared-with-erp.ts';
import { type ComparedWithWarehouse, comparedWithWarehouse } from './compared-with-warehouse.ts';
import { olderThan, positionKey, positionOf } from './position.ts';

/** Which orders a caller may see at all. */
export type Visibility =
  | { readonly all: true }
  | { readonly customerId: string | null; readonly placedBy: string };

export interface OrderQuery {
  readonly visibility: Visibility;
  readonly customerId?: string;
  readonly channelId?: string;
  readonly statuses?: readonly OrderStatus[];
  readonly erpSyncStates?: readonly ErpSyncState[];
  readonly placedAfter?: Date;
}

export interface Orders extends ComparedWithErp<Order>, ComparedWithWarehouse {
  readonly model: Model<Order>;
  byIds(ids: readonly string[]): Promise<Order[]>;
  byNumbers(numbers: readonly string[]): Promise<Order[]>;
  byWorkIds(ids: readonly string[]): Promise<Order[]>;
  byShipmentIds(ids: readonly string[]): Promise<Order[]>;
  byLineIds(ids: readonly string[]): Promise<Order[]>;
  /** Orders with a shipment under this number, of whichever carrier. */
  byTrackingNumber(trackingNumber: string): Promise<Order[]>;
  /** Newest first; `after` is the sort key of the last one seen. */
  page(query: OrderQuery, limit: number, after: string | null): Promise<Order[]>;
  /** Orders with work at a place, oldest first, beginning with the order with the given key. */
  withWorkAt(
    locationId: string,
    states: readonly FulfillmentOrderState[] | null,
    limit: number,
    from: string | null,
  ): Promise<Order[]>;
  /** Orders with goods that wait for their customer, and of which something is due by `now`; the oldest due first. */
  withPickupDue(now: Date, limit: number): Promise<Order[]>;
  find(session: ClientSession, id: string): Promise<Order | null>;
  insert(session: ClientSession, order: Order): Promise<void>;
  /** Whether another order has one of these reservations for itself. */
  anyUses(session: ClientSession, reservationIds: readonly string[]): Promise<boolean>;
  /** Writes what became of an order. False: it has changed since `before` was read. */
  replace(session: ClientSession, before: Order, after: Order): Promise<boolean>;
  /** Notes how the order stands with the ERP; with an event it is a new version. */
  setErpSync(session: ClientSession, id: string, sync: ErpSync, event: OrderEvent | null): Promise<void>;
}

export function createOrders({ orders: model }: Collections): Orders {
  const where = (filter: Record<string, unknown>) => model.find(filter).lean<Order[]>();
  return {
    model,
    byIds: (ids) => where({ _id: { $in: [...ids] } }),
    byNumbers: (numbers) => where({ number: { $in: [...numbers] } }),
    byWorkIds: (ids) => where({ 'work.id': { $in: [...ids] } }),
    byShipmentIds: (ids) => where({ 'shipments.id': { $in: [...ids] } }),
    byLineIds: (ids) => where({ 'lines.id': { $in: [...ids] } }),
    byTrackingNumber: (trackingNumber) => where({ 'shipments.trackingNumber': trackingNumber }),
    page(query, limit, after) {
      return where({ $and: [filterOf(query), olderThan('placedAt', after)] })
        .sort({ placedAt: -1, _id: -1 })
        .limit(limit);
    },
    withWorkAt(locationId, states, limit, from) {
      const work = { locationId, ...(states === null ? {} : { state: { $in: [...states] } }) };
      const position = from === null ? {} : notOlderThan(from);
      return where({ $and: [{ 'work.locationId': locationId, work: { $elemMatch: work } }, position] })
        .sort({ createdAt: 1, _id: 1 })
        .limit(limit);
    },
    withPickupDue: (now, limit) =>
      where({ 'work.pickup.dueAt': { $lte: now } })
        .sort({ 'work.pickup.dueAt': 1 })
        .limit(limit),
    find: (session, id) => model.findById(id).session(session).lean<Order>(),
    async insert(session, order) {
      await model.create([order], { session });
    },
    async anyUses(session, reservationIds) {
      if (reservationIds.length === 0) return false;
      return (await model.exists({ reservationIds: { $in: [...reservationIds] } }).session(session)) !== null;
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
    async setErpSync(session, id, sync, event) {
      await model.updateOne(
        { _id: id },
        event === null
          ? { $set: { erpSync: sync } }
          : {
              $set: { erpSync: sync, updatedAt: event.recordedAt },
              $push: { events: event },
              $inc: { version: 1 },
            },
        { session },
      );
    },
    ...comparedWithErp<Order>(model, 'placedAt'),
    ...comparedWithWarehouse(model),
  };
}

/** The sort key of an order in lists by time bought. */
export function placedKey(order: Order): string {
  return positionKey(order.placedAt, order._id);
}

/** The sort key of an order in a place's list of work. */
export function createdKey(order: Order): string {
  return positionKey(order.createdAt, order._id);
}

function filterOf(query: OrderQuery): Record<string, unknown> {
  const { visibility, customerId, channelId, statuses, erpSyncStates, placedAfter } = query;
  const seen = 'all' in visibility ? {} : ownOrders(visibility);
  return {
    ...seen,
    ...(customerId === undefined ? {} : { $and: [{ customerId }] }),
    ...(channelId === undefined ? {} : { channelId }),
    ...(statuses === undefined ? {} : { status: { $in: [...statuses] } }),
    ...(erpSyncStates === undefined ? {} : { 'erpSync.state': { $in: [...erpSyncStates] } }),
    ...(placedAfter === undefined ? {} : { placedAt: { $gt: placedAfter } }),
  };
}

function ownOrders({
  customerId,
  placedBy,
}: {
  customerId: string | null;
  placedBy: string;
}): Record<string, unknown> {
  return customerId === null ? { placedBy } : { customerId };
}

function notOlderThan(key: string): Record<string, unknown> {
  const { at, id } = positionOf(key);
  return { $or: [{ createdAt: { $gt: at } }, { createdAt: at, _id: { $gte: id } }] };
}
