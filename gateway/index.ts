import type { Registry } from 'prom-client';
import type { Clock } from '../platform/clock.ts';
import { systemClock } from '../platform/clock.ts';
import type { Identity } from '../platform/identity/identity.ts';
import { type Readiness, readinessOf } from '../platform/subgraph.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import { createApolloServer } from './apollo-server.ts';
import { codedError } from './errors.ts';
import { createEngine, type Engine, type OperationRunner } from './execution/engine.ts';
import { createPlanRunner } from './execution/plan-runner.ts';
import { createGraphqlEndpoint } from './http/graphql-endpoint.ts';
import { createHttpServer, type Route } from './http/server.ts';
import { createGatewayMetrics } from './metrics.ts';
import type { CreatePlanner } from './planner/plan.ts';
import type { Policies, UnauthorizedFields } from './policy/authorization.ts';
import { DEFAULT_LIMITS, type Limits } from './policy/limits.ts';
import { createRequestContext } from './request-context.ts';
import { servedBy, serveSupergraph } from './served-supergraph.ts';
import { createReadiness } from './subgraph-readiness.ts';
import { createEventStreams } from './subscriptions/event-stream.ts';
import { createStreamedOperations } from './subscriptions/streamed-operations.ts';
import { createWebSocketEndpoint } from './subscriptions/websocket-endpoint.ts';
import { loadSupergraph, type Supergraph } from './supergraph/supergraph.ts';
import { createSupergraphSwaps, type KnownOperation } from './supergraph-swaps.ts';
import { createConnections, type SubgraphAddress } from './transports/connections.ts';
import { type Containment, contain, DEFAULT_CONTAINMENT } from './transports/contained.ts';
import type { SubgraphTransport } from './transports/transport.ts';
import { createValidatedDocuments } from './validated-documents.ts';

export interface GatewayOptions {
  /** The SDL of the composed supergraph. */
  readonly supergraphSdl: string;
  /** Ways to its subgraphs. They are stopped with the gateway. */
  readonly transports: readonly SubgraphTransport[];
  /** Makes a way to a subgraph that has none, by the address that the supergraph names. Default: such a supergraph is refused. */
  readonly connect?: (subgraph: SubgraphAddress) => SubgraphTransport;
  /** Operations that clients are known to send: planned at the start and before each swap, ahead of the first request. */
  readonly knownOperations?: readonly KnownOperation[];
  /** Operations asked lately that are planned on another supergraph before it is served. Default 500. */
  readonly maxWarmedOperations?: number;
  /** Believes or refuses an Authorization header. Throws GraphError UNAUTHENTICATED for a bad one; none gives an anonymous identity. */
  authenticate(authorization: string | undefined): Promise<Identity>;
  /** Signs an identity for the subgraphs. Asked once per request and event, so it is expected to remember. */
  identityToken(identity: Identity): Promise<string>;
  /** One entry for each policy that the supergraph names in `@policy`. */
  readonly policies?: Policies;
  /** Default `withhold`: fields a caller may not read are null, the rest is answered. `refuse`: nothing of such an operation is. */
  readonly unauthorized?: UnauthorizedFields;
  readonly logger: Logger;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 4000; 0 takes a free one. */
  readonly port?: number;
  /** Default: Hive's. */
  readonly createPlanner?: CreatePlanner;
  /** What runs operations in place of the gateway's own executor; for comparison only, without subscriptions. */
  readonly createRunner?: CreateRunner;
  readonly limits?: Partial<Limits>;
  /** What one subgraph in trouble may cost the others. */
  readonly containment?: Partial<Containment>;
  /** How long a client waits for an answer at most; it may ask for less with `x-request-timeout-ms`. Default 15,000. */
  readonly requestTimeoutMs?: number;
  /** Of a request's body, and of a message over a WebSocket. Default 1 MiB. */
  readonly maxBodyBytes?: number;
  /** Operations that one request may carry as a list; they run side by side and share its deadline. Default 1: lists are refused. */
  readonly maxBatchSize?: number;
  /** Default 1,000. */
  readonly maxConcurrentRequests?: number;
  /** Operations kept for clients that ask by hash (automatic persisted queries). Default 2,000, 8 MiB in all. */
  readonly maxPersistedQueries?: number;
  /** Default 1,000. */
  readonly maxBufferedEvents?: number;
  /** Subscriptions wait this long for a lost subgraph that told where to go on. Default 60,000. */
  readonly resumeForMs?: number;
  /** Default 100. */
  readonly maxSubscriptionsPerConnection?: number;
  /** Operations answered as server-sent events at once. Default 10,000; subscriptions among them do not count as requests. */
  readonly maxEventStreams?: number;
  /** A silent event stream says this often that it is there. Default 12,000. */
  readonly eventStreamKeepAliveMs?: number;
  /** Running requests get this long to finish when the gateway stops. Default 8,000. */
  readonly drainTimeoutMs?: number;
  readonly routes?: readonly Route[];
  /** Readiness of other parts of this process, shown beside the gateway's own. */
  readonly parts?: () => Readiness['parts'];
  /** Where the gateway's figures are registered and `/metrics` reads; default: a registry of its own. */
  readonly registry?: Registry;
}

export type CreateRunner = (
  supergraph: Supergraph,
  transports: ReadonlyMap<string, SubgraphTransport>,
  logger: Logger,
) => Promise<OperationRunner>;

