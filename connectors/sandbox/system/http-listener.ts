import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { readBody } from '../../../platform/read-body.ts';
import type { Answer } from './answer.ts';

/** One HTTP port that can be shut as if the machine behind it had died, and opened again at the same number. */
export interface HttpListener {
  /** The address, known once it is open. */
  readonly url: string;
  open(): Promise<void>;
  /** Refuses new connections and cuts those that stand; work that had begun goes on unheard. */
  shut(): Promise<void>;
  /** Resolves when all work that had begun is done. */
  idle(): Promise<void>;
}

/** A request whose body has been read. */
export interface SandboxRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** Undefined when there was none. */
  body: unknown;
}

/** What goes out: an answer, bytes that are no JSON, or a cut connection. */
export type Sent = Answer | 'no-json' | 'cut';

/** 32 MiB: 10,000 records of master data. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

export function createHttpListener(
  address: { host: string; port: number },
  handle: (request: SandboxRequest) => Promise<Sent>,
): HttpListener {
  const sockets = new Set<Socket>();
  const working = new Set<Promise<void>>();
  let port = address.port;
  let server: Server | undefined;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox');
    const body = await readJson(request);
    const sent: Sent =
      'refused' in body
        ? body.refused
        : await handle({
            method: request.method ?? 'GET',
            path: pathname,
            query: searchParams,
            headers: request.headers,
            body: body.value,
          });
    if (sent === 'cut') {
      request.socket.destroy();
    } else if (sent === 'no-json') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('<html>Service temporarily');
    } else {
      const text = JSON.stringify(sent.body);
      response.writeHead(sent.status, { 'content-type': 'application/json', ...sent.headers }).end(text);
    }
  }

  return {
    get url() {
      return `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}`;
    },

    async open() {
      if (server !== undefined) return;
      const opening = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
        // A surprise in a face is a 500 with nothing of its insides; a vanished client needs no answer at all.
        const work = answer(request, response).catch(() => {
          if (response.headersSent || response.destroyed) request.socket.destroy();
          else response.writeHead(500).end('{"error":{"code":"INTERNAL","message":"internal error"}}');
        });
        working.add(work);
        work.finally(() => working.delete(work));
      });
      opening.on('connection', (socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      await new Promise<void>((resolve, reject) => {
        opening.once('error', reject);
        opening.listen(port, address.host, resolve);
      });
      server = opening;
      // A TCP server's address is never the name of a pipe.
      port = (opening.address() as AddressInfo).port;
    },

    async shut() {
      const closing = server;
      server = undefined;
      if (closing === undefined) return;
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },

    async idle() {
      await Promise.all(working);
    },
  };
}

async function readJson(request: IncomingMessage): Promise<{ value: unknown } | { refused: Answer }> {
  const bytes = await readBody(request, MAX_BODY_BYTES);
  if (bytes === undefined) {
    const message = `a body may have ${MAX_BODY_BYTES} bytes`;
    return { refused: { status: 413, body: { error: { code: 'TOO_LARGE', message } } } };
  }
  if (bytes.length === 0) return { value: undefined };
  try {
    return { value: JSON.parse(bytes.toString('utf8')) };
  } catch {
    const message = 'the body is no JSON';
    return { refused: { status: 400, body: { error: { code: 'INVALID_JSON', message } } } };
  }
}
