import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { GraphQLFormattedError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Logger } from '../platform/telemetry/logger.ts';
import { type GatewayMetrics, outcomeOf } from './metrics.ts';
import { isKnownCode } from './policy/error-masking.ts';
import type { GraphqlContext, ServedSupergraph } from './served-supergraph.ts';
import { wholeAnswersOnly } from './supergraph/validation.ts';
import type { ValidatedDocuments } from './validated-documents.ts';

export interface ApolloServerOptions {
  readonly supergraph: ServedSupergraph;
  readonly documents: ValidatedDocuments;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
  readonly maxTokens: number;
  /** Whether one request may carry several operations. */
  readonly batches: boolean;
  /** Operations that clients may ask by their hash alone. */
  readonly maxPersistedQueries: number;
}

/** Apollo Server as the gateway runs it: it parses and validates, the gateway executes. */
export function createApolloServer(options: ApolloServerOptions): ApolloServer<GraphqlContext> {
  return new ApolloServer<GraphqlContext>({
    gateway: options.supergraph,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // How many is checked when the body is read.
    allowBatchedHttpRequests: options.batches,
    persistedQueries: { cache: createPersistedQueries(options.maxPersistedQueries), ttl: null },
    validationRules: [wholeAnswersOnly],
    parseOptions: { maxTokens: options.maxTokens },
    documentStore: options.documents.store,
    stringifyResult: (result) => JSON.stringify(result),
    formatError: (formatted, error) => hideSurprises(formatted, error, options.logger),
    logger: options.logger,
    plugins: [
      ApolloServerPluginLandingPageLocalDefault({ embed: true }),
      ApolloServerPluginUsageReportingDisabled(),
      observeRequests(options.metrics),
    ],
  });
}

/** Texts of operations by their hash. Anybody may add one that is valid, so the least recently asked go: by number and by size. */
function createPersistedQueries(max: number) {
  const texts = new LRUCache<string, string>({
    max,
    maxSize: 8 * 1024 * 1024,
    maxEntrySize: 128 * 1024,
    sizeCalculation: (text) => text.length + 1,
  });
  return {
    get: async (key: string) => texts.get(key),
    set: async (key: string, text: string) => {
      texts.set(key, text);
    },
    delete: async (key: string) => texts.delete(key),
  };
}

/** The engine's errors carry their correlation id and have been masked already; this catches what Apollo Server did not expect. */
function hideSurprises(
  formatted: GraphQLFormattedError,
  error: unknown,
  logger: Logger,
): GraphQLFormattedError {
  if (isKnownCode(formatted.extensions?.['code'])) return formatted;
  if (formatted.extensions?.['correlationId'] !== undefined) return formatted;
  logger.error({ err: error }, 'an unexpected error was masked');
  return {
    message: 'something went wrong on our side',
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
    extensions: { ...formatted.extensions, code: 'INTERNAL_SERVER_ERROR' },
  };
}

/** Counts every operation and puts the correlation id into errors that Apollo Server made. */
function observeRequests(metrics: GatewayMetrics): ApolloServerPlugin<GraphqlContext> {
  return {
    async requestDidStart() {
      const startedMs = performance.now();
      return {
        async willSendResponse({ response, operation, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const { correlationId } = contextValue.request;
          const seconds = (performance.now() - startedMs) / 1000;
          metrics.request(operation?.operation ?? 'unknown', outcomeOf(singleResult), seconds);
          if (singleResult.errors === undefined) return;
          singleResult.errors = singleResult.errors.map((error) => ({
            ...error,
            extensions: { ...error.extensions, correlationId },
          }));
        },
      };
    },
  };
}
