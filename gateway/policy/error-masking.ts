import { GraphQLError } from 'graphql';
import { GraphError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/telemetry/logger.ts';

/** Facts that a client never sees, whoever put them into an error's extensions. */
const SECRET_FACTS = new Set(['stacktrace', 'stack', 'exception', 'originalError']);

export interface ErrorToMask {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
  /** Who reported it; clients are told. */
  readonly subgraph?: string;
  readonly cause?: unknown;
}

/**
 * Decides what a client learns of an error. One with a code was meant for clients and passes, without stack traces; any other becomes
 * INTERNAL_SERVER_ERROR with nothing but the correlation id, under which the log has the whole story, once.
 */
export function maskError(
  error: ErrorToMask,
  request: { correlationId: string; logger: Logger },
): GraphQLError {
  const { correlationId, logger } = request;
  const path = error.path === undefined ? {} : { path: error.path };
  const origin = error.subgraph === undefined ? {} : { serviceName: error.subgraph };
  const code = error.extensions?.['code'];
  if (isKnownCode(code)) {
    const facts = Object.entries(error.extensions ?? {}).filter(([name]) => !SECRET_FACTS.has(name));
    return new GraphQLError(error.message, {
      ...path,
      extensions: { ...Object.fromEntries(facts), code, ...origin, correlationId },
    });
  }
  logger.error(
    { err: error.cause ?? { message: error.message }, subgraph: error.subgraph, path: error.path },
    'an unexpected error was masked',
  );
  return new GraphQLError('something went wrong on our side', {
    ...path,
    extensions: { code: 'INTERNAL_SERVER_ERROR', ...origin, correlationId },
  });
}

/** What is thrown while an operation is worked on: a GraphError tells its code, anything else is a surprise. */
export function maskThrown(cause: unknown, request: { correlationId: string; logger: Logger }): GraphQLError {
  if (cause instanceof GraphError) {
    return maskError({ message: cause.message, extensions: cause.extensions, cause }, request);
  }
  return maskError({ message: 'unexpected', cause }, request);
}

export function isKnownCode(code: unknown): code is string {
  return typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR' && /^[A-Z][A-Z0-9_]*$/.test(code);
}
