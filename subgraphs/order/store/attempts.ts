import { type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../../../platform/clock.ts';
import { isDuplicateKey } from '../../../platform/store/store.ts';

interface AttemptRecord {
  _id: string;
  by: string;
  until: Date;
}

/** At most one attempt at an order at a time, in any process. */
export interface Attempts {
  readonly model: Model<AttemptRecord>;
  /**
   * Runs `work` when no other attempt at `orderId` is under way, waiting for that until `deadlineMs`. Null: the other one took too long.
   * Two attempts share what they claim (it is named after the order), so one must not undo what the other builds on.
   */
  alone<T>(orderId: string, by: string, deadlineMs: number, work: () => Promise<T>): Promise<T | null>;
}

/** Longer than any attempt may take; a holder that died is passed over after it. */
const HOLD_MS = 60_000;
const LOOK_AGAIN_MS = 25;

export function createAttempts(connection: Connection, clock: Clock): Attempts {
  const schema = new Schema<AttemptRecord>(
    { _id: String, by: String, until: Date },
    { versionKey: false, collection: 'attempts' },
  );
  schema.index({ until: 1 }, { expireAfterSeconds: 3_600 });
  const model: Model<AttemptRecord> =
    connection.models['Attempt'] ?? connection.model<AttemptRecord>('Attempt', schema);

  async function take(orderId: string, by: string): Promise<boolean> {
    const now = clock.now();
    try {
      await model.updateOne(
        { _id: orderId, until: { $lte: now } },
        { $set: { by, until: new Date(now.getTime() + HOLD_MS) } },
        { upsert: true },
      );
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  return {
    model,
    async alone(orderId, by, deadlineMs, work) {
      while (!(await take(orderId, by))) {
        if (clock.now().getTime() + LOOK_AGAIN_MS > deadlineMs) return null;
        await clock.delay(LOOK_AGAIN_MS);
      }
      try {
        return await work();
      } finally {
        await model.deleteOne({ _id: orderId, by });
      }
    },
  };
}
