import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { codedError } from './errors.ts';
import type { Engine } from './execution/engine.ts';
import type { RequestContext } from './request-context.ts';
import { createDocuments, type Documents } from './supergraph/documents.ts';

/** The place for a gateway in Apollo Server, and what it calls there. */
type GatewayInterface = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
export type GatewayExecutor = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;
type SchemaListener = Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0];

/** What Apollo Server hands from the door to the executor. */
export interface GraphqlContext {
  readonly request: RequestContext;
}

/** The engine of one supergraph, with what belongs to it. */
export interface Served {
  readonly engine: Engine;
  readonly documents: Documents;
}

/**
 * Stands where @apollo/gateway plugs into Apollo Server, and knows which supergraph is served. A request stays with the supergraph it
 * was validated against, also when another has been put in its place meanwhile.
 */
export interface ServedSupergraph extends GatewayInterface {
  current(): Served;
  replace(next: Served): void;
}

export function servedBy(engine: Engine, options: { maxTokens: number }): Served {
  return { engine, documents: createDocuments(engine.supergraph.apiSchema, options) };
}

export function serveSupergraph(first: Served): ServedSupergraph {
  const bySchema = new WeakMap<GraphQLSchema, Served>();
  const listeners = new Set<SchemaListener>();
  const enter = (served: Served): Served => {
    bySchema.set(served.engine.supergraph.apiSchema, served);
    return served;
  };
  let current = enter(first);
  const announce = (listener: SchemaListener) => {
    const { apiSchema, sdl } = current.engine.supergraph;
    listener({ apiSchema, coreSupergraphSdl: sdl });
  };

  const executor: GatewayExecutor = async ({ schema, source, document, operation, request, context }) => {
    const served = bySchema.get(schema);
    if (served === undefined) throw new Error('a request was validated against a schema that is not served');
    if (operation.operation === 'subscription') {
      return {
        errors: [
          codedError(
            'BAD_REQUEST',
            'a subscription needs Accept: text/event-stream, or a WebSocket that speaks graphql-transport-ws',
          ),
        ],
      };
    }
    served.documents.remember(source, document);
    const { request: requestContext } = context as GraphqlContext; // made by our own endpoint for every request
    return served.engine.execute({ source, document, operation }, request.variables, requestContext);
  };

  return {
    current: () => current,
    replace(next) {
      current = enter(next);
      for (const listener of listeners) announce(listener);
    },
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async load() {
      for (const listener of listeners) announce(listener);
      return { executor };
    },
    async stop() {
      listeners.clear();
    },
  };
}
