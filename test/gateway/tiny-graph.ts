import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocket, WebSocketServer } from 'ws';
import { createGateway, type Gateway, type GatewayOptions } from '../../gateway/index.ts';
import { loadApolloPlanner } from '../../gateway/planner/apollo-planner.ts';
import { composeSupergraph } from '../../gateway/supergraph/compose.ts';
import { createHttpTransport } from '../../gateway/transports/http.ts';
import { createInProcessTransport } from '../../gateway/transports/in-process.ts';
import type { SubgraphTransport } from '../../gateway/transports/transport.ts';
import { GraphError } from '../../platform/errors.ts';
import { resumeOf, subscribeWithCursors } from '../../platform/graphql/subscribe.ts';
import { ANONYMOUS, type Identity } from '../../platform/identity/identity.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';

/** A subgraph small enough to be read in the test that uses it. Its resolvers get the call's headers and cursor as context. */
export interface TinySubgraph {
  readonly typeDefs: string;
  readonly resolvers: Parameters<typeof buildSubgraphSchema>[0] extends infer Input
    ? Extract<Extract<Input, readonly unknown[]>[number], { resolvers?: unknown }>['resolvers']
    : never;
}

export type Way = 'in process' | 'over HTTP';
export const WAYS: readonly Way[] = ['in process', 'over HTTP'];

export type PlannerName = 'hive' | 'apollo';
export const PLANNERS: readonly PlannerName[] = ['hive', 'apollo'];

export interface TinyGraph {
  readonly gateway: Gateway;
  readonly url: string;
  readonly supergraphSdl: string;
  /** Every operation each subgraph was sent, in order, with its headers. */
  readonly calls: Readonly<
    Record<string, { operation: string; headers: Readonly<Record<string, string>> }[]>
  >;
  /** Posts a query and answers with the parsed JSON. */
  ask(query: string, options?: AskOptions): Promise<Answer>;
  post(body: string, headers?: Record<string, string>): Promise<Response>;
  /** A graphql-ws client of the gateway, closed with the graph. */
  socketClient(connectionParams?: Record<string, unknown>): ReturnType<typeof createClient>;
  /** Stops one subgraph's server, as an outage would; over HTTP only. */
  takeDown(name: string): Promise<void>;
  /** Serves it again at the same address. */
  bringBack(name: string): Promise<void>;
  stop(): Promise<void>;
}

export interface AskOptions {
  readonly variables?: Record<string, unknown>;
  /** Sent as the bearer token; the tests' tokens are JSON of a part of an identity. */
  readonly as?: Partial<Identity>;
  readonly headers?: Record<string, string>;
}

/** What came back, loosely typed on purpose: tests compare it as a whole. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

const HEADER = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external",
  "@requires", "@provides", "@inaccessible", "@interfaceObject", "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize"])\n`;

export const contractOf = (name: string, typeDefs: string, url = `http://${name}.invalid/graphql`) => ({
  name,
  url,
  typeDefs: parse(HEADER + typeDefs),
});

/** Believes a token that is JSON, refuses one that is not. */
export const authenticateByJson: GatewayOptions['authenticate'] = async (authorization) => {
  if (authorization === undefined) return ANONYMOUS;
  try {
    const given: Partial<Identity> = JSON.parse(authorization.replace(/^Bearer /, ''));
    return { ...ANONYMOUS, kind: 'user', subject: 'tester', clientId: 'test', ...given };
  } catch {
    throw new GraphError('UNAUTHENTICATED', 'the token is not good');
  }
};

