import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType, isUnionType } from 'graphql';

type ResolveReference = (reference: object, context: unknown, info: unknown) => unknown;

/**
 * Lets `_entities` answer at once for entities that are known at once: the library's own resolver makes promises for every one of them,
 * which costs more than many a lookup. What is still to come, and every other rule of the library, stays as it was. Changes the schema.
 */
export function answerKnownEntitiesAtOnce(schema: GraphQLSchema): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()['_entities'];
  const general = field?.resolve;
  if (field === undefined || general === undefined) return schema;
  const references = resolveReferencesOf(schema);

  const resolve: GraphQLFieldResolver<unknown, unknown, { representations: readonly Reference[] }> = (
    source,
    { representations },
    context,
    info,
  ) =>
    representations.map((reference) => {
      const { __typename: typename } = reference;
      const resolveReference = references.get(typename);
      if (resolveReference === undefined) {
        const [answer] = general(source, { representations: [reference] }, context, info) as unknown[];
        return answer;
      }
      const found = resolveReference(reference, context, info);
      // Not only promises: a query of the store runs when it is waited for.
      return isThenable(found)
        ? Promise.resolve(found).then((entity) => named(entity, typename))
        : named(found, typename);
    });
  field.resolve = resolve;
  return schema;
}

interface Reference {
  readonly __typename: string;
}

/** The types that are looked up by themselves; those of interfaces, and without a lookup, are left to the library. */
function resolveReferencesOf(schema: GraphQLSchema): ReadonlyMap<string, ResolveReference> {
  const references = new Map<string, ResolveReference>();
  const entity = schema.getType('_Entity');
  for (const type of isUnionType(entity) ? entity.getTypes() : []) {
    const { apollo } = type.extensions as {
      readonly apollo?: { readonly subgraph?: { readonly resolveReference?: ResolveReference } };
    }; // where the library keeps it
    const resolveReference = apollo?.subgraph?.resolveReference;
    if (isObjectType(type) && resolveReference !== undefined) references.set(type.name, resolveReference);
  }
  return references;
}

/** The entity with the type's name on it, which tells the members of `_Entity` apart. */
function named(entity: unknown, typename: string): unknown {
  if (typeof entity !== 'object' || entity === null) return entity;
  if ('__typename' in entity && entity.__typename === typename) return entity;
  if ('__typename' in entity || !Object.isExtensible(entity)) return { ...entity, __typename: typename };
  return Object.defineProperty(entity, '__typename', { value: typename });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
