import { type Connection, mongo } from 'mongoose';
import type { Clock } from '../clock.ts';
import { type Change, changeOf, latestTime, positionAt, positionOf, timeOf } from './change.ts';

/** What one reading back may cost; who missed more than that begins anew. */
const MAX_CHANGES = 10_000;
const MAX_MS = 10_000;
/** The server answers after this long also when there is nothing. */
const AWAIT_MS = 200;
/** The place is gone, or was never one. */
const LOST = new Set([260, 280, 286]);

/**
 * The changes after one position up to and with another, in commit order. Null when the store no longer keeps them, or there are more
 * than 10,000 of them, or reading takes more than ten seconds. Each carries the document as it is now, as a late lookup does.
 */
export async function readChanges<T>(
  options: { connection: Connection; collections: readonly string[]; clock: Clock },
  after: string,
  upTo: string,
): Promise<readonly Change<T>[] | null> {
  const { db } = options.connection;
  if (db === undefined) throw new Error('the store is not connected');
  if (after >= upTo) return [];
  // An empty answer says only that the server has looked for a while; it is at the end when it has come to what was the end just now.
  const end = positionAt(await latestTime(db));
  const stream = db.watch([{ $match: { 'ns.coll': { $in: [...options.collections] } } }], {
    fullDocument: 'updateLookup',
    maxAwaitTimeMS: AWAIT_MS,
    // By time and not by token: a token is good only for a stream that would have told its change.
    startAtOperationTime: new mongo.Timestamp(timeOf(after)),
  });
  const untilMs = options.clock.now().getTime() + MAX_MS;
  const changes: Change<T>[] = [];
  try {
    while (options.clock.now().getTime() < untilMs) {
      const event = await stream.tryNext();
      if (event === null) {
        const { resumeToken } = stream;
        if (resumeToken && positionOf(resumeToken).slice(0, end.length) >= end) return changes;
        continue;
      }
      const change = changeOf<T>(event);
      if (change === null || change.position <= after) continue;
      if (change.position > upTo) return changes;
      if (changes.length >= MAX_CHANGES) return null;
      changes.push(change);
    }
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && LOST.has(Number(error.code))) return null;
    throw error;
  } finally {
    await stream.close().catch(() => undefined);
  }
}
