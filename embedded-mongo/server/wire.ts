import { serialize } from 'bson';
import { fail } from '../errors.ts';
import { decode } from '../values/documents.ts';
import { type Doc, isDocument } from '../values/kinds.ts';
import { CursorBatch } from './cursor-batch.ts';

/** Largest message in bytes, as MongoDB announces it. */
export const maxMessageBytes = 48_000_000;
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const checksumPresent = 1;
const moreToCome = 2;
const headerBytes = 16;

export type Message = {
  requestId: number;
  command: Doc;
  /** Sent with the old opcode, which clients use for their first greeting only. */
  legacy: boolean;
  /** The client does not want a reply. */
  unacknowledged: boolean;
};

/** Reads one whole message. Throws on anything malformed; the connection is then beyond repair. */
export function readMessage(bytes: Buffer): Message {
  const requestId = bytes.readInt32LE(4);
  const opcode = bytes.readInt32LE(12);
  if (opcode === opMsg) return readOpMsg(bytes, requestId);
  if (opcode === opQuery) return readOpQuery(bytes, requestId);
  return fail('BadValue', `unsupported opcode ${opcode}`);
}

function readOpMsg(bytes: Buffer, requestId: number): Message {
  const flags = bytes.readUInt32LE(headerBytes);
  if (flags & 0xfffc) fail('BadValue', 'unknown required flags in a message');
  const end = bytes.length - (flags & checksumPresent ? 4 : 0);
  let command: Doc | undefined;
  const sequences: Doc = {};
  for (let at = headerBytes + 4; at < end; ) {
    const kind = bytes[at++];
    const size = bytes.readInt32LE(at);
    const next = at + size;
    if (size < 5 || next > end) fail('BadValue', 'a section of a message does not fit it');
    if (kind === 0) {
      if (command) fail('BadValue', 'a message has two bodies');
      command = decode(bytes.subarray(at, next));
    } else if (kind === 1) readSequence(bytes.subarray(at + 4, next), sequences);
    else fail('BadValue', `unknown kind of section: ${kind}`);
    at = next;
  }
  if (!command) fail('BadValue', 'a message has no body');
  return {
    requestId,
    command: Object.assign(command, sequences),
    legacy: false,
    unacknowledged: (flags & moreToCome) !== 0,
  };
}

function readSequence(section: Buffer, into: Doc): void {
  const nameEnd = section.indexOf(0);
  if (nameEnd < 1) fail('BadValue', 'a document sequence has no name');
  const name = section.toString('utf8', 0, nameEnd);
  const documents: Doc[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const size = section.readInt32LE(at);
    if (size < 5 || at + size > section.length) fail('BadValue', 'a document does not fit its sequence');
    documents.push(decode(section.subarray(at, at + size)));
    at += size;
  }
  into[name] = documents;
}

function readOpQuery(bytes: Buffer, requestId: number): Message {
  const nameEnd = bytes.indexOf(0, headerBytes + 4);
  if (nameEnd < 0) fail('BadValue', 'a query has no namespace');
  const at = nameEnd + 9;
  const body = decode(bytes.subarray(at, at + bytes.readInt32LE(at)));
  const command = isDocument(body.$query) ? body.$query : body;
  command.$db ??= bytes.toString('utf8', headerBytes + 4, nameEnd).split('.')[0];
  return { requestId, command, legacy: true, unacknowledged: false };
}

let lastReplyId = 0;

/** The reply's bytes. A `cursor` that is a CursorBatch goes in with its documents as they are, without decoding them. */
export function encodeReply(message: Message, reply: Doc): Buffer[] {
  const body = encodeBody(reply);
  const header = Buffer.alloc(message.legacy ? 36 : 21);
  header.writeInt32LE(header.length + body.reduce((sum, part) => sum + part.length, 0), 0);
  lastReplyId = (lastReplyId + 1) & 0x7fffffff;
  header.writeInt32LE(lastReplyId, 4);
  header.writeInt32LE(message.requestId, 8);
  header.writeInt32LE(message.legacy ? opReply : opMsg, 12);
  if (message.legacy) {
    header.writeInt32LE(8, 16); // the server can await data
    header.writeInt32LE(1, 32); // one document follows
  }
  return [header, ...body];
}

function encodeBody(reply: Doc): Buffer[] {
  const { cursor, ...rest } = reply;
  if (!(cursor instanceof CursorBatch)) return [asBuffer(serialize(reply, { ignoreUndefined: true }))];
  const batch = [
    ...cursor.documents.flatMap((document, at) => [elementHead(3, String(at)), asBuffer(document)]),
    zero,
  ];
  const batchBytes = wrap(batch);
  const cursorBytes = wrap([
    ...elementsOf({
      id: cursor.id,
      ns: cursor.namespace,
      ...(cursor.resumeToken ? { postBatchResumeToken: cursor.resumeToken } : {}),
      ...(cursor.atClusterTime ? { atClusterTime: cursor.atClusterTime } : {}),
    }),
    elementHead(4, cursor.first ? 'firstBatch' : 'nextBatch'),
    ...batchBytes,
    zero,
  ]);
  return wrap([elementHead(3, 'cursor'), ...cursorBytes, ...elementsOf(rest), zero]);
}

const zero = Buffer.from([0]);

function wrap(parts: Buffer[]): Buffer[] {
  const length = Buffer.allocUnsafe(4);
  length.writeInt32LE(
    parts.reduce((sum, part) => sum + part.length, 4),
    0,
  );
  return [length, ...parts];
}

/** A document's elements without its length and its end. */
const elementsOf = (document: Doc): Buffer[] => [
  asBuffer(serialize(document, { ignoreUndefined: true })).subarray(4, -1),
];
const elementHead = (type: number, name: string): Buffer =>
  Buffer.from(`${String.fromCharCode(type)}${name}\0`);
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
