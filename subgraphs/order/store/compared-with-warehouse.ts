import type { Model } from 'mongoose';
import type { Order } from '../domain/order.ts';
import { WAREHOUSE_STATES } from '../domain/warehouse-state.ts';

/** How pieces of work stand in the comparison with the warehouse system that does them. None of it is news to anybody who watches. */
export interface ComparedWithWarehouse {
  /** Orders that changed before `before` with work at a system that nobody found equal there since it came into its state. */
  workUnreconciled(system: string, before: Date, limit: number): Promise<Order[]>;
  /** The warehouse says of these what we do; `as` is what both say. */
  setWorkAgreed(work: readonly { readonly id: string; readonly as: string }[]): Promise<void>;
  setWorkDisagreed(ids: readonly string[]): Promise<void>;
}

export function comparedWithWarehouse(model: Model<Order>): ComparedWithWarehouse {
  const each = async (ids: readonly { id: string; update: Record<string, unknown> }[]) => {
    if (ids.length === 0) return;
    await model.bulkWrite(
      ids.map(({ id, update }) => ({ updateOne: { filter: { 'work.id': id }, update } })),
    );
  };
  return {
    workUnreconciled: (system, before, limit) =>
      model
        .find({
          updatedAt: { $lt: before },
          $or: Object.entries(WAREHOUSE_STATES).map(([state, as]) => ({
            work: { $elemMatch: { 'servedBy.system': system, state, agreedAs: { $ne: as } } },
          })),
        })
        .sort({ updatedAt: 1 })
        .limit(limit)
        .lean<Order[]>(),
    setWorkAgreed: (work) =>
      each(work.map(({ id, as }) => ({ id, update: { $set: { 'work.$.agreedAs': as } } }))),
    setWorkDisagreed: (ids) => each(ids.map((id) => ({ id, update: { $unset: { 'work.$.agreedAs': '' } } }))),
  };
}
