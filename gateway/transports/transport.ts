import type { StreamExtensions } from '../../platform/graphql/follow.ts';
import { CORRELATION_HEADER, TIMEOUT_HEADER } from '../../platform/identity/caller.ts';
import { IDENTITY_HEADER } from '../../platform/identity/internal-token.ts';

/** The way to one subgraph. Every transport passes the same tests. */
export interface SubgraphTransport {
  readonly name: string;
  /**
   * Asks once. Resolves with whatever the subgraph answered, its errors included; rejects with GraphError SUBGRAPH_UNAVAILABLE or
   * DEADLINE_EXCEEDED when there is no answer. The answer belongs to the caller, who may change it.
   */
  fetch(request: SubgraphRequest, call: SubgraphCall): Promise<SubgraphAnswer>;
  /** Starts a subscription; everything that happens, also a refusal, is told to `sink`. Nothing is told after `close()`. */
  subscribe(request: SubgraphRequest, call: SubgraphCall, sink: EventSink): UpstreamSubscription;
  /** Resolves when the subgraph can answer, rejects with the reason when it cannot. */
  check(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

export interface SubgraphRequest {
  /** The operation's text: the same text each time it is sent, so that a transport can keep what it made of it. */
  readonly operation: string;
  readonly operationKind: 'query' | 'mutation' | 'subscription';
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Representations, apart from the other variables because they are made anew for each call. */
  readonly representations?: readonly Representations[];
  /** Of a subscription: the cursor to go on from, null to begin. */
  readonly resumeFrom?: string | null;
}

export interface Representations {
  readonly variable: string;
  readonly values: readonly object[];
}

/** Whom a call is made for, and how long an answer is of use. */
export interface SubgraphCall {
  /** Signed by the gateway; tells the subgraph who is asking. */
  readonly identityToken: string;
  readonly correlationId: string;
  readonly timeoutMs: number;
  /** True when the client set the deadline, shorter than the gateway's own: running into it says nothing of the subgraph. */
  readonly impatient?: boolean;
  /** Aborts at the deadline and when the client has gone. */
  readonly signal: AbortSignal;
}

export interface SubgraphAnswer {
  data?: Record<string, unknown> | null;
  errors?: readonly SubgraphError[];
  /** What the subgraph tells beside an event of a subscription. */
  extensions?: StreamExtensions;
}

export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** The exception behind it, when it happened in this process; for the log, never for a client. */
  readonly cause?: unknown;
}

/** Where a subscription's events go. After `fail` or `complete` nothing more follows. */
export interface EventSink {
  next(event: SubgraphAnswer): void;
  fail(errors: readonly SubgraphError[]): void;
  complete(): void;
}

export interface UpstreamSubscription {
  close(): void;
}

/** The headers every call carries, whatever the transport. */
export function headersOf(call: SubgraphCall): Record<string, string> {
  return {
    [IDENTITY_HEADER]: call.identityToken,
    [CORRELATION_HEADER]: call.correlationId,
    [TIMEOUT_HEADER]: String(Math.max(1, Math.floor(call.timeoutMs))),
  };
}

/** All variables of a request in one object. */
export function variablesOf(request: SubgraphRequest): Record<string, unknown> {
  const variables: Record<string, unknown> = { ...request.variables };
  for (const { variable, values } of request.representations ?? []) variables[variable] = values;
  return variables;
}
