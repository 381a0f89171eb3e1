import type { EntityLookup, FetchNode, FlattenNode, PlanNode } from './plan.ts';

/**
 * Of steps that run at the same time, makes one of those that ask the same of the same subgraph for objects at different places. What
 * occurs at several places is then looked up once.
 */
export function mergeLookups(nodes: readonly PlanNode[]): PlanNode[] {
  const merged: PlanNode[] = [];
  const places = new Map<string, number>();
  for (const node of nodes) {
    const lookup = lookupOf(node);
    if (lookup === undefined) {
      merged.push(node);
      continue;
    }
    const key = JSON.stringify(lookup.fetch);
    const place = places.get(key);
    const known = place === undefined ? undefined : lookupOf(merged[place]);
    if (place === undefined || known === undefined) {
      places.set(key, merged.length);
      merged.push(node);
    } else merged[place] = atPlaces(known, [...known.paths, ...lookup.paths]);
  }
  return merged;
}

interface Lookup {
  /** Without the places, so that equal ones are equal. */
  readonly fetch: FetchNode;
  readonly entity: EntityLookup;
  readonly paths: readonly FlattenNode['path'][];
}

/** A fetch of one kind of entity for objects at given places; anything else is none. */
function lookupOf(node: PlanNode | undefined): Lookup | undefined {
  const fetch = node?.kind === 'Flatten' ? node.node : node;
  if (fetch?.kind !== 'Fetch') return undefined;
  const [entity, ...others] = fetch.entities ?? [];
  if (entity === undefined || others.length > 0) return undefined;
  const { paths: own, ...rest } = entity;
  if (node?.kind === 'Flatten') {
    return own === undefined ? { fetch, entity: rest, paths: [node.path] } : undefined;
  }
  return own === undefined ? undefined : { fetch: { ...fetch, entities: [rest] }, entity: rest, paths: own };
}

function atPlaces({ fetch, entity }: Lookup, paths: Lookup['paths']): FetchNode {
  return { ...fetch, entities: [{ ...entity, paths }] };
}
