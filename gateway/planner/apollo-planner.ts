import type {
  FetchNode as ApolloFetch,
  PlanNode as ApolloPlanNode,
  FetchDataRewrite as ApolloRewrite,
  QueryPlanSelectionNode,
  ResponsePath,
} from '@apollo/query-planner';
import { parse } from 'graphql';
import { mergeLookups } from './merge-lookups.ts';
import type {
  CreatePlanner,
  FetchNode,
  PathStep,
  PlanNode,
  QueryPlan,
  RequiredSelection,
  Rewrite,
} from './plan.ts';

/**
 * Apollo's planner, in JavaScript: a second opinion on the default one. It is under the Elastic License 2.0 and is loaded only when
 * this is called. Six of the federation audit's cases go wrong with it, four of them without an error: a `@requires` with other
 * arguments than the client's own use of the field. It makes one call more where different lookups at one subgraph could be joined.
 */
export async function loadApolloPlanner(): Promise<CreatePlanner> {
  const [{ QueryPlanner }, { Supergraph, operationFromDocument }] = await Promise.all([
    import('@apollo/query-planner'),
    import('@apollo/federation-internals'),
  ]);
  return (supergraphSdl) => {
    // Null: links that are for security are no obstacle, for the gateway enforces them before it plans.
    const supergraph = Supergraph.build(supergraphSdl, { supportedFeatures: null });
    const apiSchema = supergraph.apiSchema();
    const planner = new QueryPlanner(supergraph);
    return {
      plan(source, operationName): QueryPlan {
        const operation = operationFromDocument(apiSchema, parse(source), {
          ...(operationName === undefined ? {} : { operationName }),
          validate: false,
        });
        const { node } = planner.buildQueryPlan(operation);
        if (node === undefined) return {};
        if (node.kind !== 'Subscription') return { node: translate(node) };
        return {
          subscription: fetchOf(node.primary),
          ...(node.rest === undefined ? {} : { node: translate(node.rest) }),
        };
      },
    };
  };
}

function translate(node: ApolloPlanNode): PlanNode {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'Sequence', nodes: node.nodes.map(translate) };
    case 'Parallel':
      return { kind: 'Parallel', nodes: mergeLookups(node.nodes.map(translate)) };
    case 'Flatten':
      return { kind: 'Flatten', path: node.path.map(pathStep), node: translate(node.node) };
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        ...(node.ifClause ? { whenTrue: translate(node.ifClause) } : {}),
        ...(node.elseClause ? { whenFalse: translate(node.elseClause) } : {}),
      };
    case 'Fetch':
      return fetchOf(node);
    default:
      throw new Error(`the planner answered with a node the gateway does not run: ${node.kind}`);
  }
}

function fetchOf(node: ApolloFetch): FetchNode {
  if (node.contextRewrites !== undefined && node.contextRewrites.length > 0) {
    throw new Error('the gateway does not run fetches that take arguments from a context');
  }
  const requires = node.requires ?? [];
  const outputRewrites = (node.outputRewrites ?? []).map(rewrite);
  return {
    kind: 'Fetch',
    subgraph: node.serviceName,
    operation: node.operation,
    operationKind: node.operationKind,
    ...(node.operationName ? { operationName: node.operationName } : {}),
    variables: node.variableUsages ?? [],
    ...(requires.length === 0
      ? { outputRewrites }
      : {
          entities: [
            {
              responseKey: '_entities',
              variable: 'representations',
              requires: requires.map(required),
              inputRewrites: (node.inputRewrites ?? []).map(rewrite),
              outputRewrites,
            },
          ],
          outputRewrites: [],
        }),
  };
}

function pathStep(segment: ResponsePath[number]): PathStep {
  if (segment === '@') return { everyItem: true };
  return { key: String(segment) };
}

const FRAGMENT = '... on ';

function rewrite(given: ApolloRewrite): Rewrite {
  const path = given.path.map(
    (step): PathStep =>
      step.startsWith(FRAGMENT) ? { typenames: [step.slice(FRAGMENT.length)] } : { key: step },
  );
  return given.kind === 'KeyRenamer'
    ? { kind: 'RenameKey', path, to: given.renameKeyTo }
    : { kind: 'SetValue', path, value: given.setValueTo };
}

/** This planner reads and writes an object under the same key. */
function required(selection: QueryPlanSelectionNode): RequiredSelection {
  if (selection.kind === 'Field') {
    const key = selection.alias ?? selection.name;
    return { kind: 'Field', from: key, to: key, selections: (selection.selections ?? []).map(required) };
  }
  if (selection.typeCondition === undefined) {
    throw new Error('the planner asked for a representation the gateway cannot build: it names no type');
  }
  return {
    kind: 'OnType',
    typename: selection.typeCondition,
    selections: selection.selections.map(required),
  };
}
