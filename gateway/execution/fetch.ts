import { GraphError } from '../../platform/errors.ts';
import type { FetchNode } from '../planner/plan.ts';
import type {
  Representations,
  SubgraphAnswer,
  SubgraphRequest,
  SubgraphTransport,
} from '../transports/transport.ts';
import { compileEntityLookup, type EntityBatch } from './entity-lookup.ts';
import { type Failure, markUnknown, placeFailure } from './failures.ts';
import { mergeObject, type ResponseObject } from './merge.ts';
import { compileRewrites } from './rewrites.ts';
import { applyRenames, selectionTreeOf } from './selection-tree.ts';
import type { Execution, PlanEnvironment, Step } from './step.ts';

/** Compiles one call to one subgraph. */
export function compileFetch(node: FetchNode, environment: PlanEnvironment): Step {
  return node.entities === undefined
    ? compileRootFetch(node, environment)
    : compileEntityFetch(node, node.entities, environment);
}

/** Merges the answer to root fields into the response: what a root fetch does, and what each event of a subscription does. */
export function compileRootAnswer(
  node: FetchNode,
  environment: Pick<PlanEnvironment, 'types'>,
): (execution: Execution, targets: readonly ResponseObject[], answer: SubgraphAnswer) => void {
  const tree = selectionTreeOf(node.operation);
  const rewrite = compileRewrites(node.outputRewrites, environment.types);
  applyRenames(tree, node.outputRewrites);
  return (execution, targets, answer) => {
    const failures = noteErrors(execution, node.subgraph, answer);
    for (const failure of failures) placeFailure(answer.data, failure.error.path ?? [], failure);
    const { data } = answer;
    const [first] = failures;
    for (const target of targets) {
      if (data !== undefined && data !== null) {
        rewrite?.(data);
        mergeObject(target, data, tree, environment.types, targets.length > 1);
      } else if (first !== undefined) markUnknown(target, tree.keys(), first);
    }
  };
}

function compileRootFetch(node: FetchNode, environment: PlanEnvironment): Step {
  const ask = compileAsk(node, environment.transportOf(node.subgraph));
  const accept = compileRootAnswer(node, environment);
  return async (execution, targets) => {
    accept(execution, targets, await ask(execution));
  };
}

function compileEntityFetch(
  node: FetchNode,
  entities: NonNullable<FetchNode['entities']>,
  environment: PlanEnvironment,
): Step {
  const ask = compileAsk(node, environment.transportOf(node.subgraph));
  const tree = selectionTreeOf(node.operation);
  const lookups = entities.map((entity) => compileEntityLookup(entity, tree, environment.types));
  return async (execution, targets) => {
    const batches = lookups.map((lookup) => lookup.collect(targets));
    if (batches.every((batch) => batch.values.length === 0)) return;
    const answer = await ask(execution, batches);
    const failures = noteErrors(execution, node.subgraph, answer);
    for (const failure of failures) placeFailure(answer.data, failure.error.path ?? [], failure);
    for (const [index, lookup] of lookups.entries()) {
      const batch: EntityBatch | undefined = batches[index];
      if (batch !== undefined) lookup.accept(batch, answer.data, failures[0]);
    }
  };
}

type Ask = (execution: Execution, representations?: readonly Representations[]) => Promise<SubgraphAnswer>;

/** Sends the operation with the variables it uses. No answer becomes an answer with one error, so that there is one way to go on. */
function compileAsk(node: FetchNode, transport: SubgraphTransport): Ask {
  const base = requestOf(node);
  return async (execution, representations) => {
    const request = withVariables(base, node, execution.variables);
    try {
      const call = await execution.context.call();
      return await transport.fetch(representations ? { ...request, representations } : request, call);
    } catch (cause) {
      return noAnswer(node.subgraph, cause, execution);
    }
  };
}

export function requestOf(node: FetchNode): SubgraphRequest {
  return {
    operation: node.operation,
    operationKind: node.operationKind,
    ...(node.operationName === undefined ? {} : { operationName: node.operationName }),
    variables: {},
  };
}

/** Only the variables the operation names: a subgraph refuses others, and those not given must stay absent for its defaults. */
export function withVariables(
  request: SubgraphRequest,
  node: FetchNode,
  given: Readonly<Record<string, unknown>>,
): SubgraphRequest {
  const variables: Record<string, unknown> = {};
  for (const name of node.variables) {
    if (given[name] !== undefined) variables[name] = given[name];
  }
  return { ...request, variables };
}

function noAnswer(subgraph: string, cause: unknown, execution: Execution): SubgraphAnswer {
  const known = cause instanceof GraphError ? cause : undefined;
  const reason = known?.extensions['reason'];
  // A client that went away is no news of the subgraph; a call refused without asking was news when the first one failed.
  const refused = reason === 'CIRCUIT_OPEN' || reason === 'OVERLOADED';
  const level = known?.code === 'UNAVAILABLE' || refused ? 'debug' : 'warn';
  execution.context.logger[level]({ subgraph, err: known?.cause ?? cause }, 'no answer from subgraph');
  if (known?.code === 'DEADLINE_EXCEEDED') {
    return { errors: [{ message: known.message, extensions: { code: known.code } }] };
  }
  if (known !== undefined && reason !== undefined) {
    return { errors: [{ message: known.message, extensions: known.extensions }] };
  }
  const extensions = { code: 'SUBGRAPH_UNAVAILABLE', reason: 'NO_ANSWER' };
  return { errors: [{ message: `subgraph ${subgraph} did not answer`, extensions }] };
}

function noteErrors(execution: Execution, subgraph: string, answer: SubgraphAnswer): Failure[] {
  const failures = (answer.errors ?? []).map((error): Failure => ({ subgraph, error, told: false }));
  execution.failures.push(...failures);
  return failures;
}
