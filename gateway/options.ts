import type { Registry } from 'prom-client';
import type { Clock } from '../platform/clock.ts';
import type { Identity } from '../platform/identity/identity.ts';
import type { Readiness } from '../platform/subgraph.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { OperationRunner } from './execution/runnable.ts';
import type { Route } from './http/server.ts';
import type { CreatePlanner } from './planner/plan.ts';
import type { Policies, UnauthorizedFields } from './policy/authorization.ts';
import type { Limits } from './policy/limits.ts';
import type { Supergraph } from './supergraph/supergraph.ts';
import type { KnownOperation } from './supergraph-swaps.ts';
import type { SubgraphAddress } from './transports/connections.ts';
import type { Containment } from './transports/contained.ts';
import type { SubgraphTransport } from './transports/transport.ts';

/** All that a gateway can be told; every figure has its default. */
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
