import type { ConstDirectiveNode, ConstValueNode, DocumentNode } from 'graphql';
import { Kind } from 'graphql';

/** The name a specification's directive goes by in this supergraph, which `@link` may have renamed. */
export interface LinkedDirectives {
  /**
   * `nameOf('requiresScopes')` is `requiresScopes`, or what `as:` or an import made of it; undefined when it is not linked. A directive
   * that is not called like its specification is named beside it: `nameOf('cost', 'listSize')`.
   */
  nameOf(specification: string, directive?: string): string | undefined;
  /** Prefixes of names that belong to specifications and not to the graph, `join__` for one. */
  readonly reservedPrefixes: readonly string[];
  /** Directives that belong to specifications and not to the graph. */
  readonly specificationDirectives: ReadonlySet<string>;
}

/** Reads the `@link`s of a supergraph's schema definition. */
export function readLinks(document: DocumentNode): LinkedDirectives {
  const names = new Map<string, string>();
  const prefixOf = new Map<string, string>();
  const prefixes = new Set(['join__', 'link__', 'core__', 'federation__']);
  const directives = new Set(['link', 'core']);

  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of definition.directives ?? []) {
      if (directive.name.value !== 'link') continue;
      const url = stringArgument(directive, 'url');
      const specification = url === undefined ? undefined : specificationOf(url);
      if (specification === undefined) continue;
      const local = stringArgument(directive, 'as') ?? specification;
      const imported = importsOf(directive).get(`@${specification}`);
      prefixes.add(`${local}__`);
      names.set(specification, imported ?? local);
      prefixOf.set(specification, local);
      for (const [original, name] of importsOf(directive)) {
        if (original.startsWith('@')) names.set(`${specification}/${original.slice(1)}`, name);
      }
      directives.add(imported ?? local);
      for (const [, name] of importsOf(directive)) directives.add(name);
    }
  }
  return {
    nameOf(specification, directive = specification) {
      if (directive === specification) return names.get(specification);
      const prefix = prefixOf.get(specification);
      return (
        names.get(`${specification}/${directive}`) ??
        (prefix === undefined ? undefined : `${prefix}__${directive}`)
      );
    },
    reservedPrefixes: [...prefixes],
    specificationDirectives: directives,
  };
}

export function stringArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

/** `https://specs.apollo.dev/requiresScopes/v0.1` is `requiresScopes`. */
function specificationOf(url: string): string | undefined {
  return /\/([A-Za-z_][A-Za-z0-9_]*)\/v\d+(?:\.\d+)*\/?$/.exec(url)?.[1];
}

/** What a link imports, by its own name, with the local name it is given; directives are keyed with their `@`. */
function importsOf(directive: ConstDirectiveNode): Map<string, string> {
  const value = directive.arguments?.find((argument) => argument.name.value === 'import')?.value;
  const imports = new Map<string, string>();
  if (value?.kind !== Kind.LIST) return imports;
  for (const item of value.values) {
    const name = item.kind === Kind.STRING ? item.value : objectField(item, 'name');
    if (name === undefined) continue;
    imports.set(name, (objectField(item, 'as') ?? name).replace(/^@/, ''));
  }
  return imports;
}

function objectField(value: ConstValueNode, name: string): string | undefined {
  if (value.kind !== Kind.OBJECT) return undefined;
  const field = value.fields.find((candidate) => candidate.name.value === name)?.value;
  return field?.kind === Kind.STRING ? field.value : undefined;
}
