import { fail } from '../errors.ts';
import { isDocument } from '../values/kinds.ts';

/** A place in the log of changes: commit time as MongoDB timestamp bits, and the number within that commit. */
export type Position = { time: bigint; index: number };

/** After every entry of its time. */
export const endOf = (time: bigint): Position => ({ time, index: 0xffffffff });
/** Before every entry of its time. */
export const startOf = (time: bigint): Position => ({ time, index: -1 });

export function comparePositions(a: Position, b: Position): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  return a.index - b.index;
}

export function positionKey({ time, index }: Position): Buffer {
  const key = Buffer.allocUnsafe(12);
  key.writeBigUInt64BE(time, 0);
  key.writeUInt32BE(index, 8);
  return key;
}

export const positionFromKey = (key: Buffer): Position => ({
  time: key.readBigUInt64BE(0),
  index: key.readUInt32BE(8),
});

export type ResumeToken = { _data: string };

/** The token a client resumes from. An invalidating event has one of its own, after that of the event it follows. */
export function resumeToken(position: Position, invalidate = false): ResumeToken {
  return { _data: `82${positionKey(position).toString('hex')}${invalidate ? '02' : '01'}` };
}

/** Reads a token back; fails with InvalidResumeToken on anything else than one of ours. */
export function readResumeToken(token: unknown): { position: Position; invalidate: boolean } {
  const data = isDocument(token) ? token._data : undefined;
  if (typeof data !== 'string' || !/^82[0-9a-f]{24}0[12]$/i.test(data))
    fail('InvalidResumeToken', 'The resume token was not made by this store');
  return { position: positionFromKey(Buffer.from(data.slice(2, 26), 'hex')), invalidate: data.endsWith('2') };
}
