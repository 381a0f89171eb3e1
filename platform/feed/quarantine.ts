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
  at: Date;
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
      at: Date,
    },
    { versionKey: false, collection: 'quarantine', minimize: false },
  );
  schema.index({ at: 1 });
  return connection.model<QuarantineRecord>('Quarantine', schema);
}

/** Sets records of one feed aside; the same record is set aside once, however often it comes. */
export function createQuarantine(options: {
  feed: string;
  system: string;
  connection: Connection;
  clock: Clock;
  logger: Logger;
}): (eventId: string, rejected: FeedRejection) => Promise<void> {
  const { feed, system, clock, logger } = options;
  const model = quarantineModel(options.connection);
  return async (eventId, rejected) => {
    const { code, message, field, raw } = rejected;
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
          at: clock.now(),
        },
      },
      { upsert: true },
    );
  };
}
