import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../platform/clock.ts';
import { resumeOf } from '../../platform/graphql/subscribe.ts';
import { correlationIdFrom } from '../../platform/identity/caller.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import { codedError } from '../errors.ts';
import type { Served } from '../served-supergraph.ts';
import type { OpenSubscription, StreamedOperation, StreamedOperations } from './streamed-operations.ts';
import { isOver, tokenOver } from './token-expiry.ts';

/** Tells a client that this server is going and another will answer; it may connect again at once. */
export const DRAINING_CLOSE_CODE = 4503;

/** Tells a client that it reads more slowly than its events arrive. What it has is good; it goes on from its last cursor. */
export const TOO_SLOW_CLOSE_CODE = 4510;

export interface WebSocketEndpointOptions {
  current(): Served;
  authenticate(authorization: string | undefined): Promise<Identity>;
  readonly operations: StreamedOperations;
  readonly clock: Clock;
  readonly maxMessageBytes: number;
  readonly maxSubscriptionsPerConnection: number;
}

export interface WebSocketEndpoint {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every connection with DRAINING_CLOSE_CODE and resolves when all upstream subscriptions are closed. */
  drain(timeoutMs: number): Promise<void>;
}

/** Serves graphql-transport-ws: subscriptions, and queries and mutations for clients that have only a socket. */
export function createWebSocketEndpoint(options: WebSocketEndpointOptions): WebSocketEndpoint {
  const { operations, clock } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: options.maxMessageBytes });
  const identities = new WeakMap<object, Identity>();

  const protocol = useServer(
    {
      async onConnect({ connectionParams, extra }) {
        const given = connectionParams?.['authorization'] ?? connectionParams?.['Authorization'];
        try {
          const authorization = typeof given === 'string' ? given : extra.request.headers.authorization;
          identities.set(extra.socket, await options.authenticate(authorization));
          return true;
        } catch {
          // The protocol's answer to a refused connection: close code 4403.
          return false;
        }
      },
      onSubscribe({ extra, subscriptions }, _id, payload) {
        const identity = identities.get(extra.socket);
        if (identity === undefined || isOver(identity, clock)) return [tokenOver()];
        if (Object.keys(subscriptions).length > options.maxSubscriptionsPerConnection) {
          const allowed = options.maxSubscriptionsPerConnection;
          return [
            codedError('TOO_MANY_REQUESTS', `a connection carries at most ${allowed} operations`, {
              allowed,
            }),
          ];
        }
        const served = options.current();
        const input = served.documents.read(payload.query, payload.operationName ?? undefined);
        if (!('operation' in input)) return input;
        const correlationId = correlationIdFrom(asString(payload.extensions?.['correlationId']));
        const { resume } = resumeOf(payload.extensions);
        const contextValue: SocketOperation = {
          operation: { served, input, identity, correlationId },
          how: {
            resume: { from: resume?.from ?? null, wantsOpening: resume !== undefined },
            onTooSlow: () => closeIfStuck(extra.socket),
          },
        };
        return {
          schema: served.engine.supergraph.apiSchema,
          document: input.document,
          operationName: payload.operationName,
          variableValues: payload.variables,
          contextValue,
        };
      },
      // The context value is the one set by onSubscribe.
      execute(args) {
        const { operation } = args.contextValue as SocketOperation;
        return operations.execute(operation, args.variableValues);
      },
      subscribe(args) {
        const { operation, how } = args.contextValue as SocketOperation;
        return operations.open(operation, args.variableValues, how);
      },
    },
    sockets,
  );

  return {
    upgrade(request, socket, head) {
      sockets.handleUpgrade(request, socket, head, (webSocket) =>
        sockets.emit('connection', webSocket, request),
      );
    },
    async drain(timeoutMs) {
      const closed = [...sockets.clients].map(
        (socket) =>
          new Promise<void>((resolve) => {
            socket.once('close', () => resolve());
            socket.close(DRAINING_CLOSE_CODE, 'this server is stopping, connect again');
          }),
      );
      const patience = new AbortController();
      await Promise.race([Promise.all(closed), clock.delay(timeoutMs, patience.signal)]);
      patience.abort();
      for (const socket of sockets.clients) socket.terminate();
      await protocol.dispose();
    },
  };
}

interface SocketOperation {
  readonly operation: StreamedOperation;
  readonly how: OpenSubscription;
}

/**
 * A socket that still holds what was sent is what makes its client slow, and all its subscriptions with it. The code follows what is on
 * its way; a client that takes nothing at all is cut off by the keep-alive.
 */
function closeIfStuck(socket: WebSocket): void {
  if (socket.bufferedAmount > 0) socket.close(TOO_SLOW_CLOSE_CODE, 'SUBSCRIPTION_BUFFER_FULL');
}

function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
