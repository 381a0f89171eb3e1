import { createHash } from 'node:crypto';
import type { GraphQLDataSource } from '@apollo/gateway';
import { getOperationAST, Kind, parse, print, visit } from 'graphql';
import { GraphError } from '../platform/errors.ts';
import { placeFailure } from './execution/failures.ts';
import type { CreateRunner } from './options.ts';
import type { GatewayExecutor, GraphqlContext } from './served-supergraph.ts';
import type { SubgraphAnswer, SubgraphTransport } from './transports/transport.ts';

/**
 * Runs queries and mutations with the stock @apollo/gateway over the same transports, behind the same policies: a comparison, and a
 * second opinion. It has no subscriptions. The package is loaded only when this is called.
 */
export const createApolloRunner: CreateRunner = async (supergraph, transports, logger) => {
  const { ApolloGateway } = await import('@apollo/gateway');
  const gateway = new ApolloGateway({
    supergraphSdl: withoutSecurityPurpose(supergraph.sdl),
    buildService: ({ name }) => createDataSource(transports.get(name)),
    logger,
  });
  const { executor } = await gateway.load({ apollo: {} });
  return {
    stop: () => gateway.stop(),
    compile(source, operationName) {
      const document = parse(source);
      const operation = getOperationAST(document, operationName);
      if (!operation) throw new Error('there is no operation to run');
      if (operation.operation === 'subscription') {
        throw new GraphError('BAD_REQUEST', 'the stock @apollo/gateway has no subscriptions');
      }
      const queryHash = createHash('sha256').update(source).digest('hex');
      return {
        async run(execution, data) {
          const context: GraphqlContext = { request: execution.context };
          const request: Parameters<GatewayExecutor>[0]['request'] = {
            query: source,
            variables: { ...execution.variables },
            ...(operationName === undefined ? {} : { operationName }),
          };
          const result = await executor({
            request,
            document,
            operation,
            operationName: operationName ?? null,
            source,
            queryHash,
            context,
            schema: supergraph.apiSchema,
            logger,
            metrics: {},
            // The executor reads neither of these three; Apollo Server would have filled them in.
            schemaHash: '' as never,
            cache: undefined as never,
            overallCachePolicy: undefined,
          });
          Object.assign(data, result.data);
          for (const { message, path, extensions } of result.errors ?? []) {
            const error = { message, extensions, ...(path === undefined ? {} : { path }) };
            const failure = {
              subgraph: String(extensions['serviceName'] ?? 'unknown'),
              error,
              told: false,
            };
            execution.failures.push(failure);
            placeFailure(data, path ?? [], failure);
          }
        },
      };
    },
  };
};

const AUTHORIZATION_LINK = /\/(authenticated|requiresScopes|policy)\/v/;

/**
 * The stock gateway refuses a supergraph whose authorization links say that they are for security. Our own policy has already enforced
 * them when it is asked, so the purpose can go.
 */
export function withoutSecurityPurpose(sdl: string): string {
  const document = visit(parse(sdl), {
    Directive(directive) {
      const isAuthorization =
        directive.name.value === 'link' &&
        directive.arguments?.some(
          ({ value }) => value.kind === Kind.STRING && AUTHORIZATION_LINK.test(value.value),
        );
      if (!isAuthorization) return undefined;
      return { ...directive, arguments: directive.arguments?.filter(({ name }) => name.value !== 'for') };
    },
  });
  return print(document);
}

function createDataSource(transport: SubgraphTransport | undefined): GraphQLDataSource<GraphqlContext> {
  if (transport === undefined) throw new Error('a subgraph of the supergraph has no transport');
  return {
    async process({ request, context }): Promise<SubgraphAnswer> {
      const { request: requestContext } = context as GraphqlContext; // handed to the executor above
      const operation = request.query ?? '';
      try {
        return await transport.fetch(
          {
            operation,
            operationKind: operation.startsWith('mutation') ? 'mutation' : 'query',
            ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
            variables: request.variables ?? {},
          },
          await requestContext.call(),
        );
      } catch (cause) {
        requestContext.logger.warn({ err: cause, subgraph: transport.name }, 'no answer from subgraph');
        return {
          errors: [
            {
              message: `subgraph ${transport.name} did not answer`,
              extensions: { code: cause instanceof GraphError ? cause.code : 'SUBGRAPH_UNAVAILABLE' },
            },
          ],
        };
      }
    },
  };
}
