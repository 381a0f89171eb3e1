import type { PlanNode } from '../planner/plan.ts';
import { compileFetch } from './fetch.ts';
import type { ResponseObject } from './merge.ts';
import { compileGather } from './paths.ts';
import type { PlanEnvironment, Step } from './step.ts';

/** Turns a plan into closures once, so that running it looks nothing up. */
export function compilePlan(node: PlanNode | undefined, environment: PlanEnvironment): Step {
  if (node === undefined) return () => undefined;
  switch (node.kind) {
    case 'Sequence': {
      const steps = node.nodes.map((inner) => compilePlan(inner, environment));
      return async (execution, targets) => {
        for (const step of steps) await step(execution, targets);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((inner) => compilePlan(inner, environment));
      return async (execution, targets) => {
        await Promise.all(steps.map((step) => step(execution, targets)));
      };
    }
    case 'Flatten': {
      const gather = compileGather(node.path, environment.types);
      const step = compilePlan(node.node, environment);
      return (execution, targets) => {
        const found: ResponseObject[] = [];
        for (const target of targets) gather(target, found);
        return found.length === 0 ? undefined : step(execution, found);
      };
    }
    case 'Condition': {
      const whenTrue = compilePlan(node.whenTrue, environment);
      const whenFalse = compilePlan(node.whenFalse, environment);
      return (execution, targets) =>
        (execution.variables[node.variable] === true ? whenTrue : whenFalse)(execution, targets);
    }
    case 'Fetch':
      return compileFetch(node, environment);
  }
}
