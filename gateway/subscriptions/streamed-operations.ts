import type { ExecutionResult } from 'graphql';
import type { Clock } from '../../platform/clock.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import type { GivenVariables } from '../execution/engine.ts';
import type { OperationInput } from '../execution/prepare.ts';
import { type GatewayMetrics, outcomeOf } from '../metrics.ts';
import type { RequestContext } from '../request-context.ts';
import type { Served } from '../served-supergraph.ts';
import { createRunningOperations, type RunningSubscription } from './running-operations.ts';
import { createSharedStreams } from './shared-streams.ts';
import { type LiveSubscription, type ResumeWish, subscribe } from './subscribe.ts';
import { expireWithToken } from './token-expiry.ts';

export interface StreamedOperationsOptions {
  contextFor(identity: Identity, correlationId: string, gone?: AbortSignal): RequestContext;
  readonly metrics: GatewayMetrics;
  readonly clock: Clock;
  readonly maxBufferedEvents: number;
  /** How long a lost subgraph is waited for, when its stream can be resumed. */
  readonly resumeForMs: number;
}

/** What an operation over a WebSocket or an event stream carries from its checks to its execution. */
export interface StreamedOperation {
  readonly served: Served;
  readonly input: OperationInput;
  readonly identity: Identity;
  readonly correlationId: string;
}

export interface OpenSubscription {
  readonly resume: ResumeWish;
  /** Called when the client is too far behind, before its subscription ends. */
  onTooSlow?(): void;
}

/** How operations run whose answers are sent one by one, whatever carries them. Each is counted. */
export interface StreamedOperations {
  /** Answers a query or mutation. */
  execute(
    operation: StreamedOperation,
    variables: GivenVariables,
    gone?: AbortSignal,
  ): Promise<ExecutionResult>;
  /** Opens a subscription, which ends with its token; or answers why there is none. */
  open(
    operation: StreamedOperation,
    variables: GivenVariables,
    how: OpenSubscription,
  ): LiveSubscription | ExecutionResult;
  /** What is subscribed to now; a supergraph under which one of these would not be valid breaks a client. */
  runningSubscriptions(): readonly RunningSubscription[];
}

export function createStreamedOperations(options: StreamedOperationsOptions): StreamedOperations {
  const { metrics, clock, maxBufferedEvents } = options;
  const secondsSince = (startedMs: number) => (performance.now() - startedMs) / 1000;
  const running = createRunningOperations();
  const streams = createSharedStreams({ clock, retryForMs: options.resumeForMs });

  return {
    runningSubscriptions: running.list,

    async execute({ served, input, identity, correlationId }, variables, gone) {
      const startedMs = performance.now();
      const context = options.contextFor(identity, correlationId, gone);
      try {
        const result = await served.engine.execute(input, variables, context);
        metrics.request(input.operation.operation, outcomeOf(result), secondsSince(startedMs));
        return result;
      } finally {
        context.end();
      }
    },

    open({ served, input, identity, correlationId }, variables, how) {
      const startedMs = performance.now();
      const ended = new AbortController();
      metrics.subscriptionStarted();
      const leave = running.enter(input);
      const opened = subscribe(input, variables, {
        engine: served.engine,
        identity,
        streams,
        contextFor: () => options.contextFor(identity, correlationId),
        maxBufferedEvents,
        ...how,
        onEnd() {
          metrics.subscriptionEnded();
          leave();
          ended.abort();
        },
      });
      if (!('expire' in opened)) {
        metrics.request('subscription', outcomeOf(opened), secondsSince(startedMs));
        return opened;
      }
      metrics.request('subscription', 'ok', secondsSince(startedMs));
      void expireWithToken(opened, identity, clock, ended.signal);
      return opened;
    },
  };
}
