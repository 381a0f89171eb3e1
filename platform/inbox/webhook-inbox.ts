import { EventEmitter } from 'node:events';
import { type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import { isDuplicateKey } from '../store/store.ts';
import type { Placed } from './in-sequence.ts';

/** One change that a system pushed, verified and read as far as its envelope. */
export interface PushedMessage extends Placed {
  /** CloudEvents: `source` and `id` together are unique for ever. */
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly time: string;
  /** The system it came from and the feed it belongs to. */
  readonly system: string;
  readonly feed: string;
  /** The record as it came, JSON. */
  readonly data: string;
}

export interface WebhookRecord extends Omit<PushedMessage, 'id' | 'time'> {
  /** `source|id`. */
  _id: string;
  eventId: string;
  time: Date;
  receivedAt: Date;
  /** How often it was delivered; all but the first were dropped at the door. */
  deliveries: number;
}

/** What systems push: stored first, answered then, applied by whoever reads the feed it belongs to. */
export interface WebhookInbox {
  readonly model: Model<WebhookRecord>;
  /** Stores a message. False: it was delivered before and is dropped. */
  receive(message: PushedMessage): Promise<boolean>;
  /** What came of a feed behind `position`, lowest first. Every reader of the feed has a place of its own. */
  after(query: { system: string; feed: string; position: number; limit: number }): Promise<WebhookRecord[]>;
  /** Calls `listener` when something arrives for the feed in this process. Answers how to stop. */
  onArrival(system: string, feed: string, listener: () => void): () => void;
}

/** Longer than any sender repeats (48 hours) and than a replay of a month. */
const RETENTION_SECONDS = 35 * 24 * 60 * 60;

export function createWebhookInbox(options: { connection: Connection; clock: Clock }): WebhookInbox {
  const { connection, clock } = options;
  const model: Model<WebhookRecord> =
    connection.models['Webhook'] ?? connection.model<WebhookRecord>('Webhook', webhookSchema());
  const arrivals = new EventEmitter();
  // One listener for each feed of each subgraph of the process.
  arrivals.setMaxListeners(0);

  return {
    model,

    async receive({ id, time, ...message }) {
      const _id = `${message.source}|${id}`;
      try {
        await model.create({
          ...message,
          _id,
          eventId: id,
          time: new Date(time),
          receivedAt: clock.now(),
          deliveries: 1,
        });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        await model.updateOne({ _id }, { $inc: { deliveries: 1 } });
        return false;
      }
      arrivals.emit(`${message.system}/${message.feed}`);
      return true;
    },

    after: ({ system, feed, position, limit }) =>
      model
        .find({ system, feed, position: { $gt: position } })
        .sort({ position: 1 })
        .limit(limit)
        .lean<WebhookRecord[]>(),

    onArrival(system, feed, listener) {
      arrivals.on(`${system}/${feed}`, listener);
      return () => arrivals.off(`${system}/${feed}`, listener);
    },
  };
}

function webhookSchema(): Schema<WebhookRecord> {
  const schema = new Schema<WebhookRecord>(
    {
      _id: String,
      eventId: String,
      source: String,
      type: String,
      time: Date,
      system: String,
      feed: String,
      position: Number,
      data: String,
      receivedAt: Date,
      deliveries: Number,
    },
    { versionKey: false, collection: 'webhooks' },
  );
  schema.index({ system: 1, feed: 1, position: 1 });
  schema.index({ receivedAt: 1 }, { expireAfterSeconds: RETENTION_SECONDS });
  return schema;
}
