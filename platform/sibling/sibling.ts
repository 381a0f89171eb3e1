import type { Caller } from '../identity/identity.ts';

/**
 * Another subgraph's own schema, asked directly where an answer is needed before a commit. Whatever carries it (a call in the same
 * process, HTTP) signs the caller's identity, and adds the correlation id and the time that is left.
 */
export interface Sibling {
  readonly name: string;
  /** Answers `data`. Throws GraphError SUBGRAPH_UNAVAILABLE when the sibling did not answer, or the sibling's first coded error. */
  ask<D>(
    operation: SiblingOperation,
    variables: Readonly<Record<string, unknown>>,
    caller: Caller,
  ): Promise<D>;
}

export interface SiblingOperation {
  readonly name: string;
  readonly document: string;
}
