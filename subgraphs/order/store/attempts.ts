import { type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../../../platform/clock.ts';
import { renewing } from '../../../platform/renewing.ts';
import { isDuplicateKey } from '../../../platform/store/store.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';

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
   * Two attempts share what they claim (it is named after the order), so one must not undo what the other builds on. Whoever waits asks
   * `known` now and then: an answer that the other attempt has brought about is answered at once.
   */
  alone<T>(
    orderId: string,
    by: string,
    deadlineMs: number,
    work: () => Promise<T>,
    known: () => Promise<T | null>,
  ): Promise<T | null>;
  /** Orders at which an attempt ended without saying so, before `before`: its process died. */
  abandoned(before: Date, limit: number): Promise<string[]>;
  /** Clears up after an attempt that died. When `work` fails, it is to be done again later; when somebody is at it, they will. */
  settle(orderId: string, by: string, work: () => Promise<void>): Promise<void>;
}

/** How soon an attempt whose process died is passed over. A living one renews its turn three times as often. */
const HOLD_MS = 9_000;
const LOOK_AGAIN_MS = 25;
/** Two hundred equal requests at once must not keep the store from the one that does the work. */
const LOOK_AGAIN_MOST_MS = 400;

export function createAttempts(connection: Connection, clock: Clock, logger: Logger): Attempts {
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

  const until = () => new Date(clock.now().getTime() + HOLD_MS);

  return {
    model,
    async abandoned(before, limit) {
      const found = await model
        .find({ until: { $lte: before } }, { _id: 1 })
        .sort({ until: 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id }) => _id);
    },
    async settle(orderId, by, work) {
      if (!(await take(orderId, by))) return;
      await work();
      await model.deleteOne({ _id: orderId, by });
    },
    async alone(orderId, by, deadlineMs, work, known) {
      let waitMs = LOOK_AGAIN_MS;
      while (!(await take(orderId, by))) {
        const answer = await known();
        if (answer !== null) return answer;
        if (clock.now().getTime() + waitMs > deadlineMs) return null;
        await clock.delay(waitMs);
        waitMs = Math.min(waitMs * 2, LOOK_AGAIN_MOST_MS);
      }
      const renew = () => model.updateOne({ _id: orderId, by }, { $set: { until: until() } });
      try {
        return await renewing({ everyMs: HOLD_MS / 3, clock, logger, renew }, work);
      } finally {
        await model.deleteOne({ _id: orderId, by });
      }
    },
  };
}
