import { GraphQLError } from 'graphql';
import type { GraphErrorCode } from '../platform/errors.ts';

/** The codes that only the gateway gives, beside those of the whole graph. */
export type GatewayErrorCode =
  | GraphErrorCode
  /** The content type of a request is not one the gateway reads. */
  | 'UNSUPPORTED_MEDIA_TYPE'
  /** A subscriber reads more slowly than its events arrive, and its buffer is full. */
  | 'SUBSCRIPTION_BUFFER_FULL'
  /** A value that the schema promises was given by no subgraph. */
  | 'INCOMPLETE_DATA'
  /** A supergraph that was offered for a swap, or at the start, cannot be served. */
  | 'SUPERGRAPH_REFUSED';

export interface ErrorFacts {
  readonly path?: readonly (string | number)[];
  readonly [fact: string]: unknown;
}

/** An error for a client: a stable code, a sentence, and facts that may be shown. `path` becomes the error's own path. */
export function codedError(code: GatewayErrorCode, message: string, facts: ErrorFacts = {}): GraphQLError {
  const { path, ...extensions } = facts;
  return new GraphQLError(message, {
    ...(path === undefined ? {} : { path }),
    extensions: { code, ...extensions },
  });
}
