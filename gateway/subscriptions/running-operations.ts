import type { DocumentNode } from 'graphql';
import type { OperationInput } from '../execution/prepare.ts';

/** An operation that subscriptions run now. */
export interface RunningSubscription {
  /** As the client sent it; valid against the supergraph it was opened on. */
  readonly document: DocumentNode;
  readonly source: string;
  /** Absent when the operation has no name. */
  readonly operationName?: string;
  /** How many subscriptions run it, with whatever variables and for whomever. */
  readonly subscribers: number;
}

/** Which operations are subscribed to: each once, however many clients run it. */
export interface RunningOperations {
  list(): readonly RunningSubscription[];
  /** Counts one more subscription; the answer counts it out again, once. */
  enter(input: OperationInput): () => void;
}

export function createRunningOperations(): RunningOperations {
  const counts = new Map<string, { readonly input: OperationInput; subscribers: number }>();
  return {
    list: () =>
      [...counts.values()].map(({ input: { document, source, operation }, subscribers }) => ({
        document,
        source,
        ...(operation.name === undefined ? {} : { operationName: operation.name.value }),
        subscribers,
      })),
    enter(input) {
      const key = `${input.operation.name?.value ?? ''}\u0000${input.source}`;
      const entry = counts.get(key) ?? { input, subscribers: 0 };
      entry.subscribers += 1;
      counts.set(key, entry);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        entry.subscribers -= 1;
        if (entry.subscribers === 0) counts.delete(key);
      };
    },
  };
}
