import { execute, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { AccessDecision } from '../policy/authorization.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { PreparedOperation } from './prepare.ts';
import { reduceOperation } from './reduce-operation.ts';
import { compileShape, type Shape } from './response-shape.ts';
import type { OperationRunner, RunOperation, Variant } from './runnable.ts';

/** Makes of an operation what a group of callers with the same rights may run, and how their answer looks. Throws when it cannot be planned. */
export function compileVariant(
  operation: PreparedOperation,
  decision: AccessDecision,
  supergraph: Supergraph,
  runner: OperationRunner,
): Variant {
  const { input, fragments } = operation;
  const reduced = reduceOperation(input.operation, fragments, decision.withheld);
  const { forSubgraphs, introspection } = reduced;
  const compiled: ReturnType<OperationRunner['compile']> =
    forSubgraphs === undefined
      ? {}
      : runner.compile(reduced.unchanged ? input.source : print(forSubgraphs), input.operation.name?.value);
  const introspect: RunOperation | undefined =
    introspection &&
    (async ({ variables }, data) => {
      const result = await execute({
        schema: supergraph.apiSchema,
        document: introspection,
        variableValues: variables,
      });
      Object.assign(data, result.data);
    });
  const shapes = new LRUCache<string, Shape>({ max: 64 });
  return {
    ...(compiled.subscription === undefined ? {} : { subscription: compiled.subscription }),
    ...runBoth(introspect, compiled.run),
    shape(data, variables, run) {
      const key = operation.conditionVariables.map((name) => (variables[name] === true ? '1' : '0')).join('');
      let shape = shapes.get(key);
      if (shape === undefined) {
        shape = compileShape({
          schema: supergraph.apiSchema,
          operation: input.operation,
          fragments,
          variables,
          withheld: decision.withheld,
        });
        shapes.set(key, shape);
      }
      return shape(data, run);
    },
  };
}

function runBoth(first: RunOperation | undefined, second: RunOperation | undefined): Pick<Variant, 'run'> {
  if (first === undefined) return second === undefined ? {} : { run: second };
  if (second === undefined) return { run: first };
  return {
    run: async (execution, data) => {
      await Promise.all([first(execution, data), second(execution, data)]);
    },
  };
}
