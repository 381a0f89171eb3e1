import { Binary, UUID } from 'bson';
import { bytesOf } from '../values/compare.ts';
import { decode, encode } from '../values/documents.ts';
import { bsonTypeOf, type Doc, isBinary, isDocument, isNumber } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import type { Position } from './position.ts';

export type Operation =
  | 'insert'
  | 'update'
  | 'replace'
  | 'delete'
  | 'create'
  | 'drop'
  | 'rename'
  | 'dropDatabase'
  | 'createIndexes'
  | 'dropIndexes'
  | 'modify';

/** One change, before it has its place in the log. */
export type Change = {
  operation: Operation;
  database: string;
  collection: string;
  uuid?: UUID;
  /** The document's `_id`. */
  id?: unknown;
  /** The document as inserted or replaced. */
  document?: Uint8Array;
  /** `updateDescription` of an update; details of a change of structure. */
  description?: Doc;
  before?: Uint8Array;
  after?: Uint8Array;
  transaction?: { lsid: unknown; txnNumber: unknown };
};

export type OplogEntry = Change & { position: Position; wallMs: number };

/** The entry's bytes: length of the header, header, then the document as it stands in its collection. */
export function encodeEntry(entry: OplogEntry): Buffer {
  const header = encode({
    o: entry.operation,
    d: entry.database,
    c: entry.collection,
    w: new Date(entry.wallMs),
    ...(entry.uuid ? { u: entry.uuid } : {}),
    ...(entry.id === undefined ? {} : { i: entry.id }),
    ...(entry.description ? { s: entry.description } : {}),
    ...(entry.before ? { b: new Binary(entry.before) } : {}),
    ...(entry.after ? { a: new Binary(entry.after) } : {}),
    ...(entry.transaction ? { t: entry.transaction } : {}),
  });
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(header.length, 0);
  return Buffer.concat([length, header, entry.document ?? new Uint8Array(0)]);
}

export function decodeEntry(position: Position, bytes: Buffer): OplogEntry {
  const end = 4 + bytes.readUInt32BE(0);
  const header = decode(bytes.subarray(4, end));
  const { o, d, c, w, u, i, s, b, a, t } = header;
  return {
    position,
    // Written by encodeEntry above, so it is one of the names.
    operation: String(o) as Operation,
    database: String(d),
    collection: String(c),
    wallMs: w instanceof Date ? w.getTime() : asNumber(isNumber(w) ? w : undefined, 0),
    ...(bsonTypeOf(u) === 'Binary' && isBinary(u) ? { uuid: new UUID(bytesOf(u)) } : {}),
    ...(i === undefined ? {} : { id: i }),
    ...(isDocument(s) ? { description: s } : {}),
    ...(isBinary(b) ? { before: bytesOf(b) } : {}),
    ...(isBinary(a) ? { after: bytesOf(a) } : {}),
    ...(isDocument(t) ? { transaction: { lsid: t.lsid, txnNumber: t.txnNumber } } : {}),
    ...(end < bytes.length ? { document: bytes.subarray(end) } : {}),
  };
}
