import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { createDraining } from '../../gateway/http/draining.ts';
import type { Route } from '../../gateway/http/server.ts';
import type { Clock } from '../../platform/clock.ts';
import { GraphError } from '../../platform/errors.ts';
import { resumeOf, subscribeWithCursors } from '../../platform/graphql/subscribe.ts';
import { createCallerReader, type RequestHeaders } from '../../platform/identity/caller.ts';
import type { InternalTokens } from '../../platform/identity/internal-token.ts';
import { readBody } from '../../platform/read-body.ts';
import type { Subgraph } from '../../platform/subgraph.ts';
import type { Logger } from '../../platform/telemetry/logger.ts';

/** Entity fetches carry many representations; ten times what a client may send to the gateway. */
const BODY_MAX_BYTES = 10 * 1024 * 1024;
const DRAIN_MS = 8_000;

export interface SubgraphServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves one subgraph to the gateway and its siblings: `POST /graphql`, graphql-transport-ws on the same path, `/healthz`, `/readyz`. */
export async function serveSubgraph(options: {
  subgraph: Subgraph;
  host: string;
  port: number;
  tokens: InternalTokens;
  clock: Clock;
  logger: Logger;
  /** What else is served here: deliveries of systems that push. */
  routes?: readonly Route[];
}): Promise<SubgraphServer> {
  const { subgraph, logger } = options;
  const readCaller = createCallerReader({ tokens: options.tokens, clock: options.clock });
  const apollo = new ApolloServer<object>({
    schema: subgraph.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  await apollo.start();

  async function graphql(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readJson(request);
    // Before anything else: a refusal is the caller's own answer, not a failure of the server that runs the operation.
    const caller = await readCaller(singleHeaders(request));
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(singleHeaders(request)))
      if (value !== undefined) headers.set(name, value);
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method ?? 'POST', headers, search: '', body },
      context: async () => subgraph.contextFor(caller),
    });
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    if (answer.body.kind === 'complete') response.end(answer.body.string);
    else {
      for await (const chunk of answer.body.asyncIterator) response.write(chunk);
      response.end();
    }
  }

  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path === '/healthz') return void response.end('ok');
    if (path === '/readyz') {
      const readiness = subgraph.readiness();
      return void response
        .writeHead(readiness.ready ? 200 : 503, { 'content-type': 'application/json' })
        .end(JSON.stringify(readiness));
    }
    const route = options.routes?.find(({ prefix }) => path === prefix || path?.startsWith(`${prefix}/`));
    if (route !== undefined) return void route.handle(request, response);
    if (path !== '/graphql') return void response.writeHead(404).end();
    graphql(request, response).catch((error: unknown) => {
      if (!(error instanceof GraphError))
        logger.error({ err: error, subgraph: subgraph.name }, 'a request could not be answered');
      const coded =
        error instanceof GraphError
          ? error
          : new GraphError('INTERNAL_SERVER_ERROR', 'the subgraph could not answer');
      if (response.headersSent) return void response.destroy();
      const status =
        coded.code === 'UNAUTHENTICATED'
          ? 401
          : coded.code === 'REQUEST_TOO_LARGE'
            ? 413
            : coded.code === 'BAD_REQUEST'
              ? 400
              : 500;
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ errors: [{ message: coded.message, extensions: coded.extensions }] }));
    });
  });

  const draining = createDraining(server, options.clock);
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: BODY_MAX_BYTES });
  const subscriptions = useServer(
    {
      schema: subgraph.schema,
      subscribe: subscribeWithCursors,
      context: async (context, _id, payload) =>
        subgraph.contextFor({
          ...(await readCaller(connectionHeaders(context.connectionParams))),
          ...resumeOf(payload.extensions),
        }),
      onConnect: async (context) => {
        try {
          await readCaller(connectionHeaders(context.connectionParams));
          return true;
        } catch {
          return false;
        }
      },
    },
    sockets,
  );

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;

  return {
    url: `http://${options.host}:${port}/graphql`,
    async stop() {
      await subscriptions.dispose();
      await draining.drain(DRAIN_MS);
      await apollo.stop();
    },
  };
}

function singleHeaders(request: IncomingMessage): RequestHeaders {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

function connectionHeaders(params: Readonly<Record<string, unknown>> | undefined): RequestHeaders {
  return Object.fromEntries(
    Object.entries(params ?? {}).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? value : undefined,
    ]),
  );
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBody(request, BODY_MAX_BYTES);
  if (bytes === undefined)
    throw new GraphError('REQUEST_TOO_LARGE', `a body is at most ${BODY_MAX_BYTES} bytes`);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new GraphError('BAD_REQUEST', 'the body must be JSON: {"query": "...", "variables": {...}}');
  }
}
