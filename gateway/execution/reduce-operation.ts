import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What is left of an operation for the subgraphs, and what the gateway answers by itself. */
export interface ReducedOperation {
  /** Without withheld fields and without introspection; undefined when no subgraph has to be asked. */
  readonly forSubgraphs?: DocumentNode;
  /** The introspection fields of the root, with the fragments they use. */
  readonly introspection?: DocumentNode;
  /** True when `forSubgraphs` is the client's document as it was sent. */
  readonly unchanged: boolean;
}

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

export function reduceOperation(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  withheld: ReadonlySet<FieldNode>,
): ReducedOperation {
  const asksIntrospection = hasRootField(operation.selectionSet, fragments, isIntrospection);
  const keep = (field: FieldNode): boolean => !withheld.has(field) && !isIntrospection(field);
  const reduced = documentWith(operation, fragments, keep);
  const asksSubgraphs = hasRootField(
    operation.selectionSet,
    fragments,
    (field) => keep(field) && field.name.value !== '__typename',
  );
  return {
    ...(asksSubgraphs ? { forSubgraphs: reduced } : {}),
    ...(asksIntrospection ? { introspection: introspectionOf(operation, fragments) } : {}),
    unchanged: withheld.size === 0 && !asksIntrospection,
  };
}

function isIntrospection(field: FieldNode): boolean {
  return field.name.value === '__schema' || field.name.value === '__type';
}

function hasRootField(
  selectionSet: SelectionSetNode,
  fragments: Fragments,
  test: (field: FieldNode) => boolean,
  visited: Set<string> = new Set(),
): boolean {
  return selectionSet.selections.some((selection) => {
    if (selection.kind === Kind.FIELD) return test(selection);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return hasRootField(selection.selectionSet, fragments, test, visited);
    }
    const fragment = fragments[selection.name.value];
    if (fragment === undefined || visited.has(selection.name.value)) return false;
    visited.add(selection.name.value);
    return hasRootField(fragment.selectionSet, fragments, test, visited);
  });
}

/** The operation and its fragments with only the fields to keep. A selection that would be empty asks for the type's name instead. */
function documentWith(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  keep: (field: FieldNode) => boolean,
): DocumentNode {
  const filter = (selectionSet: SelectionSetNode): SelectionSetNode => {
    const selections = selectionSet.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return [{ ...selection, selectionSet: filter(selection.selectionSet) }];
      }
      if (!keep(selection)) return [];
      return [
        selection.selectionSet === undefined
          ? selection
          : { ...selection, selectionSet: filter(selection.selectionSet) },
      ];
    });
    return { ...selectionSet, selections: selections.length === 0 ? [TYPENAME] : selections };
  };
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation, selectionSet: filter(operation.selectionSet) },
      ...Object.values(fragments).map((fragment) => ({
        ...fragment,
        selectionSet: filter(fragment.selectionSet),
      })),
    ],
  };
}

/** At the root only introspection is kept; everything is kept below it. */
function introspectionOf(operation: OperationDefinitionNode, fragments: Fragments): DocumentNode {
  const atRoot = (selectionSet: SelectionSetNode): SelectionNode[] =>
    selectionSet.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return isIntrospection(selection) ? [selection] : [];
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      if (inner === undefined) return [];
      const selections = atRoot(inner.selectionSet);
      if (selections.length === 0) return [];
      const directives = selection.directives ?? [];
      return [
        { kind: Kind.INLINE_FRAGMENT, directives, selectionSet: { kind: Kind.SELECTION_SET, selections } },
      ];
    });
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...operation,
        selectionSet: { kind: Kind.SELECTION_SET, selections: atRoot(operation.selectionSet) },
      },
      ...Object.values(fragments),
    ],
  };
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
