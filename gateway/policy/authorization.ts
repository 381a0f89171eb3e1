import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isNonNullType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Identity } from '../../platform/identity/identity.ts';
import { codedError } from '../errors.ts';
import type { AccessRules, Requirement } from './access-rules.ts';

/** Decides by name whether an identity fulfils a `@policy`. */
export type Policies = Readonly<Record<string, (identity: Identity) => boolean>>;

/**
 * What becomes of an operation that asks for fields its caller may not read: `withhold` answers the rest and null for them, `refuse`
 * answers nothing. Either way each is told as an error, and a field that @skip or @include leaves out is not asked for.
 */
export type UnauthorizedFields = 'withhold' | 'refuse';

/**
 * What the rules mean for one operation, known before it is planned. A field that the caller may not read is taken out of the
 * operation and answered with null and an error; other fields are answered as usual.
 */
export interface OperationAccess {
  /** The decision for a caller who may read all of it. */
  readonly unrestricted: AccessDecision;
  decide(identity: Identity): AccessDecision;
}

export interface AccessDecision {
  /** Equal for callers who may read the same fields of this operation. */
  readonly key: string;
  readonly withheld: ReadonlySet<FieldNode>;
  /** The errors for this request; fields that @skip and @include leave out have none. */
  errors(variables: Readonly<Record<string, unknown>>): GraphQLError[];
  /**
   * True when nothing may run: a mutation with any root field withheld, so that no half of it is done, or a withheld root field that
   * can never be null.
   */
  refusesAll(variables: Readonly<Record<string, unknown>>): boolean;
}

/** One use of a field that has requirements. */
interface ProtectedField {
  readonly node: FieldNode;
  readonly coordinate: string;
  readonly requirements: readonly Requirement[];
  /** Response keys from the root; `@` stands for every item of a list. */
  readonly path: readonly string[];
  readonly conditions: readonly Condition[];
  readonly isRoot: boolean;
  readonly isNonNull: boolean;
  /** The nearest protected field above it: when that is withheld, nothing has to be said about this one. */
  readonly within?: ProtectedField;
}

interface Condition {
  readonly variable: string;
  readonly wanted: boolean;
}

export function analyseAccess(
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  schema: GraphQLSchema,
  rules: AccessRules,
  policies: Policies,
): OperationAccess {
  const fields = findProtected(operation, fragments, schema, rules);
  const requirements = [...new Set(fields.flatMap((field) => field.requirements))];

  return {
    unrestricted: {
      key: '1'.repeat(requirements.length),
      withheld: new Set(),
      errors: () => [],
      refusesAll: () => false,
    },
    decide(identity) {
      const met = new Set(requirements.filter((requirement) => fulfils(identity, requirement, policies)));
      const refused = fields.filter(
        (field) => !field.requirements.every((requirement) => met.has(requirement)),
      );
      const withheld = new Set(refused.map((field) => field.node));
      const told = refused.filter((field) => !isWithin(field, withheld));
      return {
        key: requirements.map((requirement) => (met.has(requirement) ? '1' : '0')).join(''),
        withheld,
        errors: (variables) =>
          told.filter((field) => isAsked(field, variables)).map((field) => refusalOf(field, identity)),
        refusesAll: (variables) =>
          told.some(
            (field) =>
              field.isRoot &&
              (operation.operation === 'mutation' || field.isNonNull) &&
              isAsked(field, variables),
          ),
      };
    },
  };
}

function fulfils(identity: Identity, requirement: Requirement, policies: Policies): boolean {
  switch (requirement.kind) {
    case 'authenticated':
      return identity.kind !== 'anonymous';
    case 'scopes':
      return requirement.anyOf.some((scopes) => scopes.every((scope) => identity.scopes.includes(scope)));
    case 'policies':
      return requirement.anyOf.some((names) => names.every((name) => policies[name]?.(identity) ?? false));
  }
}

function refusalOf(field: ProtectedField, identity: Identity): GraphQLError {
  const scopes = field.requirements.flatMap((requirement) =>
    requirement.kind === 'scopes' ? [requirement.anyOf] : [],
  );
  const policies = field.requirements.flatMap((requirement) =>
    requirement.kind === 'policies' ? [requirement.anyOf] : [],
  );
  const anonymous = identity.kind === 'anonymous';
  return codedError(
    anonymous ? 'UNAUTHENTICATED' : 'FORBIDDEN',
    anonymous ? `sign in to read ${field.coordinate}` : `you may not read ${field.coordinate}`,
    {
      path: field.path,
      coordinate: field.coordinate,
      // Each element is one requirement, written as "any of these sets"; all elements must be met.
      ...(scopes.length === 0 ? {} : { requiredScopes: scopes }),
      ...(policies.length === 0 ? {} : { requiredPolicies: policies }),
    },
  );
}

