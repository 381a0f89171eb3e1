import type { FetchNode, PlanNode } from '../planner/plan.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { SubgraphTransport } from '../transports/transport.ts';
import { compilePlan } from './compile-plan.ts';
import { compileRootAnswer, requestOf, withVariables } from './fetch.ts';
import type { OperationRunner, RunSubscription } from './runnable.ts';
import type { PlanEnvironment } from './step.ts';

/** Runs operations by planning them once and keeping the plan as closures. */
export function createPlanRunner(
  supergraph: Supergraph,
  transports: ReadonlyMap<string, SubgraphTransport>,
): OperationRunner {
  const environment: PlanEnvironment = {
    types: supergraph.types,
    transportOf(subgraph) {
      const transport = transports.get(subgraph);
      if (transport === undefined) throw new Error(`there is no way to subgraph ${subgraph}`);
      return transport;
    },
  };
  return {
    compile(source, operationName) {
      const { node, subscription } = supergraph.planner.plan(source, operationName);
      if (subscription !== undefined) {
        return { subscription: compileSubscription(subscription, node, environment) };
      }
      const step = compilePlan(node, environment);
      return {
        run: async (execution, data) => {
          await step(execution, [data]);
        },
      };
    },
  };
}

function compileSubscription(
  fetch: FetchNode,
  rest: PlanNode | undefined,
  environment: PlanEnvironment,
): RunSubscription {
  const transport = environment.transportOf(fetch.subgraph);
  const base = requestOf(fetch);
  const accept = compileRootAnswer(fetch, environment);
  const complete = compilePlan(rest, environment);
  return {
    subgraph: fetch.subgraph,
    request: (variables) => withVariables(base, fetch, variables),
    open: (request, call, sink) => transport.subscribe(request, call, sink),
    async apply(execution, data, event) {
      accept(execution, [data], event);
      await complete(execution, [data]);
    },
  };
}
