import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Registry } from 'prom-client';
import type { Clock } from '../../platform/clock.ts';
import { CORRELATION_HEADER, correlationIdFrom } from '../../platform/identity/caller.ts';
import type { Readiness } from '../../platform/subgraph.ts';
import type { Logger } from '../../platform/telemetry/logger.ts';
import { sendError, sendJson, sendText } from './answers.ts';
import { createDraining } from './draining.ts';
import type { HandleRequest } from './graphql-endpoint.ts';

/** A part of the server that is not the graph: a console, a sandbox. */
export interface Route {
  /** Requests whose path is this, or begins with this and a slash. */
  readonly prefix: string;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void> | void;
}

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly graphql: HandleRequest;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readiness(): Promise<Readiness>;
  readonly registry: Registry;
  readonly routes: readonly Route[];
  readonly logger: Logger;
  readonly clock: Clock;
  /** Requests worked on at once; one more is answered with 503 and TOO_MANY_REQUESTS. */
  readonly maxConcurrentRequests: number;
}

export interface HttpServer {
  start(): Promise<{ port: number; url: string }>;
  /** Takes no new connections, finishes running requests, and after `timeoutMs` cuts off what is left. */
  drain(timeoutMs: number): Promise<void>;
}

/** The server on plain node:http: `/graphql`, `/healthz`, `/readyz`, `/metrics` and the injected routes. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { logger } = options;
  let running = 0;

  const dispatch = async (
    request: IncomingMessage,
    response: ServerResponse,
    correlationId: string,
    leaveCount: () => void,
  ) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    switch (path) {
      case '/graphql':
        if (running > options.maxConcurrentRequests) {
          response.setHeader('retry-after', '1');
          return sendError(response, 503, 'TOO_MANY_REQUESTS', 'the server is at its limit', {
            correlationId,
          });
        }
        return options.graphql(request, response, correlationId, leaveCount);
      case '/healthz':
        return sendJson(response, 200, { status: 'alive' });
      case '/readyz': {
        const readiness = await options.readiness();
        return sendJson(response, readiness.ready ? 200 : 503, readiness);
      }
      case '/metrics':
        return sendText(response, 200, options.registry.contentType, await options.registry.metrics());
      default: {
        const route = options.routes.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
        if (route !== undefined) return route.handle(request, response);
        return sendError(response, 404, 'BAD_REQUEST', 'nothing is served here; the graph is at /graphql', {
          correlationId,
        });
      }
    }
  };

  const server = createServer((request, response) => {
    const given = request.headers[CORRELATION_HEADER];
    const correlationId = correlationIdFrom(typeof given === 'string' ? given : undefined);
    response.setHeader(CORRELATION_HEADER, correlationId);
    running += 1;
    let counted = true;
    const leaveCount = () => {
      if (counted) running -= 1;
      counted = false;
    };
    response.once('close', leaveCount);
    dispatch(request, response, correlationId, leaveCount).catch((cause: unknown) => {
      // A client that leaves while it sends is no fault of ours.
      if (request.destroyed && !request.complete) {
        response.destroy();
        return;
      }
      logger.error({ err: cause, correlationId }, 'a request failed outside of the graph');
      sendError(response, 500, 'INTERNAL_SERVER_ERROR', 'something went wrong on our side', {
        correlationId,
      });
    });
  });
  // A whole request must have arrived within half a minute; idle connections outlive the usual load balancer's minute.
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.keepAliveTimeout = 65_000;
  const draining = createDraining(server, options.clock);
  server.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/graphql' && !draining.begun) return options.upgrade(request, socket, head);
    socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });

  return {
    start: () => listen(server, options.host, options.port),
    drain: draining.drain,
  };
}

function listen(server: Server, host: string, port: number): Promise<{ port: number; url: string }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      const address = server.address() as AddressInfo; // a TCP server that listens has one
      const shown = address.family === 'IPv6' ? `[${host}]` : host;
      resolve({ port: address.port, url: `http://${shown}:${address.port}` });
    });
  });
}
