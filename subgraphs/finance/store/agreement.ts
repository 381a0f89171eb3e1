import type { Model } from 'mongoose';

/**
 * Whether another's books say of a record what ours do, as far as is known: `agreed` is set when they were found to, and taken back with
 * every change of the record and when they are found not to.
 */
export interface Agreement<T> {
  /** What changed before `before` and was not found equal since, the oldest first. */
  unreconciled(before: Date, limit: number): Promise<T[]>;
  setAgreed(ids: readonly string[], agreed: boolean): Promise<void>;
}

/** To be stored with every change of a record. */
export const NOT_AGREED = { agreed: false } as const;

/** For a schema whose records are compared. */
export const AGREED_FIELD = { agreed: { type: Boolean, default: false } } as const;

/** `which` are the records that another's books are to know; `changedAt` is the field that tells when they changed. */
export function agreementOf<T>(
  model: Model<T>,
  which: Readonly<Record<string, unknown>>,
  changedAt: keyof T & string,
): Agreement<T> {
  return {
    unreconciled: (before, limit) =>
      model
        .find({ ...which, agreed: { $ne: true }, [changedAt]: { $lt: before } } as Record<string, unknown>)
        .sort({ [changedAt]: 1 })
        .limit(limit)
        .lean<T[]>(),
    async setAgreed(ids, agreed) {
      if (ids.length === 0) return;
      await model.updateMany({ _id: { $in: [...ids] } } as Record<string, unknown>, {
        $set: { agreed } as Record<string, unknown>,
      });
    },
  };
}
