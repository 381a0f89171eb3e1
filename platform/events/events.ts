import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { NewId } from '../ids.ts';

/** A fact one subgraph tells the others, in CloudEvents 1.0 words. `source` and `id` together are unique. */
export interface DomainEvent<D = unknown> {
  readonly id: string;
  /** `/subgraphs/order`. */
  readonly source: string;
  /** `order.confirmed`, `order.canceled`: what happened, in the past tense. */
  readonly type: string;
  /** The id of what it happened to. */
  readonly subject: string;
  /** When it happened, RFC 3339. */
  readonly time: string;
  readonly correlationId: string;
  readonly data: D;
}

export interface EventRecord extends Omit<DomainEvent, 'id' | 'time'> {
  _id: string;
  time: Date;
}

export interface Events {
  readonly model: Model<EventRecord>;
  /** Writes the event in the transaction of the change it tells of: it is published if and only if that change commits. */
  publish<D>(
    session: ClientSession,
    event: { source: string; type: string; subject: string; correlationId: string; data: D },
  ): Promise<void>;
}

/** Consumers may be down for a week, a weekend included, and miss nothing. */
const RETENTION_SECONDS = 8 * 24 * 60 * 60;

export function createEvents(options: { connection: Connection; clock: Clock; newId: NewId }): Events {
  const { connection } = options;
  const model: Model<EventRecord> =
    connection.models['Event'] ?? connection.model<EventRecord>('Event', eventSchema());
  return {
    model,
    async publish(session, event) {
      await model.create([{ _id: options.newId(), ...event, time: options.clock.now() }], { session });
    },
  };
}

export function eventOf(record: EventRecord): DomainEvent {
  const { _id, time, ...rest } = record;
  return { ...rest, id: _id, time: time.toISOString() };
}

function eventSchema(): Schema<EventRecord> {
  const schema = new Schema<EventRecord>(
    {
      _id: String,
      source: String,
      type: String,
      subject: String,
      time: Date,
      correlationId: String,
      data: Schema.Types.Mixed,
    },
    { versionKey: false, collection: 'events', minimize: false },
  );
  schema.index({ time: 1 }, { expireAfterSeconds: RETENTION_SECONDS });
  return schema;
}
