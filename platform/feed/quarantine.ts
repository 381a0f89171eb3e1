import { type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import { hashOf } from '../idempotency/idempotency.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { FeedRejection } from './feed.ts';

/** A record that could not be read or accepted, kept for the person who has to mend it. */
export interface QuarantineRecord {
  _id: string;
  feed: string;
  system: string;
  eventId: string;
  code: string;
  message: string;
  field: string | null;
  raw: string;
  /** What names the record in its feed; null when that cannot be said, and a person has to say that it is mended. */
  key: string | null;
  at: Date;
  /** When a good record of the same name came after it. */
  mendedAt: Date | null;
}

export function quarantineModel(connection: Connection): Model<QuarantineRecord> {
  const known = connection.models['Quarantine'];
  if (known !== undefined) return known;
  const schema = new Schema<QuarantineRecord>(
    {
      _id: String,
      feed: String,
      system: String,
      eventId: String,
      code: String,
      message: String,
      field: { type: String, default: null },
      raw: String,
      key: { type: String, default: null },
      at: Date,
      mendedAt: { type: Date, default: null },
    },
    { versionKey: false, collection: 'quarantine', minimize: false },
  );
  schema.index({ at: 1 });
  schema.index({ feed: 1, key: 1 });
  return connection.model<QuarantineRecord>('Quarantine', schema);
}

export interface Quarantine {
  /** Sets a record aside, once, however often it comes. */
  setAside(eventId: string, rejected: FeedRejection): Promise<void>;
  /** Ends the matter of what was set aside under these names: good records came after it. */
  mended(keys: readonly string[]): Promise<void>;
}

/** What one feed told that could not be read or accepted. */
export function createQuarantine(options: {
  feed: string;
  system: string;
  connection: Connection;
  clock: Clock;
  logger: Logger;
}): Quarantine {
  const { feed, system, clock, logger } = options;
  const model = quarantineModel(options.connection);
  return {
    async setAside(eventId, rejected) {
      const { code, message, field, raw, key = null } = rejected;
      logger.warn({ feed, eventId, code, field }, 'a record of a feed was quarantined');
      await model.updateOne(
        { _id: `${feed}|${eventId}|${hashOf(raw).slice(0, 16)}` },
        {
          $setOnInsert: {
            feed,
            system,
            eventId,
            code,
            message,
            field: field?.join('.') ?? null,
            raw,
            key,
            at: clock.now(),
            mendedAt: null,
          },
        },
        { upsert: true },
      );
    },
    async mended(keys) {
      if (keys.length === 0) return;
      await model.updateMany(
        { feed, key: { $in: [...keys] }, mendedAt: null },
        { $set: { mendedAt: clock.now() } },
      );
    },
  };
}
