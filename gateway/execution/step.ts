import type { RequestContext } from '../request-context.ts';
import type { TypeRelations } from '../supergraph/type-relations.ts';
import type { SubgraphTransport } from '../transports/transport.ts';
import type { Failure } from './failures.ts';
import type { ResponseObject } from './merge.ts';

/** What one run of a plan knows and collects. */
export interface Execution {
  readonly context: RequestContext;
  /** The client's variables, coerced, defaults included. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly failures: Failure[];
}

/** A part of a plan, ready to run for some objects of the response. Never rejects: what fails is noted in the execution. */
export type Step = (execution: Execution, targets: readonly ResponseObject[]) => Promise<void> | undefined;

export interface PlanEnvironment {
  readonly types: TypeRelations;
  transportOf(subgraph: string): SubgraphTransport;
}
