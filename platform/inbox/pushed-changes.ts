import type { FeedChange, FeedRejection } from '../feed/feed.ts';
import type { Placed } from './in-sequence.ts';
import type { WebhookInbox } from './webhook-inbox.ts';

/** A change of a feed that the system pushed. */
export interface PushedChange<T> extends FeedChange<T>, Placed {}

/** What a system pushed of one feed, as each of the feed's readers sees it. */
export interface PushedChanges<T> {
  /** The ones behind `position`, lowest first; there may be holes. */
  after(position: number, limit: number): Promise<readonly PushedChange<T>[]>;
  /** Calls `listener` at each arrival in this process; answers how to stop. */
  onArrival(listener: () => void): () => void;
  /** The position a cursor of the feed stands at, 0 for the beginning. */
  positionOf(cursor: string): number;
  /** The cursor of a feed that has been read up to `position`. */
  cursorOf(position: number): string;
}

/** Reads the inbox as changes of one feed. `parse` never throws: what it cannot read is a rejected change. */
export function createPushedChanges<T>(options: {
  inbox: WebhookInbox;
  system: string;
  feed: string;
  parse(data: unknown): { record: T } | { rejected: FeedRejection };
  positionOf(cursor: string): number;
  cursorOf(position: number): string;
}): PushedChanges<T> {
  const { inbox, system, feed } = options;
  return {
    positionOf: options.positionOf,
    cursorOf: options.cursorOf,
    async after(position, limit) {
      const records = await inbox.after({ system, feed, position, limit });
      return records.map((record) => ({
        eventId: record.eventId,
        occurredAt: record.time.toISOString(),
        position: record.position,
        ...options.parse(JSON.parse(record.data)),
      }));
    },
    onArrival: (listener) => inbox.onArrival(system, feed, listener),
  };
}
