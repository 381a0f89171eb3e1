import type { ExecutionResult } from 'graphql';
import type { StreamExtensions } from '../../platform/graphql/follow.ts';
import type { SubgraphAnswer, SubgraphError } from '../transports/transport.ts';

/** One event of a subgraph's stream, as all who listen to it get it. */
export interface StreamEvent {
  readonly answer: SubgraphAnswer;
  readonly extensions: StreamExtensions;
  /** The answers made of it, one for each plan, whoever asks first: they are of the same moment for all. */
  readonly answers: Map<string, Promise<ExecutionResult>>;
}

/** Where a stream's events go. After `fail` or `complete` nothing more follows. */
export interface StreamListener {
  /** Told once before the first event when the subgraph knows cursors, and again when it had to begin anew. */
  opened(extensions: StreamExtensions): void;
  next(event: StreamEvent): void;
  fail(errors: readonly SubgraphError[]): void;
  complete(): void;
}
