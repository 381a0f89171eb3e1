import { connect, type Socket } from 'node:net';
import type { HttpReply } from './http-reply.ts';
import { ReplyReader } from './http1-reply.ts';

export interface Http1PoolOptions {
  /** Of plain HTTP. */
  readonly url: URL;
  readonly maxConnections: number;
  /** An answer larger than this is refused. */
  readonly maxAnswerBytes: number;
}

export interface HttpPost {
  /** Names in lower case; `host`, `content-length` and `connection` are the pool's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the exchange at once with the signal's reason, wherever it is. */
  readonly signal: AbortSignal;
}

/** Posts to one address over connections that stay open, one exchange at a time on each. */
export interface Http1Pool {
  post(request: HttpPost): Promise<HttpReply>;
  /** Cuts off what is under way and takes nothing more. */
  stop(): void;
}

/** A connection hears into a buffer of its own, so that reading takes no new memory. */
const READ_BYTES = 64 * 1024;
const KEEP_ALIVE_PROBE_MS = 60_000;
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

export function createHttp1Pool(options: Http1PoolOptions): Http1Pool {
  const { url, maxConnections } = options;
  const head = `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\nconnection: keep-alive\r\n`;
  const connections = new Set<Connection>();
  // The latest is taken first, so that those that a quiet time does not need fall asleep and are dropped.
  const resting: Connection[] = [];
  const waiting = new Set<Exchange>();
  let stopped = false;

  const open = (exchange: Exchange) => {
    const connection = new Connection(options, { rest, gone });
    connections.add(connection);
    connection.begin(exchange);
  };
  const rest = (connection: Connection) => {
    const [next] = waiting;
    if (next === undefined) {
      resting.push(connection);
      return;
    }
    waiting.delete(next);
    connection.begin(next);
  };
  const gone = (connection: Connection) => {
    connections.delete(connection);
    const at = resting.indexOf(connection);
    if (at !== -1) resting.splice(at, 1);
    const [next] = waiting;
    if (next === undefined || stopped) return;
    waiting.delete(next);
    open(next);
  };
  const start = (exchange: Exchange) => {
    for (let connection = resting.pop(); connection !== undefined; connection = resting.pop()) {
      if (connection.isFresh()) return connection.begin(exchange);
      connection.close();
    }
    if (connections.size < maxConnections) return open(exchange);
    waiting.add(exchange);
    exchange.leave = () => waiting.delete(exchange);
  };

  return {
    post: ({ headers, body, signal }) =>
      new Promise((resolve, reject) => {
        if (stopped) return reject(new Error('the transport has been stopped'));
        let lines = head;
        for (const name in headers) {
          const value = headers[name] ?? '';
          if (!HEADER_VALUE.test(value))
            return reject(new Error(`header ${name} has a value that cannot be sent`));
          lines += `${name}: ${value}\r\n`;
        }
        const bytes = Buffer.byteLength(body);
        const text = `${lines}content-length: ${bytes}\r\n\r\n${body}`;
        start(new Exchange(text, bytes === body.length ? 'latin1' : 'utf8', signal, resolve, reject));
      }),
    stop() {
      stopped = true;
      const cause = new Error('the transport has been stopped');
      for (const exchange of waiting) exchange.fail(cause);
      waiting.clear();
      for (const connection of connections) connection.close(cause);
    },
  };
}

/** One request and what becomes of it. */
class Exchange {
  readonly text: string;
  readonly encoding: 'latin1' | 'utf8';
  readonly #signal: AbortSignal;
  readonly #resolve: (reply: HttpReply) => void;
  readonly #reject: (cause: unknown) => void;
  /** Called when nobody waits any more: gives up the place in the queue, or the connection. */
  leave: () => void = () => undefined;

  constructor(
    text: string,
    encoding: 'latin1' | 'utf8',
    signal: AbortSignal,
    resolve: (reply: HttpReply) => void,
    reject: (cause: unknown) => void,
  ) {
    this.text = text;
    this.encoding = encoding;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener('abort', this, { once: true });
  }

  /** The signal's call; an object that listens costs no closure. */
  handleEvent(): void {
    this.#reject(this.#signal.reason);
    this.leave();
  }

  succeed(reply: HttpReply): void {
    this.#signal.removeEventListener('abort', this);
    this.#resolve(reply);
  }

  /** Does nothing after an abort, which has told its own reason. */
  fail(cause: unknown): void {
    this.#signal.removeEventListener('abort', this);
    this.#reject(cause);
  }
}

interface Owner {
  rest(connection: Connection): void;
  gone(connection: Connection): void;
}

class Connection {
  readonly #socket: Socket;
  readonly #reader: ReplyReader;
  readonly #owner: Owner;
  #exchange: Exchange | undefined;
  #restsUntilMs = 0;
  #cause: unknown;

  constructor({ url, maxAnswerBytes }: Http1PoolOptions, owner: Owner) {
    this.#owner = owner;
    this.#reader = new ReplyReader(maxAnswerBytes);
    this.#socket = connect({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port) || 80,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_PROBE_MS,
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BYTES),
        callback: (length, buffer) => this.#hear(buffer as Buffer, length), // the one given above
      },
    });
    this.#socket.on('error', (cause) => {
      this.#cause ??= cause;
    });
    this.#socket.once('end', () => this.#ended());
    this.#socket.once('close', () => this.#closed());
  }

  /** Whether the server still expects a request on this connection. */
  isFresh(): boolean {
    return !this.#socket.destroyed && performance.now() < this.#restsUntilMs;
  }

  begin(exchange: Exchange): void {
    this.#exchange = exchange;
    exchange.leave = () => this.close();
    this.#socket.write(exchange.text, exchange.encoding);
  }

  close(cause?: unknown): void {
    this.#cause ??= cause;
    this.#socket.destroy();
  }

  #hear(buffer: Buffer, length: number): boolean {
    if (this.#exchange === undefined) {
      this.close();
      return false;
    }
    try {
      const reply = this.#reader.read(buffer.subarray(0, length));
      if (reply !== undefined) this.#finish(reply);
    } catch (cause) {
      this.close(cause);
    }
    return !this.#socket.destroyed;
  }

  #finish(reply: HttpReply): void {
    this.#exchange?.succeed(reply);
    this.#exchange = undefined;
    if (!this.#reader.keepsAlive) {
      this.close();
      return;
    }
    this.#restsUntilMs = performance.now() + this.#reader.restMs;
    this.#owner.rest(this);
  }

  #ended(): void {
    const reply = this.#exchange && this.#reader.end();
    if (reply !== undefined) {
      this.#exchange?.succeed(reply);
      this.#exchange = undefined;
    }
    this.close();
  }

  #closed(): void {
    this.#exchange?.fail(this.#cause ?? connectionLost());
    this.#exchange = undefined;
    this.#owner.gone(this);
  }
}

function connectionLost(): Error {
  return Object.assign(new Error('the connection was closed before the reply'), { code: 'ECONNRESET' });
}
