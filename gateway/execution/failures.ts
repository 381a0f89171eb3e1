import type { SubgraphError } from '../transports/transport.ts';

/** Something that went wrong at a subgraph, kept until it is known where in the response it shows. */
export interface Failure {
  readonly subgraph: string;
  readonly error: SubgraphError;
  /** Whether it has been told at a place of the response. What has no place is told without a path at the end. */
  told: boolean;
}

/**
 * Stands in the response tree where a value should be. When the response is shaped, each one met becomes null and an error whose path
 * is exact in the client's own terms, aliases and list positions included; one that is not met was not asked for.
 */
export class FieldFailure {
  readonly failure: Failure;
  /** True when nobody knows the value; false when the subgraph itself answered null. */
  readonly unknown: boolean;
  /** The rest of the error's path below this place, for an error that made its parents null. */
  readonly below: readonly (string | number)[];

  constructor(failure: Failure, unknown: boolean, below: readonly (string | number)[] = []) {
    this.failure = failure;
    this.unknown = unknown;
    this.below = below;
  }
}

/** Puts a marker at the place `path` leads to, or at the null above it. Without a place the failure stays untold for now. */
export function placeFailure(root: unknown, path: readonly (string | number)[], failure: Failure): void {
  let parent: unknown = root;
  for (const [depth, key] of path.entries()) {
    if (!isIndexable(parent)) return;
    const value = parent[key];
    if (value === null || value === undefined) {
      parent[key] = new FieldFailure(failure, false, path.slice(depth + 1));
      return;
    }
    parent = value;
  }
}

/** Marks every key that is still empty: nobody will fill them now. */
export function markUnknown(target: Record<string, unknown>, keys: Iterable<string>, failure: Failure): void {
  for (const key of keys) {
    if (key !== '__typename' && target[key] === undefined) target[key] = new FieldFailure(failure, true);
  }
}

function isIndexable(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof FieldFailure);
}
