import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerTooLargeError } from './http-reply.ts';
import { ReplyReader } from './http1-reply.ts';

const BODY = '{"data":{"name":"Größe 😀"}}';
const LENGTH = Buffer.byteLength(BODY);
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

const REPLIES: Readonly<Record<string, string>> = {
  'with a length': `HTTP/1.1 200 OK\r\ncontent-length: ${LENGTH}\r\n\r\n${BODY}`,
  'in chunks': `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk(BODY.slice(0, 5))}${chunk(BODY.slice(5))}0\r\nx-more: 1\r\n\r\n`,
  'after a reply that is none yet': `HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: ${LENGTH}\r\n\r\n${BODY}`,
};

/** Feeds the bytes in pieces that are overwritten as soon as they have been read. */
function readInPieces(reader: ReplyReader, bytes: Buffer, cuts: readonly number[]) {
  const edges = [...new Set([0, ...cuts.map((cut) => cut % bytes.length), bytes.length])].sort(
    (a, b) => a - b,
  );
  return edges.slice(1).map((to, index) => {
    const piece = Buffer.from(bytes.subarray(edges[index], to));
    const reply = reader.read(piece);
    piece.fill(0);
    return reply;
  });
}

describe('a reply over a connection', () => {
  it.each(Object.entries(REPLIES))('%s is the same however its bytes arrive, again and again', (_, text) => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 10_000 }), { maxLength: 12 }), (cuts) => {
        const reader = new ReplyReader(1000);
        for (let time = 0; time < 2; time += 1) {
          const replies = readInPieces(reader, Buffer.from(text), cuts);
          expect(replies.pop()).toEqual({ status: 200, text: BODY });
          expect(replies.every((reply) => reply === undefined)).toBe(true);
          expect(reader.keepsAlive).toBe(true);
        }
      }),
    );
  });

  it('ends with the connection when it has no length, and no other follows', () => {
    const reader = new ReplyReader(1000);
    expect(reader.read(Buffer.from('HTTP/1.1 200 OK\r\n\r\nhel'))).toBeUndefined();
    expect(reader.read(Buffer.from('lo'))).toBeUndefined();
    expect(reader.keepsAlive).toBe(false);
    expect(reader.end()).toEqual({ status: 200, text: 'hello' });
  });

  it('is lost when the connection ends before it does', () => {
    const reader = new ReplyReader(1000);
    reader.read(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhel'));
    expect(reader.end()).toBeUndefined();
  });

  it('needs no body', () => {
    const reader = new ReplyReader(1000);
    expect(reader.read(Buffer.from('HTTP/1.1 204 No Content\r\n\r\n'))).toEqual({ status: 204, text: '' });
  });

  it.each([
    ['HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n', { keepsAlive: false }],
    ['HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n', { keepsAlive: false }],
    ['HTTP/1.0 200 OK\r\nconnection: Keep-Alive\r\ncontent-length: 0\r\n\r\n', { keepsAlive: true }],
    ['HTTP/1.1 200 OK\r\nkeep-alive: timeout=65\r\ncontent-length: 0\r\n\r\n', { restMs: 64_000 }],
    ['HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', { restMs: 4000 }],
  ])('%j says of its connection %j', (text, expected) => {
    const reader = new ReplyReader(1000);
    expect(reader.read(Buffer.from(text))).toMatchObject({ text: '' });
    expect(reader).toMatchObject(expected);
  });

  it.each([
    ['something else', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n'],
    ['a body in another coding', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n'],
    ['a folded header', 'HTTP/1.1 200 OK\r\nx: 1\r\n y: 2\r\n\r\n'],
    ['more than one reply', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nab'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['a chunk of no size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nx\r\n'],
    ['a chunk longer than it said', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nab\r\n'],
    ['a head without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`],
  ])('is refused when it is %s', (_, text) => {
    expect(() => new ReplyReader(1000).read(Buffer.from(text))).toThrow();
  });

  it.each([
    'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nb\r\nhello world\r\n',
    'HTTP/1.1 200 OK\r\n\r\nhello world',
  ])('is refused when it is larger than agreed: %j', (text) => {
    expect(() => new ReplyReader(10).read(Buffer.from(text))).toThrow(AnswerTooLargeError);
  });
});
