import type { ClientSession } from 'mongoose';
import type { Allocation } from '../domain/allocation.ts';
import type { Collections } from './collections.ts';
import type { AllocationRecord } from './records.ts';

/** Stock promised to confirmed orders. */
export interface Allocations {
  insert(session: ClientSession, allocations: readonly Allocation[], at: Date): Promise<void>;
  /** Writes allocations as a plan changed them. */
  save(session: ClientSession, allocations: readonly Allocation[], at: Date): Promise<void>;
  ofOrder(session: ClientSession, orderId: string): Promise<Allocation[]>;
  /** Those that still have something of a variant at a place, the oldest 2,000. */
  openAt(
    session: ClientSession,
    level: { readonly variantId: string; readonly locationId: string },
  ): Promise<Allocation[]>;
  byIds(ids: readonly string[], session?: ClientSession): Promise<Map<string, Allocation>>;
  byWorkOrders(workOrderIds: readonly string[]): Promise<Map<string, Allocation[]>>;
}

/** Claims of one level that are looked at in one go. */
const MAX_OPEN = 2_000;

export function createAllocations({ allocations: model }: Pick<Collections, 'allocations'>): Allocations {
  return {
    async insert(session, allocations, at) {
      if (allocations.length === 0) return;
      await model.insertMany(
        allocations.map(({ id, ...rest }) => ({ _id: id, ...rest, createdAt: at, updatedAt: at })),
        { session, lean: true },
      );
    },

    async save(session, allocations, at) {
      if (allocations.length === 0) return;
      await model.bulkWrite(
        allocations.map(
          ({ id, state, quantity, open, picked, backordered, expectedAt, workOrderId, bookedWith }) => ({
            updateOne: {
              filter: { _id: id },
              update: {
                $set: {
                  state,
                  quantity,
                  open,
                  picked,
                  backordered,
                  expectedAt,
                  workOrderId,
                  bookedWith,
                  updatedAt: at,
                },
              },
            },
          }),
        ),
        { session },
      );
    },

    async ofOrder(session, orderId) {
      const records = await model.find({ orderId }).session(session).lean<AllocationRecord[]>();
      return records.map(allocationOf);
    },

    async openAt(session, { variantId, locationId }) {
      const records = await model
        .find({ variantId, locationId, open: { $gt: 0 } })
        .sort({ claimedAt: 1, _id: 1 })
        .limit(MAX_OPEN)
        .session(session)
        .lean<AllocationRecord[]>();
      return records.map(allocationOf);
    },

    async byIds(ids, session) {
      const records = await model
        .find({ _id: { $in: [...ids] } })
        .session(session ?? null)
        .lean<AllocationRecord[]>();
      return new Map(records.map((record) => [record._id, allocationOf(record)]));
    },

    async byWorkOrders(workOrderIds) {
      const records = await model
        .find({ workOrderId: { $in: [...workOrderIds] } })
        .sort({ _id: 1 })
        .lean<AllocationRecord[]>();
      const found = Map.groupBy(records.map(allocationOf), ({ workOrderId }) => workOrderId ?? '');
      return new Map(workOrderIds.map((id) => [id, found.get(id) ?? []]));
    },
  };
}

export function allocationOf({ _id, createdAt, updatedAt: _, ...rest }: AllocationRecord): Allocation {
  return {
    ...rest,
    id: _id,
    picked: rest.picked ?? 0,
    claimedAt: rest.claimedAt ?? createdAt,
    backordered: rest.backordered ?? 0,
    expectedAt: rest.expectedAt ?? null,
    partOf: rest.partOf ?? null,
    bookedWith: rest.bookedWith ?? [],
  };
}
