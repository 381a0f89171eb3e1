import {
  type BatchFetchNode as HiveBatchFetch,
  type FetchNode as HiveFetch,
  type FlattenNodePathSegment as HivePathSegment,
  type PlanNode as HivePlanNode,
  type RequiresSelection as HiveRequires,
  type FetchRewrite as HiveRewrite,
  type FetchNodePathSegment as HiveRewriteSegment,
  QueryPlanner,
} from '@graphql-hive/router-query-planner';
import type {
  FetchNode,
  PathStep,
  PlanNode,
  Planner,
  QueryPlan,
  RequiredSelection,
  Rewrite,
} from './plan.ts';

/** The default planner: native, joins lookups of one subgraph into one call. Throws on a supergraph it cannot read. */
export function createHivePlanner(supergraphSdl: string): Planner {
  const planner = new QueryPlanner(supergraphSdl);
  const noLabels = new Set<string>();
  return {
    plan(source, operationName): QueryPlan {
      const { node } = planner.plan(source, operationName, noLabels, 0);
      return node === undefined || node === null ? {} : splitSubscription(node);
    },
  };
}

/** A subscription arrives as the first step of a sequence whose rest is to be run for each event. */
function splitSubscription(node: HivePlanNode): QueryPlan {
  if (node.kind === 'Subscription') return { subscription: fetchOf(node.primary) };
  if (node.kind === 'Sequence') {
    const [first, ...rest] = node.nodes;
    if (first?.kind === 'Subscription') {
      return {
        subscription: fetchOf(first.primary),
        ...(rest.length === 0 ? {} : { node: { kind: 'Sequence', nodes: rest.map(translate) } }),
      };
    }
  }
  return { node: translate(node) };
}

function translate(node: HivePlanNode): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, nodes: node.nodes.map(translate) };
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
    case 'BatchFetch':
      return batchFetchOf(node);
    default:
      throw new Error(`the planner answered with a node the gateway does not run: ${node.kind}`);
  }
}

function fetchOf(node: Omit<HiveFetch, 'kind'>): FetchNode {
  const requires = node.requires ?? [];
  const base = callOf(node);
  if (requires.length === 0) return { ...base, outputRewrites: rewrites(node.outputRewrites) };
  return {
    ...base,
    entities: [
      {
        responseKey: '_entities',
        variable: 'representations',
        requires: requires.map(required),
        inputRewrites: rewrites(node.inputRewrites),
        outputRewrites: rewrites(node.outputRewrites),
      },
    ],
    outputRewrites: [],
  };
}

function batchFetchOf(node: HiveBatchFetch): FetchNode {
  return {
    ...callOf(node),
    entities: node.entityBatch.aliases.map((lookup) => ({
      responseKey: lookup.alias,
      variable: lookup.representationsVariableName,
      paths: lookup.paths.map((path) => path.map(pathStep)),
      requires: lookup.requires.map(required),
      inputRewrites: rewrites(lookup.inputRewrites),
      outputRewrites: rewrites(lookup.outputRewrites),
    })),
    outputRewrites: [],
  };
}

function callOf(node: Omit<HiveFetch, 'kind'> | HiveBatchFetch) {
  return {
    kind: 'Fetch' as const,
    subgraph: node.serviceName,
    operation: node.operation,
    operationKind: node.operationKind ?? 'query',
    ...(node.operationName ? { operationName: node.operationName } : {}),
    variables: node.variableUsages ?? [],
  };
}

function pathStep(segment: HivePathSegment): PathStep {
  if (segment === '@') return { everyItem: true };
  return 'Field' in segment ? { key: segment.Field } : { typenames: segment.TypeCondition };
}

function rewriteStep(segment: HiveRewriteSegment): PathStep {
  return 'Key' in segment ? { key: segment.Key } : { typenames: segment.TypenameEquals };
}

function rewrites(list: readonly HiveRewrite[] | undefined): Rewrite[] {
  return (list ?? []).map((rewrite) => {
    const inner =
      'KeyRenamer' in rewrite ? rewrite.KeyRenamer : 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
    const path = inner.path.map(rewriteStep);
    return 'renameKeyTo' in inner
      ? { kind: 'RenameKey', path, to: inner.renameKeyTo }
      : { kind: 'SetValue', path, value: inner.setValueTo };
  });
}

/** This planner reads an object by the field's name and wants it written under its alias. */
function required(selection: HiveRequires): RequiredSelection {
  switch (selection.kind) {
    case 'Field':
      return {
        kind: 'Field',
        from: selection.name,
        to: selection.alias ?? selection.name,
        selections: (selection.selections ?? []).map(required),
      };
    case 'InlineFragment':
      return {
        kind: 'OnType',
        typename: selection.typeCondition,
        selections: selection.selections.map(required),
      };
    default:
      throw new Error(`the planner asked for a representation the gateway cannot build: ${selection.kind}`);
  }
}