export interface Gateway {
  start(): Promise<{ readonly port: number; readonly url: string }>;
  /** Finishes what is under way and closes everything, within ten seconds. Safe to call twice. */
  stop(): Promise<void>;
  readiness(): Promise<Readiness>;
  /**
   * Serves another supergraph, after plans are made for what clients ask; running requests and subscriptions finish on the old one.
   * Throws SUPERGRAPH_REFUSED and changes nothing when it cannot be served or would break a subscription that runs.
   */
  swap(supergraphSdl: string): Promise<void>;
}

/** Builds the gateway. Throws SUPERGRAPH_REFUSED when the supergraph, its transports or its policies are not complete. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { logger, clock = systemClock, requestTimeoutMs = 15_000, maxBodyBytes = 1024 * 1024 } = options;
  const { maxBatchSize = 1 } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const metrics = createGatewayMetrics(options.registry);
  const connections = createConnections({
    given: options.transports,
    connect: options.connect,
    contain: (transport) =>
      contain(metrics.observe(transport), {
        containment: { ...DEFAULT_CONTAINMENT, ...options.containment },
        observer: metrics.containment,
        logger,
        clock,
      }),
    retireAfterMs: requestTimeoutMs,
    clock,
    logger,
  });

  const engineFor = async (sdl: string): Promise<Engine> => {
    const supergraph = loadSupergraph(sdl, options.createPlanner);
    const transports = connections.reach(supergraph.subgraphs);
    const { policies = {}, unauthorized = 'withhold' } = options;
    checkPolicies(supergraph, policies);
    const runner = await (options.createRunner?.(supergraph, transports, logger) ??
      createPlanRunner(supergraph, transports));
    return createEngine({ supergraph, runner, limits, policies, unauthorized });
  };
  const first = await engineFor(options.supergraphSdl);
  connections.settle(first.supergraph.subgraphs);
  const served = serveSupergraph(servedBy(first, limits));
  const documents = createValidatedDocuments();
  const apollo = createApolloServer({
    supergraph: served,
    documents,
    metrics,
    logger,
    maxTokens: limits.maxTokens,
    batches: maxBatchSize > 1,
    maxPersistedQueries: options.maxPersistedQueries ?? 2000,
  });

  const contextFor = (
    identity: Identity,
    correlationId: string,
    gone?: AbortSignal,
    clientTimeoutMs?: number,
  ) =>
    createRequestContext({
      identity,
      correlationId,
      logger,
      clock,
      timeoutMs: requestTimeoutMs,
      clientTimeoutMs,
      identityToken: options.identityToken,
      ...(gone === undefined ? {} : { gone }),
    });
  const authenticate = options.authenticate;
  const operations = createStreamedOperations({
    contextFor,
    metrics,
    clock,
    maxBufferedEvents: options.maxBufferedEvents ?? 1000,
    resumeForMs: options.resumeForMs ?? 60_000,
  });
  const swaps = createSupergraphSwaps({
    served,
    documents,
    engineFor,
    settle: (serving) => connections.settle(serving.supergraph.subgraphs),
    runningSubscriptions: operations.runningSubscriptions,
    knownOperations: options.knownOperations ?? [],
    maxWarmedOperations: options.maxWarmedOperations ?? 500,
    maxTokens: limits.maxTokens,
    logger,
    clock,
  });
  await swaps.warmFirst();
  const { current } = served;
  const streams = createEventStreams({
    current,
    operations,
    clock,
    keepAliveMs: options.eventStreamKeepAliveMs ?? 12_000,
    maxStreams: options.maxEventStreams ?? 10_000,
  });
  const sockets = createWebSocketEndpoint({
    current,
    authenticate,
    operations,
    clock,
    maxMessageBytes: maxBodyBytes,
    maxSubscriptionsPerConnection: options.maxSubscriptionsPerConnection ?? 100,
  });
  const checkSubgraphs = createReadiness({ transports: connections.serving, clock });
  let phase: 'starting' | 'serving' | 'stopping' = 'starting';
  const readiness = async (): Promise<Readiness> =>
    readinessOf([
      { name: 'gateway', ready: phase === 'serving', ...(phase === 'serving' ? {} : { detail: phase }) },
      swaps.readiness(),
      ...(await checkSubgraphs()),
      ...(options.parts?.() ?? []),
    ]);
  const http = createHttpServer({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 4000,
    graphql: createGraphqlEndpoint({
      apollo,
      streams,
      authenticate,
      contextFor,
      metrics,
      maxBodyBytes,
      maxBatchSize,
    }),
    upgrade: sockets.upgrade,
    readiness,
    registry: metrics.registry,
    routes: options.routes ?? [],
    logger,
    clock,
    maxConcurrentRequests: options.maxConcurrentRequests ?? 1000,
  });

  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    const wasServing = phase === 'serving';
    phase = 'stopping';
    const drainTimeoutMs = options.drainTimeoutMs ?? 8000;
    if (wasServing) {
      streams.drain();
      await Promise.all([http.drain(drainTimeoutMs), sockets.drain(Math.min(1000, drainTimeoutMs))]);
      await apollo.stop();
    }
    await served.current().engine.stop();
    await connections.stop();
  };

  return {
    async start() {
      await apollo.start();
      try {
        const address = await http.start();
        phase = 'serving';
        return address;
      } catch (cause) {
        await apollo.stop();
        throw cause;
      }
    },
    stop() {
      stopped ??= stop();
      return stopped;
    },
    readiness,
    swap: swaps.swap,
  };
}

function checkPolicies(supergraph: Supergraph, policies: Policies): void {
  const unknown = [...supergraph.access.policies].filter((name) => policies[name] === undefined);
  if (unknown.length === 0) return;
  throw codedError('SUPERGRAPH_REFUSED', `nobody decides the policies ${unknown.join(', ')}`, { unknown });
}
