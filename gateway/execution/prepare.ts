import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import {
  type AccessDecision,
  analyseAccess,
  type OperationAccess,
  type Policies,
} from '../policy/authorization.ts';
import { compileCost, type MeasureCost } from '../policy/cost.ts';
import { type Limits, type Measured, measure } from '../policy/limits.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** An operation that is valid against the API schema. */
export interface OperationInput {
  /** The document's text, as the client sent it. */
  readonly source: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** All that can be known of an operation before somebody asks it. */
export interface PreparedOperation {
  readonly input: OperationInput;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly measured: Measured;
  readonly access: OperationAccess;
  readonly cost: MeasureCost;
  /** The variables that @skip and @include use, sorted; with their values they decide the response's shape. */
  readonly conditionVariables: readonly string[];
  /** Checks the client's variables and fills in defaults. */
  coerce(
    given: Readonly<Record<string, unknown>>,
  ): { readonly variables: Readonly<Record<string, unknown>> } | { readonly errors: readonly GraphQLError[] };
}

export function prepareOperation(
  input: OperationInput,
  supergraph: Supergraph,
  limits: Limits,
  policies: Policies,
): PreparedOperation {
  const { document, operation } = input;
  const fragments = Object.fromEntries(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const measured = measure(operation, fragments, limits);
  // Walking what is too large is what the limits are there to prevent.
  const { apiSchema } = supergraph;
  const withinLimits = measured.refusal === undefined;
  const access = withinLimits
    ? analyseAccess(operation, fragments, apiSchema, supergraph.access, policies)
    : OPEN;
  const cost = withinLimits ? compileCost(operation, fragments, apiSchema, supergraph.costs) : () => 0;
  return {
    input,
    fragments,
    measured,
    access,
    cost,
    conditionVariables: conditionVariablesOf(document),
    coerce: compileCoercion(input, supergraph),
  };
}

const NOTHING_WITHHELD: ReadonlySet<FieldNode> = new Set();
const ALL: AccessDecision = {
  key: '',
  withheld: NOTHING_WITHHELD,
  errors: () => [],
  refusesAll: () => false,
};
const OPEN: OperationAccess = { unrestricted: ALL, decide: () => ALL };

function compileCoercion({ operation }: OperationInput, supergraph: Supergraph): PreparedOperation['coerce'] {
  const definitions = operation.variableDefinitions ?? [];
  const none = { variables: {} };
  if (definitions.length === 0) return () => none;
  return (given) => {
    const result = getVariableValues(supergraph.apiSchema, definitions, given, { maxErrors: 20 });
    if (result.coerced !== undefined) return { variables: result.coerced };
    const errors = result.errors.map(
      (error) =>
        new GraphQLError(error.message, { nodes: error.nodes, extensions: { code: 'BAD_USER_INPUT' } }),
    );
    return { errors };
  };
}

function conditionVariablesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      const condition = given?.[0]?.value;
      if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  return [...names].sort();
}
