import type { GraphQLFormattedError } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { streamExtensionsOf } from './stream-extensions.ts';
import {
  type EventSink,
  headersOf,
  type SubgraphCall,
  type SubgraphError,
  type SubgraphRequest,
  type UpstreamSubscription,
  variablesOf,
} from './transport.ts';

/**
 * One subscription at a subgraph over graphql-transport-ws. The headers of a call travel as connection parameters. A silent connection is
 * pinged every `keepAliveMs`; when no answer comes within as long again it is lost, so that a subgraph whose machine has gone is noticed.
 */
export function subscribeOverWebSocket(
  { url, keepAliveMs }: { readonly url: string; readonly keepAliveMs: number },
  request: SubgraphRequest,
  call: SubgraphCall,
  sink: EventSink,
): UpstreamSubscription {
  let closed = false;
  let awaited: NodeJS.Timeout | undefined;
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: headersOf(call),
    connectionAckWaitTimeout: 10_000,
    // A lost upstream ends the subscription with a coded error: whoever listens knows that events may be missing, and resumes.
    retryAttempts: 0,
    keepAlive: keepAliveMs,
    on: {
      ping(received) {
        if (!received) awaited = setTimeout(() => client.terminate(), keepAliveMs);
      },
      pong: () => clearTimeout(awaited),
      closed: () => clearTimeout(awaited),
    },
  });
  const end = (tell: () => void) => {
    if (closed) return;
    closed = true;
    tell();
    void client.dispose();
  };
  client.subscribe<Record<string, unknown>>(
    {
      query: request.operation,
      variables: variablesOf(request),
      ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
      ...(request.resumeFrom === undefined ? {} : { extensions: { resumeFrom: request.resumeFrom } }),
    },
    {
      next: (event) => {
        if (closed) return;
        if (event.data === undefined && event.errors !== undefined) {
          // A result that was never executed: the subgraph refuses the subscription.
          const { errors } = event;
          end(() => sink.fail(errors.map(toSubgraphError)));
          return;
        }
        sink.next({
          ...(event.data === undefined ? {} : { data: event.data }),
          ...(event.errors === undefined ? {} : { errors: event.errors.map(toSubgraphError) }),
          ...streamExtensionsOf(event.extensions),
        });
      },
      error: (cause) => end(() => sink.fail(errorsOf(cause))),
      complete: () => end(() => sink.complete()),
    },
  );
  return {
    close() {
      if (closed) return;
      closed = true;
      void client.dispose();
    },
  };
}

/** The protocol hands over a list of GraphQL errors, a close event, or what the socket threw. */
function errorsOf(cause: unknown): SubgraphError[] {
  if (Array.isArray(cause)) return cause.map(toSubgraphError);
  const code =
    typeof cause === 'object' && cause !== null && 'code' in cause ? ` (${String(cause.code)})` : '';
  return [
    {
      message: `the subscription's connection was lost${code}`,
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      cause,
    },
  ];
}

function toSubgraphError(error: GraphQLFormattedError): SubgraphError {
  return {
    message: error.message,
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(error.extensions === undefined ? {} : { extensions: error.extensions }),
  };
}
