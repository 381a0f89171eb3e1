import type { Model } from 'mongoose';
import type { ErpSync } from '../domain/erp-sync.ts';

/** How documents of ours stand in the comparison with the ERP's books. None of it is news to anybody who watches. */
export interface ComparedWithErp<T> {
  /** What the ERP acknowledged before `before` and nobody found equal in its books yet, the oldest first. */
  unreconciled(before: Date, limit: number): Promise<T[]>;
  /** The ERP's books say the same: ACKNOWLEDGED becomes RECONCILED. */
  setReconciled(ids: readonly string[]): Promise<void>;
  /** The ERP's books say something else by now: RECONCILED becomes ACKNOWLEDGED again. */
  setUnreconciled(ids: readonly string[]): Promise<void>;
}

interface Compared {
  readonly erpSync: ErpSync;
  readonly updatedAt: Date;
}

/** `bornAt` is the field that says how old a document is. */
export function comparedWithErp<T extends Compared>(
  model: Model<T>,
  bornAt: keyof T & string,
): ComparedWithErp<T> {
  async function move(ids: readonly string[], from: ErpSync['state'], to: ErpSync['state']): Promise<void> {
    if (ids.length === 0) return;
    await model.updateMany({ _id: { $in: [...ids] }, 'erpSync.state': from } as Record<string, unknown>, {
      $set: { 'erpSync.state': to } as Record<string, unknown>,
    });
  }
  return {
    unreconciled: (before, limit) =>
      model
        .find({
          'erpSync.state': 'ACKNOWLEDGED',
          'erpSync.acknowledgedAt': { $lt: before },
          updatedAt: { $lt: before },
        } as Record<string, unknown>)
        .sort({ [bornAt]: 1 })
        .limit(limit)
        .lean<T[]>(),
    setReconciled: (ids) => move(ids, 'ACKNOWLEDGED', 'RECONCILED'),
    setUnreconciled: (ids) => move(ids, 'RECONCILED', 'ACKNOWLEDGED'),
  };
}
