import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  valueFromASTUntyped,
} from 'graphql';
import type { LinkedDirectives } from '../supergraph/linked-directives.ts';

/** One thing a caller must fulfil. Lists are "any of these sets, all of its names". */
export type Requirement =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'scopes'; readonly anyOf: readonly (readonly string[])[] }
  | { readonly kind: 'policies'; readonly anyOf: readonly (readonly string[])[] };

/** Who may read what, as the supergraph's directives say. */
export interface AccessRules {
  /**
   * Everything required to select `field` on `parent` and receive a value of type `returned`; empty when it is open to all. With
   * `byType`, for a selection that is by fragments only, an interface does not ask for what only some of its types ask for: their own
   * fields do.
   */
  requirementsOf(
    parent: string,
    field: string,
    returned: string,
    selection?: 'byType' | 'fields',
  ): readonly Requirement[];
  /** Every policy the supergraph names; each must be known to the gateway. */
  readonly policies: ReadonlySet<string>;
}

/** Reads `@authenticated`, `@requiresScopes` and `@policy` from types, interfaces, enums, scalars and fields. */
export function readAccessRules(
  document: DocumentNode,
  links: LinkedDirectives,
  apiSchema: GraphQLSchema,
): AccessRules {
  const interned = new Map<string, Requirement>();
  const intern = (requirement: Requirement): Requirement => {
    const key = JSON.stringify(requirement);
    const known = interned.get(key);
    if (known === undefined) interned.set(key, requirement);
    return known ?? requirement;
  };
  const read = (directives: readonly ConstDirectiveNode[] | undefined): Requirement[] =>
    (directives ?? []).flatMap((directive) => {
      switch (directive.name.value) {
        case links.nameOf('authenticated'):
          return [intern({ kind: 'authenticated' })];
        case links.nameOf('requiresScopes'):
          return [intern({ kind: 'scopes', anyOf: namesOf(directive, 'scopes') })];
        case links.nameOf('policy'):
          return [intern({ kind: 'policies', anyOf: namesOf(directive, 'policies') })];
        default:
          return [];
      }
    });

  const ofType = new Map<string, Requirement[]>();
  const ofField = new Map<string, Requirement[]>();
  for (const definition of document.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        for (const field of definition.fields ?? []) {
          ofField.set(`${definition.name.value}.${field.name.value}`, read(field.directives));
        }
        ofType.set(definition.name.value, read(definition.directives));
        break;
      case Kind.ENUM_TYPE_DEFINITION:
      case Kind.SCALAR_TYPE_DEFINITION:
        ofType.set(definition.name.value, read(definition.directives));
        break;
      default:
    }
  }

  const computed = new Map<string, readonly Requirement[]>();
  // Composition gives an interface what its types ask for together; only what none of them names is the interface's own.
  const ownOf = (typename: string): readonly Requirement[] => {
    const ofOthers = possibleObjects(apiSchema, typename).flatMap((name) => ofType.get(name) ?? []);
    return (ofType.get(typename) ?? []).filter((requirement) => !isMadeOf(requirement, ofOthers));
  };
  const compute = (
    parent: string,
    field: string,
    returned: string,
    selection: 'byType' | 'fields',
  ): readonly Requirement[] => {
    // Through an interface a client may meet any of its objects, so it needs what each of them asks for.
    const parents = [parent, ...possibleObjects(apiSchema, parent)];
    const all = parents.flatMap((name) => [
      ...(ofType.get(name) ?? []),
      ...(ofField.get(`${name}.${field}`) ?? []),
    ]);
    const ofReturned = selection === 'byType' ? ownOf(returned) : (ofType.get(returned) ?? []);
    return [...new Set([...all, ...ofReturned])];
  };
  return {
    requirementsOf(parent, field, returned, selection = 'fields') {
      const key = `${parent}.${field} ${selection}`;
      const known = computed.get(key);
      if (known !== undefined) return known;
      const requirements = compute(parent, field, returned, selection);
      computed.set(key, requirements);
      return requirements;
    },
    policies: new Set(
      [...interned.values()].flatMap((requirement) =>
        requirement.kind === 'policies' ? requirement.anyOf.flat() : [],
      ),
    ),
  };
}

function possibleObjects(schema: GraphQLSchema, typename: string): string[] {
  const type = schema.getType(typename);
  if (type === undefined || !isAbstractType(type)) return [];
  return schema.getPossibleTypes(type).map((object: GraphQLObjectType) => object.name);
}

/** Whether every name a requirement asks for is one that these ask for. */
function isMadeOf(requirement: Requirement, others: readonly Requirement[]): boolean {
  const alike = others.filter(({ kind }) => kind === requirement.kind);
  const asked = new Set(alike.flatMap(namesAskedBy));
  return alike.length > 0 && namesAskedBy(requirement).every((name) => asked.has(name));
}

function namesAskedBy(requirement: Requirement): readonly string[] {
  return requirement.kind === 'authenticated' ? [] : requirement.anyOf.flat();
}

/** The directive's list of lists of names. A malformed list grants nobody anything. */
function namesOf(directive: ConstDirectiveNode, argument: string): string[][] {
  const node = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  const value: unknown = node === undefined ? [] : valueFromASTUntyped(node);
  if (!Array.isArray(value)) return [];
  return value.map((names: unknown) => (Array.isArray(names) ? names.map(String) : [String(names)]));
}
