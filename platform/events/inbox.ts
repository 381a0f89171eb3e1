import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { Clock } from '../clock.ts';
import { isDuplicateKey, type Store } from '../store/store.ts';

export interface Inbox {
  readonly model: Model<InboxRecord>;
  /**
   * Applies a fact from outside once: `apply` and the note that it was applied commit together, so a fact that is delivered again is
   * dropped. Answers whether it was applied now.
   */
  once(
    fact: { consumer: string; source: string; id: string },
    apply: (session: ClientSession) => Promise<void>,
  ): Promise<boolean>;
}

export interface InboxRecord {
  _id: string;
  at: Date;
}

/** Longer than any sender repeats: a week of events, 48 hours of webhooks. */
const RETENTION_SECONDS = 35 * 24 * 60 * 60;

export function createInbox(options: { store: Store; connection: Connection; clock: Clock }): Inbox {
  const { store, connection, clock } = options;
  const schema = new Schema<InboxRecord>(
    { _id: String, at: Date },
    { versionKey: false, collection: 'inbox' },
  );
  schema.index({ at: 1 }, { expireAfterSeconds: RETENTION_SECONDS });
  const model: Model<InboxRecord> =
    connection.models['Inbox'] ?? connection.model<InboxRecord>('Inbox', schema);

  return {
    model,
    async once(fact, apply) {
      const _id = `${fact.consumer}|${fact.source}|${fact.id}`;
      if ((await model.exists({ _id })) !== null) return false;
      try {
        await store.transaction(async (session) => {
          await model.create([{ _id, at: clock.now() }], { session });
          await apply(session);
        });
        return true;
      } catch (error) {
        if (isDuplicateKey(error) && (await model.exists({ _id })) !== null) return false;
        throw error;
      }
    },
  };
}
