import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
} from 'graphql';
import type { LinkedDirectives } from './linked-directives.ts';

/** Directives that mean something to a client; every other one stays inside. */
const CLIENT_DIRECTIVES = new Set(['deprecated', 'specifiedBy', 'oneOf']);

/**
 * The schema clients see: the supergraph without what belongs to federation and without everything `@inaccessible`. Built from the
 * syntax tree in one pass, because composition has already checked it and the schema is large.
 */
export function buildApiSchema(document: DocumentNode, links: LinkedDirectives): GraphQLSchema {
  const inaccessible = links.nameOf('inaccessible');
  const hidden = (node: { readonly directives?: readonly DirectiveNode[] | undefined }): boolean =>
    inaccessible !== undefined &&
    (node.directives ?? []).some((directive) => directive.name.value === inaccessible);
  const internal = (name: string): boolean =>
    links.reservedPrefixes.some((prefix) => name.startsWith(prefix));

  const hiddenTypes = new Set<string>();
  for (const definition of document.definitions) {
    if ('name' in definition && definition.name && 'directives' in definition && hidden(definition)) {
      hiddenTypes.add(definition.name.value);
    }
  }
  const shown = <T extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(
    node: T,
  ): T => ({
    ...node,
    directives: (node.directives ?? []).filter((directive) => CLIENT_DIRECTIVES.has(directive.name.value)),
  });
  const visible = <T extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(
    nodes: readonly T[] | undefined,
  ): T[] => (nodes ?? []).filter((node) => !hidden(node)).map(shown);
  const named = <T extends { readonly name: { readonly value: string } }>(
    nodes: readonly T[] | undefined,
  ): T[] => (nodes ?? []).filter((node) => !hiddenTypes.has(node.name.value));

  const toClient = (definition: DefinitionNode): DefinitionNode | undefined => {
    if (definition.kind === Kind.SCHEMA_DEFINITION) return { ...definition, directives: [] };
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) return undefined;
    if (!('name' in definition) || !definition.name) return undefined;
    if (internal(definition.name.value) || hiddenTypes.has(definition.name.value)) return undefined;
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        return {
          ...shown(definition),
          interfaces: named(definition.interfaces),
          fields: visible(definition.fields).map((field) => ({
            ...field,
            arguments: visible(field.arguments),
          })),
        };
      case Kind.UNION_TYPE_DEFINITION:
        return { ...shown(definition), types: named(definition.types) };
      case Kind.ENUM_TYPE_DEFINITION:
        return { ...shown(definition), values: visible(definition.values) };
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        return { ...shown(definition), fields: visible(definition.fields) };
      case Kind.SCALAR_TYPE_DEFINITION:
        return shown(definition);
      default:
        return undefined;
    }
  };
  const definitions = document.definitions.map(toClient).filter((definition) => definition !== undefined);
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions }, { assumeValid: false, assumeValidSDL: true });
}
