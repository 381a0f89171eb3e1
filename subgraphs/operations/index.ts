import { subgraphSchema } from '../../platform/graphql/subgraph-schema.ts';
import { createIdempotency } from '../../platform/idempotency/idempotency.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';
import { prepareModels } from '../../platform/store/store.ts';
import { type Running, readinessOf, type Subgraph } from '../../platform/subgraph.ts';
import type { Context } from './context.ts';
import { createExceptionTail, createExceptionWatch } from './feed/watch.ts';
import { createLoaders } from './loaders.ts';
import { createResolvers } from './resolvers/resolvers.ts';
import type { Room } from './room.ts';
import { createExceptions } from './store/exceptions.ts';

/** How the layer is getting on with the systems of record: operations, systems, and work for people. */
export function createOperationsSubgraph(deps: SubgraphDependencies): Subgraph {
  const connection = deps.store.database('operations');
  const exceptions = createExceptions(connection);
  const idempotency = createIdempotency({ store: deps.store, connection, clock: deps.clock });
  const room: Room = { ...deps, exceptions, idempotency };
  const exceptionTail = createExceptionTail(room);
  const watch = createExceptionWatch(room);
  const topics = { operations: watch.operations, exceptions: exceptionTail.raised };
  // The listener to exceptions first: what the watch raises at its start is told too.
  const running: readonly Running[] = [exceptionTail, watch];

  return {
    name: 'operations',
    schema: subgraphSchema(new URL('./schema.graphql', import.meta.url), createResolvers(room, topics)),
    contextFor(caller): Context {
      const newLoaders = () => createLoaders(room);
      return { caller, loaders: newLoaders(), newLoaders };
    },
    async start() {
      await prepareModels([exceptions.model, ...idempotency.models]);
      for (const part of running) await part.start();
    },
    readiness: () => readinessOf(running.map((part) => ({ name: part.name, ...part.health() }))),
    async stop() {
      topics.operations.close();
      topics.exceptions.close();
      await Promise.all(running.map((part) => part.stop()));
    },
  };
}
