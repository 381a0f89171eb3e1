import { systemClock } from '../platform/clock.ts';
import type { Identity } from '../platform/identity/identity.ts';
import { type Readiness, readinessOf } from '../platform/subgraph.ts';
import { createApolloServer } from './apollo-server.ts';
import { codedError } from './errors.ts';
import { createEngine, type Engine } from './execution/engine.ts';
import { createPlanRunner } from './execution/plan-runner.ts';
import { createGraphqlEndpoint } from './http/graphql-endpoint.ts';
import { createHttpServer } from './http/server.ts';
import { createGatewayMetrics } from './metrics.ts';
import type { GatewayOptions } from './options.ts';
import type { Policies } from './policy/authorization.ts';
import { DEFAULT_LIMITS } from './policy/limits.ts';
import { createRequestContext } from './request-context.ts';
import { servedBy, serveSupergraph } from './served-supergraph.ts';
import { createReadiness } from './subgraph-readiness.ts';
import { createEventStreams } from './subscriptions/event-stream.ts';
import { createStreamedOperations } from './subscriptions/streamed-operations.ts';
import { createWebSocketEndpoint } from './subscriptions/websocket-endpoint.ts';
import { loadSupergraph, type Supergraph } from './supergraph/supergraph.ts';
import { createSupergraphSwaps } from './supergraph-swaps.ts';
import { createConnections } from './transports/connections.ts';
import { contain, DEFAULT_CONTAINMENT } from './transports/contained.ts';
import { createValidatedDocuments } from './validated-documents.ts';

export type { GatewayOptions };

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
    inUse: () => operations.runningSubscriptions().length > 0,
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
      current,
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
    await swaps.stop();
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
