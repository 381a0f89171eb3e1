import type { ExecutionResult } from 'graphql';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ContainmentObserver } from './transports/contained.ts';
import type { SubgraphTransport } from './transports/transport.ts';

/** What a client got: everything, something, nothing, or a refusal before anything ran. */
export type Outcome = 'ok' | 'partial' | 'failed' | 'refused';
export type OperationType = 'query' | 'mutation' | 'subscription' | 'unknown';

/** The gateway's figures. Labels come from closed lists, never from a client, so that nobody outside can make series. */
export interface GatewayMetrics {
  readonly registry: Registry;
  request(type: OperationType, outcome: Outcome, seconds: number): void;
  subscriptionStarted(): void;
  subscriptionEnded(): void;
  /** The same transport, counted and timed. */
  observe(transport: SubgraphTransport): SubgraphTransport;
  readonly containment: ContainmentObserver;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createGatewayMetrics(registry: Registry = new Registry()): GatewayMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'gateway_requests_total',
    help: 'GraphQL operations answered, by type and by what the client got.',
    labelNames: ['type', 'outcome'] as const,
    registers,
  });
  const durations = new Histogram({
    name: 'gateway_request_duration_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['type', 'outcome'] as const,
    buckets: SECONDS,
    registers,
  });
  const fetches = new Counter({
    name: 'gateway_subgraph_fetches_total',
    help: 'Calls to subgraphs; without an answer they have failed.',
    labelNames: ['subgraph', 'outcome'] as const,
    registers,
  });
  const fetchDurations = new Histogram({
    name: 'gateway_subgraph_fetch_duration_seconds',
    help: 'Time from a call to a subgraph to its answer.',
    labelNames: ['subgraph'] as const,
    buckets: SECONDS,
    registers,
  });
  const subscriptions = new Gauge({
    name: 'gateway_subscriptions_active',
    help: 'Subscriptions that are open.',
    registers,
  });
  const refusals = new Counter({
    name: 'gateway_subgraph_refusals_total',
    help: 'Calls to subgraphs that were refused without asking, by reason.',
    labelNames: ['subgraph', 'reason'] as const,
    registers,
  });
  const circuits = new Gauge({
    name: 'gateway_subgraph_circuit_open',
    help: '1 while a subgraph has failed and is not asked, else 0.',
    labelNames: ['subgraph'] as const,
    registers,
  });

  return {
    registry,
    containment: {
      refused: (subgraph, reason) => refusals.inc({ subgraph, reason: reason.toLowerCase() }),
      circuit: (subgraph, state) => circuits.set({ subgraph }, state === 'open' ? 1 : 0),
    },
    request(type, outcome, seconds) {
      requests.inc({ type, outcome });
      durations.observe({ type, outcome }, seconds);
    },
    subscriptionStarted: () => subscriptions.inc(),
    subscriptionEnded: () => subscriptions.dec(),
    observe: (transport) => ({
      name: transport.name,
      subscribe: (request, call, sink) => transport.subscribe(request, call, sink),
      check: (signal) => transport.check(signal),
      stop: () => transport.stop(),
      async fetch(request, call) {
        const startedMs = performance.now();
        let outcome = 'failed';
        try {
          const answer = await transport.fetch(request, call);
          outcome = answer.errors === undefined ? 'ok' : 'errors';
          return answer;
        } finally {
          fetches.inc({ subgraph: transport.name, outcome });
          fetchDurations.observe({ subgraph: transport.name }, (performance.now() - startedMs) / 1000);
        }
      },
    }),
  };
}

export function outcomeOf(
  result: Pick<ExecutionResult, 'data'> & { readonly errors?: readonly unknown[] },
): Outcome {
  if (result.errors === undefined || result.errors.length === 0) return 'ok';
  if (result.data === undefined) return 'refused';
  return result.data === null ? 'failed' : 'partial';
}