export async function startTinyGraph(
  subgraphs: Readonly<Record<string, TinySubgraph>>,
  options: Partial<GatewayOptions> & { way?: Way; planner?: PlannerName } = {},
): Promise<TinyGraph> {
  const calls: Record<string, { operation: string; headers: Record<string, string> }[]> = {};
  const closers = new Map<string, () => Promise<void>>();
  const openers = new Map<string, () => Promise<void>>();
  const transports = await Promise.all(
    Object.entries(subgraphs).map(async ([name, subgraph]): Promise<SubgraphTransport> => {
      const typeDefs = contractOf(name, subgraph.typeDefs).typeDefs;
      const schema = buildSubgraphSchema([{ typeDefs, resolvers: subgraph.resolvers ?? {} }]);
      const seen: { operation: string; headers: Record<string, string> }[] = [];
      calls[name] = seen;
      if (options.way !== 'over HTTP') {
        const transport = createInProcessTransport({
          name,
          schema,
          contextFor: async (headers, subscription) => ({ headers, ...subscription }),
        });
        return {
          ...transport,
          fetch(request, call) {
            const headers = {
              'x-graph-identity': call.identityToken,
              'x-correlation-id': call.correlationId,
            };
            seen.push({ operation: request.operation, headers });
            return transport.fetch(request, call);
          },
        };
      }
      const serve = (port: number) =>
        serveOverHttp(schema, (operation, headers) => seen.push({ operation, headers }), port);
      const served = await serve(0);
      closers.set(name, served.close);
      openers.set(name, async () => {
        closers.set(name, (await serve(Number(new URL(served.url).port))).close);
      });
      return createHttpTransport({ name, url: served.url });
    }),
  );
  const supergraphSdl = composeSupergraph(
    Object.entries(subgraphs).map(([name, { typeDefs }]) => contractOf(name, typeDefs)),
  );
  const gateway = await createGateway({
    supergraphSdl,
    transports,
    authenticate: authenticateByJson,
    identityToken: async (identity) => JSON.stringify(identity),
    logger: silentLogger,
    port: 0,
    ...(options.planner === 'apollo' ? { createPlanner: await loadApolloPlanner() } : {}),
    ...options,
  });
  const { url } = await gateway.start();
  const clients: ReturnType<typeof createClient>[] = [];

  const post: TinyGraph['post'] = (body, headers = {}) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  return {
    gateway,
    url,
    supergraphSdl,
    calls,
    post,
    async ask(query, { variables, as, headers } = {}) {
      const all: Record<string, string> = { ...headers };
      if (as !== undefined) all['authorization'] = `Bearer ${JSON.stringify(as)}`;
      const response = await post(JSON.stringify({ query, variables }), all);
      return (await response.json()) as Answer;
    },
    socketClient(connectionParams = {}) {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams,
        retryAttempts: 0,
      });
      clients.push(client);
      return client;
    },
    async takeDown(name) {
      await closers.get(name)?.();
    },
    async bringBack(name) {
      await openers.get(name)?.();
    },
    async stop() {
      for (const client of clients) await client.dispose();
      await gateway.stop();
      for (const close of closers.values()) await close();
    },
  };
}

/** Serves a schema as a subgraph's own process would: POST for queries and mutations, graphql-transport-ws for subscriptions. */
export async function serveOverHttp(
  schema: GraphQLSchema,
  seen: (operation: string, headers: Record<string, string>) => void,
  port = 0,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    if (request.url === '/readyz') {
      response.end('ready');
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
    // Node joins repeated headers, and those a test looks at come once.
    const headers = request.headers as Record<string, string>;
    seen(query, headers);
    const result: ExecutionResult = await execute({
      schema,
      document: parse(query),
      variableValues: variables,
      contextValue: { headers },
    });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(result));
  });
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const protocol = useServer(
    {
      schema,
      execute,
      subscribe: subscribeWithCursors,
      context: ({ connectionParams }, _id, { extensions }) => ({
        headers: connectionParams ?? {},
        ...resumeOf(extensions),
      }),
    },
    sockets,
  );
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  let closed = false;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async close() {
      if (closed) return;
      closed = true;
      await protocol.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Resolves when `condition` holds; rejects with what was waited for when it does not in time. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 5000,
): Promise<void> {
  const endMs = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > endMs) throw new Error(`waited ${timeoutMs} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
