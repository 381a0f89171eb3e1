import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Clock } from '../../platform/clock.ts';
import { correlationIdFrom } from '../../platform/identity/caller.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import { codedError } from '../errors.ts';
import type { OperationInput } from '../execution/prepare.ts';
import { type GatewayMetrics, type OperationType, outcomeOf } from '../metrics.ts';
import type { RequestContext } from '../request-context.ts';
import type { Served } from '../served-supergraph.ts';
import { type LiveSubscription, subscribe } from './subscribe.ts';

/** Tells a client that this server is going and another will answer; it may connect again at once. */
export const DRAINING_CLOSE_CODE = 4503;

export interface WebSocketEndpointOptions {
  current(): Served;
  authenticate(authorization: string | undefined): Promise<Identity>;
  contextFor(identity: Identity, correlationId: string, gone?: AbortSignal): RequestContext;
  readonly metrics: GatewayMetrics;
  readonly clock: Clock;
  readonly maxMessageBytes: number;
  readonly maxBufferedEvents: number;
  readonly maxSubscriptionsPerConnection: number;
}

export interface WebSocketEndpoint {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every connection with DRAINING_CLOSE_CODE and resolves when all upstream subscriptions are closed. */
  drain(timeoutMs: number): Promise<void>;
}

/** What an operation over a WebSocket carries from its checks to its execution. */
interface SocketOperation {
  readonly served: Served;
  readonly input: OperationInput;
  readonly identity: Identity;
  readonly correlationId: string;
}

/** Serves graphql-transport-ws: subscriptions, and queries and mutations for clients that have only a socket. */
export function createWebSocketEndpoint(options: WebSocketEndpointOptions): WebSocketEndpoint {
  const { metrics, clock } = options;
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
        const contextValue: SocketOperation = { served, input, identity, correlationId };
        return {
          schema: served.engine.supergraph.apiSchema,
          document: input.document,
          operationName: payload.operationName,
          variableValues: payload.variables,
          contextValue,
        };
      },
      execute: (args) => executeOnce(args),
      subscribe: (args) => open(args),
    },
    sockets,
  );

  const executeOnce = async (args: ExecutionArgs): Promise<ExecutionResult> => {
    const { served, input, identity, correlationId } = args.contextValue as SocketOperation; // set by onSubscribe
    const startedMs = performance.now();
    const context = options.contextFor(identity, correlationId);
    try {
      const result = await served.engine.execute(input, args.variableValues, context);
      observe(input.operation.operation, result, startedMs);
      return result;
    } finally {
      context.end();
    }
  };

  const open = (args: ExecutionArgs): LiveSubscription | ExecutionResult => {
    const { served, input, identity, correlationId } = args.contextValue as SocketOperation; // set by onSubscribe
    const startedMs = performance.now();
    const ended = new AbortController();
    metrics.subscriptionStarted();
    const opened = subscribe(input, args.variableValues, {
      engine: served.engine,
      contextFor: (gone) => options.contextFor(identity, correlationId, gone),
      maxBufferedEvents: options.maxBufferedEvents,
      onEnd() {
        metrics.subscriptionEnded();
        ended.abort();
      },
    });
    if (!('expire' in opened)) {
      observe('subscription', opened, startedMs);
      return opened;
    }
    metrics.request('subscription', 'ok', (performance.now() - startedMs) / 1000);
    void expireWithToken(opened, identity, clock, ended.signal);
    return opened;
  };

  const observe = (type: OperationType, result: ExecutionResult, startedMs: number) =>
    metrics.request(type, outcomeOf(result), (performance.now() - startedMs) / 1000);

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

/** A timer cannot be longer than this; a later end is waited for in pieces. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

async function expireWithToken(
  subscription: LiveSubscription,
  identity: Identity,
  clock: Clock,
  ended: AbortSignal,
): Promise<void> {
  const endMs = Date.parse(identity.expiresAt ?? '');
  if (Number.isNaN(endMs)) return;
  while (!ended.aborted) {
    const leftMs = endMs - clock.now().getTime();
    if (leftMs <= 0) return subscription.expire(tokenOver());
    await clock.delay(Math.min(leftMs, LONGEST_DELAY_MS), ended);
  }
}

function isOver(identity: Identity, clock: Clock): boolean {
  return identity.expiresAt !== undefined && Date.parse(identity.expiresAt) <= clock.now().getTime();
}

function tokenOver(): GraphQLError {
  return codedError('UNAUTHENTICATED', 'the token has expired; connect again with a new one');
}

function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
