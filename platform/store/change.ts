import { mongo } from 'mongoose';

export interface Change<T> {
  readonly collection: string;
  readonly id: string;
  /** The document after the change; null when it was deleted, or is gone since. */
  readonly document: T | null;
  /** Where the stream stands after this change; a stream resumed from it begins with the next one. */
  readonly token: string;
  /** Its place in the order of all changes of the store: of two changes, the later has the greater text. */
  readonly position: string;
}

/** The change an event tells of; null for an event that is about no document. */
export function changeOf<T>(event: mongo.ChangeStreamDocument): Change<T> | null {
  if (!('documentKey' in event)) return null;
  return {
    collection: event.ns.coll,
    id: String(event.documentKey._id),
    // The collection's owner writes documents of this type and no others.
    document: ('fullDocument' in event ? (event.fullDocument ?? null) : null) as T | null,
    token: encodeToken(event._id),
    position: positionOf(event._id),
  };
}

/** Resume tokens are documents; as text they can be kept in a field. */
export function encodeToken(token: unknown): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

export function decodeToken(text: string): mongo.ResumeToken {
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
}

/** What a resume token holds is made to be compared as text, and begins with the time of the commit. */
export function positionOf(token: mongo.ResumeToken): string {
  const data = typeof token === 'object' && token !== null && '_data' in token ? token._data : undefined;
  if (typeof data !== 'string') throw new Error('the store gave a resume token without a position');
  return data.toLowerCase();
}

/** Before every change of that time. */
export function positionAt(time: mongo.Timestamp): string {
  const hex = (n: number) => n.toString(16).padStart(8, '0');
  return `82${hex(time.t)}${hex(time.i)}`;
}

/** The time of the latest change the store knows of. */
export async function latestTime(db: mongo.Db): Promise<mongo.Timestamp> {
  const { operationTime } = await db.command({ ping: 1 });
  if (!(operationTime instanceof mongo.Timestamp)) throw new Error('the store does not tell its time');
  return operationTime;
}

/** The commit time a position begins with: its second, and the number within the second. */
export function timeOf(position: string): { readonly t: number; readonly i: number } {
  return {
    t: Number.parseInt(position.slice(2, 10), 16),
    i: Number.parseInt(position.slice(10, 18), 16),
  };
}
