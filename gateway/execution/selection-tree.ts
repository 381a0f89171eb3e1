import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from 'graphql';
import type { Rewrite } from '../planner/plan.ts';

/**
 * The response keys a fetch brings, with null for a leaf. It tells objects that are to be merged from scalars that happen to be
 * objects, which belong to the subgraph and are never changed.
 */
export type SelectionTree = Map<string, SelectionTree | null>;

export function selectionTreeOf(operation: string): SelectionTree {
  const document = parse(operation, { noLocation: true });
  const fragments = fragmentsOf(document);
  const tree: SelectionTree = new Map();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) collect(definition.selectionSet, fragments, tree);
  }
  return tree;
}

function collect(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  tree: SelectionTree,
): void {
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      if (selection.selectionSet === undefined) {
        if (!tree.has(key)) tree.set(key, null);
        continue;
      }
      const below = tree.get(key) ?? new Map();
      tree.set(key, below);
      collect(selection.selectionSet, fragments, below);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect(selection.selectionSet, fragments, tree);
    } else {
      const fragment = fragments.get(selection.name.value);
      if (fragment !== undefined) collect(fragment.selectionSet, fragments, tree);
    }
  }
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/** Enters the names that renaming will give to keys, beside the old ones: other types may still arrive under those. */
export function applyRenames(tree: SelectionTree, rewrites: readonly Rewrite[]): void {
  for (const rewrite of rewrites) {
    if (rewrite.kind !== 'RenameKey') continue;
    let at: SelectionTree | null | undefined = tree;
    const keys = rewrite.path.flatMap((step) => ('key' in step ? [step.key] : []));
    for (const key of keys.slice(0, -1)) at = at?.get(key);
    const renamed = at?.get(keys.at(-1) ?? '');
    if (at && renamed !== undefined) at.set(rewrite.to, renamed);
  }
}
