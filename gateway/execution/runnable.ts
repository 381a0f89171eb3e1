import type {
  EventSink,
  SubgraphAnswer,
  SubgraphCall,
  SubgraphRequest,
  UpstreamSubscription,
} from '../transports/transport.ts';
import type { ResponseObject } from './merge.ts';
import type { ShapeRun } from './shape-run.ts';
import type { Execution } from './step.ts';

/** An operation as one group of callers may run it. */
export interface Variant {
  /** Absent when no subgraph has to be asked. */
  readonly run?: RunOperation;
  /** For subscriptions, instead of `run`. */
  readonly subscription?: RunSubscription;
  shape(data: ResponseObject, variables: Readonly<Record<string, unknown>>, run: ShapeRun): unknown;
}

/** Fills `data` from the subgraphs and notes failures in the execution. */
export type RunOperation = (execution: Execution, data: ResponseObject) => Promise<void>;

/** A subscription at the subgraph that owns its field, and what every event of it needs from the others. */
export interface RunSubscription {
  readonly subgraph: string;
  /** What the subgraph is asked; equal requests of equal callers can share one stream. */
  request(variables: Readonly<Record<string, unknown>>): SubgraphRequest;
  open(request: SubgraphRequest, call: SubgraphCall, sink: EventSink): UpstreamSubscription;
  /** Fills `data` from one event and from the subgraphs that know the rest. */
  apply(execution: Execution, data: ResponseObject, event: SubgraphAnswer): Promise<void>;
}

/** What turns the part of an operation that needs subgraphs into something that runs. */
export interface OperationRunner {
  compile(
    source: string,
    operationName: string | undefined,
  ): { readonly run?: RunOperation; readonly subscription?: RunSubscription };
  /** Called when another supergraph has taken over. What runs still finishes. */
  stop?(): Promise<void>;
}
