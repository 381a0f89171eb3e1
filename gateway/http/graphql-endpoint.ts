import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import { GraphError } from '../../platform/errors.ts';
import { TIMEOUT_HEADER } from '../../platform/identity/caller.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import { type GatewayMetrics, outcomeOf } from '../metrics.ts';
import type { RequestContext } from '../request-context.ts';
import type { GraphqlContext, Served } from '../served-supergraph.ts';
import type { EventStreams } from '../subscriptions/event-stream.ts';
import { sendError } from './answers.ts';
import { type Body, readJsonBody } from './body.ts';
import { compress, encodingFor } from './compression.ts';
import { type KnownOperation, knownOperationOf } from './known-operation.ts';
import { readRequestDeadline } from './request-deadline.ts';
import { encodeUtf8 } from './utf8.ts';

export interface GraphqlEndpointOptions {
  readonly apollo: ApolloServer<GraphqlContext>;
  current(): Served;
  readonly streams: EventStreams;
  authenticate(authorization: string | undefined): Promise<Identity>;
  contextFor(
    identity: Identity,
    correlationId: string,
    gone: AbortSignal,
    clientTimeoutMs: number | undefined,
  ): RequestContext;
  readonly metrics: GatewayMetrics;
  readonly maxBodyBytes: number;
  readonly maxBatchSize: number;
}

export type HandleRequest = (
  request: IncomingMessage,
  response: ServerResponse,
  correlationId: string,
  /** To be called when the request turns into a stream: it is no longer one of those worked on at once. */
  leaveCount: () => void,
) => Promise<void>;

/**
 * `POST /graphql` and `GET /graphql`: who asks, with what, and then Apollo Server, or an event stream where that is asked for. What is
 * known to be valid and asked in the plainest way goes to the engine at once.
 */
export function createGraphqlEndpoint(options: GraphqlEndpointOptions): HandleRequest {
  const refuse = (
    response: ServerResponse,
    ...error: Parameters<typeof sendError> extends [unknown, ...infer R] ? R : never
  ) => {
    options.metrics.request('unknown', 'refused', 0);
    sendError(response, ...error);
  };

  return async (request, response, correlationId, leaveCount) => {
    const read: Body =
      request.method === 'POST'
        ? await readJsonBody(request, { maxBytes: options.maxBodyBytes, maxBatch: options.maxBatchSize })
        : { ok: true, value: undefined };
    if (!read.ok) {
      // The rest of a body that nobody reads must not become the next request of this connection.
      response.setHeader('connection', 'close');
      request.resume();
      return refuse(response, read.status, CODE_BY_STATUS[read.status], read.reason, { correlationId });
    }

    const deadline = readRequestDeadline(request.headers[TIMEOUT_HEADER]);
    if (!deadline.ok) return refuse(response, 400, 'BAD_REQUEST', deadline.reason, { correlationId });

    let identity: Identity;
    try {
      identity = await options.authenticate(request.headers.authorization);
    } catch (cause) {
      if (!(cause instanceof GraphError)) throw cause;
      const status = cause.code === 'UNAUTHENTICATED' ? 401 : 503;
      if (status === 401) response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
      return refuse(response, status, cause.code, cause.message, { correlationId });
    }

    if (options.streams.wants(request)) {
      return options.streams.serve(request, response, read.value, { identity, correlationId }, leaveCount);
    }

    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableEnded) gone.abort();
    });
    const context = options.contextFor(identity, correlationId, gone.signal, deadline.timeoutMs);
    try {
      // One look at what is served: a request stays with the supergraph it is valid for, also when another takes over meanwhile.
      const served = options.current();
      const known = knownOperationOf(request, read.value, served);
      if (known === undefined)
        await answer(options.apollo, request, response, read.value, { request: context });
      else await answerKnown(served, known, request, response, context, options.metrics);
    } finally {
      context.end();
    }
  };
}

const CODE_BY_STATUS = {
  400: 'BAD_REQUEST',
  413: 'REQUEST_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
} as const;

/** Answers a known operation, in every part as Apollo Server would: the engine's errors are ready for clients. */
async function answerKnown(
  { engine }: Served,
  { input, variables }: KnownOperation,
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
  metrics: GatewayMetrics,
): Promise<void> {
  const startedMs = performance.now();
  const { errors, data } = await engine.execute(input, variables, context);
  const result = errors === undefined ? { data } : { errors, data };
  metrics.request(input.operation.operation, outcomeOf(result), (performance.now() - startedMs) / 1000);
  // Nothing was run: clients, proxies and dashboards are to see it without reading the body.
  response.statusCode = data === undefined ? 400 : 200;
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-type', 'application/json; charset=utf-8');
  await sendComplete(request, response, JSON.stringify(result));
}

async function answer(
  apollo: ApolloServer<GraphqlContext>,
  request: IncomingMessage,
  response: ServerResponse,
  body: unknown,
  context: GraphqlContext,
): Promise<void> {
  const url = request.url ?? '';
  const query = url.indexOf('?');
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method ?? 'GET',
      headers: headerMapOf(request),
      search: query === -1 ? '' : url.slice(query),
      body,
    },
    context: async () => context,
  });
  response.statusCode = result.status ?? 200;
  for (const [name, value] of result.headers) response.setHeader(name, value);
  if (result.body.kind === 'complete') {
    await sendComplete(request, response, result.body.string);
    return;
  }
  for await (const chunk of result.body.asyncIterator) response.write(chunk);
  response.end();
}

async function sendComplete(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
  const bytes = encodeUtf8(text);
  const accepted = request.headers['accept-encoding'];
  const encoding = encodingFor(typeof accepted === 'string' ? accepted : undefined, bytes.byteLength);
  response.appendHeader('vary', 'accept-encoding');
  if (encoding === undefined) {
    response.setHeader('content-length', bytes.byteLength);
    response.end(bytes);
    return;
  }
  const compressed = await compress(bytes, encoding);
  response.setHeader('content-encoding', encoding);
  response.setHeader('content-length', compressed.byteLength);
  response.end(compressed);
}

function headerMapOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
