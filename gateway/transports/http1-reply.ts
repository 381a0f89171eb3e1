import { AnswerTooLargeError, type HttpReply } from './http-reply.ts';

/** A connection keeps a buffer of at most this size for the next reply; a larger one is made for the reply alone. */
const MAX_KEPT_BYTES = 256 * 1024;
const MAX_HEAD_BYTES = 16 * 1024;
const MAX_LINE_BYTES = 4 * 1024;
/** Without a word of the server about it, a resting connection counts as closed after this long. */
const DEFAULT_REST_MS = 4000;
/** The server's own word is taken with this much less, for a request that is on its way when the server closes is lost. */
const REST_MARGIN_MS = 1000;

type State = 'head' | 'fixed' | 'until close' | 'chunk size' | 'chunk' | 'chunk end' | 'trailers' | 'done';

/**
 * Reads one HTTP/1.1 reply after the other from the bytes of a connection, as they come. Throws on what is not HTTP/1.1, and on a body
 * or head that is too large; the connection is of no use then.
 */
export class ReplyReader {
  readonly #maxBodyBytes: number;
  #state: State = 'head';
  #head: Buffer = EMPTY;
  #line = '';
  #status = 0;
  /** The bytes still to come, of the body or of the chunk. */
  #missing = 0;
  #body: Buffer = EMPTY;
  #bodyBytes = 0;
  /** Whether another request may follow on this connection, and for how long. */
  keepsAlive = true;
  restMs = DEFAULT_REST_MS;

  constructor(maxBodyBytes: number) {
    this.#maxBodyBytes = maxBodyBytes;
  }