function isWithin(field: ProtectedField, withheld: ReadonlySet<FieldNode>): boolean {
  for (let above = field.within; above !== undefined; above = above.within) {
    if (withheld.has(above.node)) return true;
  }
  return false;
}

function isAsked(field: ProtectedField, variables: Readonly<Record<string, unknown>>): boolean {
  return field.conditions.every(({ variable, wanted }) => (variables[variable] === true) === wanted);
}

interface Place {
  readonly type: GraphQLCompositeType;
  readonly path: readonly string[];
  readonly conditions: readonly Condition[];
  readonly isRoot: boolean;
  readonly within?: ProtectedField;
}

function findProtected(
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  schema: GraphQLSchema,
  rules: AccessRules,
): ProtectedField[] {
  const found: ProtectedField[] = [];

  const visitSet = (selectionSet: SelectionSetNode, place: Place): void => {
    for (const selection of selectionSet.selections) visit(selection, place);
  };
  const visit = (selection: SelectionNode, outer: Place): void => {
    const conditions = conditionsOf(selection.directives);
    if (conditions === 'never') return;
    const place =
      conditions.length === 0 ? outer : { ...outer, conditions: [...outer.conditions, ...conditions] };
    if (selection.kind === Kind.FIELD) {
      visitField(selection, place);
      return;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    if (fragment === undefined) return;
    const condition = fragment.typeCondition?.name.value;
    const type = condition === undefined ? place.type : schema.getType(condition);
    if (isCompositeType(type)) visitSet(fragment.selectionSet, { ...place, type });
  };
  const visitField = (node: FieldNode, place: Place): void => {
    const name = node.name.value;
    if (name.startsWith('__') || isUnionType(place.type)) return;
    const definition = place.type.getFields()[name];
    if (definition === undefined) return;
    const returned = getNamedType(definition.type);
    const key = node.alias?.value ?? name;
    const path = [...place.path, key];
    const selection = isByType(node.selectionSet) ? 'byType' : 'fields';
    const requirements = rules.requirementsOf(place.type.name, name, returned.name, selection);
    let within = place.within;
    if (requirements.length > 0) {
      within = {
        node,
        coordinate: `${place.type.name}.${name}`,
        requirements,
        path,
        conditions: place.conditions,
        isRoot: place.isRoot,
        isNonNull: isNonNullType(definition.type),
        ...(place.within === undefined ? {} : { within: place.within }),
      };
      found.push(within);
    }
    if (node.selectionSet === undefined || !isCompositeType(returned)) return;
    visitSet(node.selectionSet, {
      type: returned,
      path: [...path, ...itemSteps(definition.type)],
      conditions: place.conditions,
      isRoot: false,
      ...(within === undefined ? {} : { within }),
    });
  };

  const root = schema.getRootType(operation.operation);
  if (root) visitSet(operation.selectionSet, { type: root, path: [], conditions: [], isRoot: true });
  return found;
}

/** Whether a selection names no field of the type itself, but only fragments, whose fields are looked at one by one. */
function isByType(selectionSet: SelectionSetNode | undefined): boolean {
  return (
    selectionSet?.selections.every(
      (selection) => selection.kind !== Kind.FIELD || selection.name.value === '__typename',
    ) ?? false
  );
}

/** An `@` for each list around a type. */
function itemSteps(type: GraphQLOutputType): string[] {
  const nullable = getNullableType(type);
  return isListType(nullable) ? ['@', ...itemSteps(nullable.ofType)] : [];
}

/** What @skip and @include ask of the variables; `never` when a literal leaves the selection out for good. */
function conditionsOf(directives: readonly DirectiveNode[] | undefined): readonly Condition[] | 'never' {
  const conditions: Condition[] = [];
  for (const directive of directives ?? []) {
    const wanted = directive.name.value === 'include';
    if (!wanted && directive.name.value !== 'skip') continue;
    const condition = directive.arguments?.[0]?.value;
    if (condition?.kind === Kind.VARIABLE) conditions.push({ variable: condition.name.value, wanted });
    else if (condition?.kind === Kind.BOOLEAN && condition.value !== wanted) return 'never';
  }
  return conditions;
}
