import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import { quarantineModel } from '../feed/quarantine.ts';
import { createChangeTail } from '../store/change-tail.ts';
import type { Running } from '../subgraph.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type EventRefused, refusalOf } from './event-refused.ts';
import { type DomainEvent, type EventRecord, type Events, eventOf } from './events.ts';
import type { Inbox } from './inbox.ts';

export interface ConsumerOptions {
  /** Names the consumer for ever: its place in the stream and what it has applied are kept under it. */
  readonly name: string;
  readonly events: Events;
  readonly inbox: Inbox;
  /** The integration database. */
  readonly connection: Connection;
  readonly clock: Clock;
  readonly logger: Logger;
  /**
   * By event type. Runs in a transaction that also notes the event as applied; may run again from its start. One that throws an
   * `EventRefused`, or cannot read the event's data, has the event set aside with its reason, and nothing that it wrote is kept.
   */
  readonly handlers: Readonly<Record<string, (session: ClientSession, event: DomainEvent) => Promise<void>>>;
  /** Called after each commit of a handler; not for an event that was applied before. To wake a dispatcher of what the handler enqueued. */
  onApplied?(): void;
}

interface CursorRecord {
  _id: string;
  token: string;
  /** Everything published before it has been looked at, a margin for clocks that differ taken off. */
  seenUntil: Date;
}

/** How far behind its place a consumer looks again when the stream cannot be resumed: longer than a transaction and a clock's error. */
const OVERLAP_MS = 5 * 60_000;
/** The place is written down this often while there is nothing to apply: a write for every event would cost more than looking again. */
const SAVE_EVERY_MS = 2_000;

/**
 * Reads the events of sibling subgraphs in commit order and applies each once, over restarts and interruptions. One that can never be
 * applied holds up no other.
 */
export function createConsumer(options: ConsumerOptions): Running {
  const { name, events, inbox, connection, clock, logger } = options;
  const cursors: Model<CursorRecord> =
    connection.models['Cursor'] ??
    connection.model<CursorRecord>(
      'Cursor',
      new Schema<CursorRecord>(
        { _id: String, token: String, seenUntil: Date },
        { versionKey: false, collection: 'cursors' },
      ),
    );
  const quarantine = quarantineModel(connection);
  let savedAtMs = 0;

  async function apply(record: EventRecord): Promise<void> {
    const handler = options.handlers[record.type];
    if (handler === undefined) return;
    const event = eventOf(record);
    const fact = { consumer: name, source: event.source, id: event.id };
    try {
      if (await inbox.once(fact, (session) => handler(session, event))) options.onApplied?.();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === null) throw error;
      await inbox.once(fact, (session) => setAside(session, event, refusal));
    }
  }

  async function setAside(
    session: ClientSession,
    { id, type, source, data }: DomainEvent,
    { code, message, field }: EventRefused,
  ): Promise<void> {
    logger.error({ event: id, type, code, reason: message, field }, 'an event was quarantined');
    await quarantine.updateOne(
      { _id: `${name}/events|${id}` },
      {
        $setOnInsert: {
          feed: `${name}/events/${type}`,
          system: source,
          eventId: id,
          code,
          message,
          field,
          raw: JSON.stringify(data),
          at: clock.now(),
        },
      },
      { upsert: true, session },
    );
  }

  async function catchUp(): Promise<void> {
    const cursor = await cursors.findById(name).lean<CursorRecord>();
    const since = cursor === null ? new Date(0) : new Date(cursor.seenUntil.getTime() - OVERLAP_MS);
    const missed = events.model
      .find({ time: { $gte: since }, type: { $in: Object.keys(options.handlers) } })
      .sort({ time: 1 })
      .lean<EventRecord[]>();
    for await (const record of missed.cursor()) await apply(record as EventRecord);
  }

  async function save(token: string, seenUntil: Date): Promise<void> {
    const nowMs = clock.now().getTime();
    if (nowMs - savedAtMs < SAVE_EVERY_MS) return;
    savedAtMs = nowMs;
    await cursors.updateOne({ _id: name }, { $set: { token, seenUntil } }, { upsert: true });
  }

  const tail = createChangeTail<EventRecord>({
    name: `consumer ${name}`,
    connection,
    collections: [events.model.collection.collectionName],
    clock,
    logger,
    loadToken: async () => (await cursors.findById(name).lean<CursorRecord>())?.token ?? null,
    onGap: catchUp,
    async onChange(change) {
      if (change.document === null) return;
      await apply(change.document);
      await save(change.token, change.document.time);
    },
  });

  return {
    ...tail,
    async start() {
      const known = await cursors.exists({ _id: name });
      await tail.start();
      // A consumer that is new, or was never saved, begins with what is there already.
      if (known === null) await catchUp();
    },
  };
}