  /** Takes bytes, which may be overwritten afterwards. Answers the reply with its last byte. */
  read(bytes: Buffer): HttpReply | undefined {
    let at = 0;
    while (at < bytes.length && this.#state !== 'done') {
      switch (this.#state) {
        case 'head':
          at = this.#readHead(bytes, at);
          break;
        case 'fixed':
        case 'chunk':
          at = this.#readBody(bytes, at, Math.min(bytes.length, at + this.#missing));
          break;
        case 'until close':
          at = this.#readBody(bytes, at, bytes.length);
          break;
        default:
          at = this.#readLine(bytes, at);
      }
    }
    if (this.#state !== 'done') return undefined;
    if (at < bytes.length) throw new Error('the server sends more than it was asked for');
    return this.#finish();
  }

  /** The connection has been closed by the other side, which for some replies is their end. */
  end(): HttpReply | undefined {
    return this.#state === 'until close' ? this.#finish() : undefined;
  }

  #finish(): HttpReply {
    const reply = { status: this.#status, text: this.#body.toString('utf8', 0, this.#bodyBytes) };
    if (this.#body.length > MAX_KEPT_BYTES) this.#body = EMPTY;
    this.#bodyBytes = 0;
    this.#state = 'head';
    return reply;
  }

  #readHead(bytes: Buffer, from: number): number {
    let end = this.#head.length === 0 ? bytes.indexOf(END_OF_HEAD, from) : -1;
    if (end !== -1) {
      if (end - from > MAX_HEAD_BYTES) throw new Error('the head of the reply is too large');
      this.#startBody(bytes.toString('latin1', from, end));
      return end + END_OF_HEAD.length;
    }
    const known = this.#head.length;
    this.#head = Buffer.concat([this.#head, bytes.subarray(from)]);
    end = this.#head.indexOf(END_OF_HEAD);
    if ((end === -1 ? this.#head.length : end) > MAX_HEAD_BYTES) {
      throw new Error('the head of the reply is too large');
    }
    if (end === -1) return bytes.length;
    const head = this.#head.toString('latin1', 0, end);
    this.#head = EMPTY;
    this.#startBody(head);
    return from + end + END_OF_HEAD.length - known;
  }

  #startBody(head: string): void {
    const lines = head.split('\r\n');
    const status = STATUS_LINE.exec(lines[0] ?? '');
    if (status === null) throw new Error('the reply is not HTTP/1.1');
    this.#status = Number(status[2]);
    // Switching protocols was not asked for; the other 1xx only say that the reply is still to come.
    if (this.#status === 101) throw new Error('the server wants to speak another protocol');
    if (this.#status < 200) return;
    const { length, chunked } = this.#readHeaders(lines, status[1] === '1');
    if (this.#status === 204 || this.#status === 304 || (length === 0 && !chunked)) this.#state = 'done';
    else if (chunked) this.#state = 'chunk size';
    else if (length === undefined) {
      this.#state = 'until close';
      this.keepsAlive = false;
    } else {
      this.#state = 'fixed';
      this.#missing = length;
      this.#room(length);
    }
  }

  #readHeaders(
    lines: readonly string[],
    keepsAlive: boolean,
  ): { length: number | undefined; chunked: boolean } {
    let length: number | undefined;
    let chunked = false;
    this.keepsAlive = keepsAlive;
    this.restMs = DEFAULT_REST_MS;
    for (let index = 1; index < lines.length; index += 1) {
      const line = lines[index] ?? '';
      const colon = line.indexOf(':');
      if (colon <= 0 || !NAME.test(line.slice(0, colon)))
        throw new Error('the reply has a header that is none');
      const value = line.slice(colon + 1).trim();
      switch (line.slice(0, colon).toLowerCase()) {
        case 'content-length':
          if (!DIGITS.test(value) || (length !== undefined && length !== Number(value))) {
            throw new Error('the length of the reply is not a number');
          }
          length = Number(value);
          break;
        case 'transfer-encoding':
          if (value.toLowerCase() !== 'chunked') throw new Error(`the reply is encoded as ${value}`);
          chunked = true;
          break;
        case 'connection':
          if (/\bclose\b/i.test(value)) this.keepsAlive = false;
          else if (/\bkeep-alive\b/i.test(value)) this.keepsAlive = true;
          break;
        case 'keep-alive': {
          const timeout = TIMEOUT.exec(value)?.[1];
          if (timeout !== undefined) this.restMs = Number(timeout) * 1000 - REST_MARGIN_MS;
          break;
        }
      }
    }
    if (chunked && length !== undefined) throw new Error('the reply has two lengths');
    return { length, chunked };
  }

  #readBody(bytes: Buffer, from: number, to: number): number {
    this.#room(to - from);
    bytes.copy(this.#body, this.#bodyBytes, from, to);
    this.#bodyBytes += to - from;
    this.#missing -= to - from;
    if (this.#missing === 0 && this.#state !== 'until close') {
      this.#state = this.#state === 'chunk' ? 'chunk end' : 'done';
    }
    return to;
  }

  /** The lines between chunks: their sizes, their ends, and what follows the last one. */
  #readLine(bytes: Buffer, from: number): number {
    const feed = bytes.indexOf(10, from);
    const to = feed === -1 ? bytes.length : feed + 1;
    this.#line += bytes.toString('latin1', from, to);
    if (this.#line.length > MAX_LINE_BYTES) throw new Error('a line between chunks is too long');
    if (feed === -1) return to;
    const line = this.#line;
    this.#line = '';
    if (!line.endsWith('\r\n')) throw new Error('a line between chunks ends in the wrong way');
    if (this.#state === 'chunk end') {
      if (line !== '\r\n') throw new Error('a chunk is longer than it said');
      this.#state = 'chunk size';
    } else if (this.#state === 'trailers') {
      if (line === '\r\n') this.#state = 'done';
    } else {
      const size = CHUNK_SIZE.exec(line)?.[1];
      if (size === undefined) throw new Error('the size of a chunk is not a number');
      this.#missing = Number.parseInt(size, 16);
      this.#state = this.#missing === 0 ? 'trailers' : 'chunk';
    }
    return to;
  }

  /** Makes room for so many bytes more, at least twice as much as before so that growing stays cheap. */
  #room(bytes: number): void {
    const needed = this.#bodyBytes + bytes;
    if (needed > this.#maxBodyBytes) throw new AnswerTooLargeError(this.#maxBodyBytes);
    if (needed <= this.#body.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#body.length * 2));
    this.#body.copy(larger, 0, 0, this.#bodyBytes);
    this.#body = larger;
  }
}

const EMPTY: Buffer = Buffer.alloc(0);
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: |$)/;
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const DIGITS = /^\d{1,15}$/;
const CHUNK_SIZE = /^([0-9a-fA-F]{1,12})[ \t]*(?:;[^\r\n]*)?\r\n$/;
const TIMEOUT = /\btimeout=(\d{1,6})\b/i;
