import { type DocumentNode, Kind } from 'graphql';

/** Which concrete types an abstract one stands for, in the whole supergraph, also where a client cannot see them. */
export interface TypeRelations {
  isObjectType(typename: string): boolean;
  /** Every `__typename` that counts as `typename`: itself, its possible objects, and interfaces that implement it. */
  including(typename: string): ReadonlySet<string>;
}

export function readTypeRelations(document: DocumentNode): TypeRelations {
  const objects = new Set<string>();
  const members = new Map<string, Set<string>>();
  const add = (abstract: string, typename: string) => {
    const known = members.get(abstract);
    if (known === undefined) members.set(abstract, new Set([abstract, typename]));
    else known.add(typename);
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) objects.add(definition.name.value);
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const member of definition.types ?? []) add(definition.name.value, member.name.value);
    }
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION
    ) {
      for (const parent of definition.interfaces ?? []) add(parent.name.value, definition.name.value);
    }
  }
  return {
    isObjectType: (typename) => objects.has(typename),
    including: (typename) => members.get(typename) ?? new Set([typename]),
  };
}
