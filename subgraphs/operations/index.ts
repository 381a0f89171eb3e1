import { subgraphSchema } from '../../platform/graphql/subgraph-schema.ts';
import { createIdempotency } from '../../platform/idempotency/idempotency.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';
import { createDispatcher } from '../../platform/outbox/dispatcher.ts';
import { prepareModels } from '../../platform/store/store.ts';
import { type Running, readinessOf, type Subgraph } from '../../platform/subgraph.ts';
import type { Context } from './context.ts';
import { createReported } from './feed/reported.ts';
import { createTeller, type Receivers } from './feed/tell.ts';
import { createWaitingWatch } from './feed/waiting.ts';
import { createExceptionTail, createExceptionWatch } from './feed/watch.ts';
import { createLoaders } from './loaders.ts';
import { createResolvers } from './resolvers/resolvers.ts';
import type { Room } from './room.ts';
import { createExceptions } from './store/exceptions.ts';

export interface OperationsDependencies extends SubgraphDependencies {
  /** Who is told of exceptions, by whom it concerns. Default nobody: they are found in the graph. */
  readonly receivers?: Receivers;
}

/** How the layer is getting on with the systems of record: operations, systems, and work for people. */
export function createOperationsSubgraph(deps: OperationsDependencies): Subgraph {
  const connection = deps.store.database('operations');
  const teller = createTeller(deps, deps.receivers ?? {});
  const exceptions = createExceptions(connection, deps.store, teller.tell);
  const idempotency = createIdempotency({ store: deps.store, connection, clock: deps.clock });
  const room: Room = { ...deps, exceptions, teller, idempotency };
  const exceptionTail = createExceptionTail(room);
  const watch = createExceptionWatch(room);
  const { operations, health, gates } = deps.integration;
  const { store, clock, logger } = deps;
  const telling = createDispatcher({
    owner: 'operations',
    systems: teller.systems,
    handlers: teller.handlers,
    operations,
    health,
    gates,
    store,
    clock,
    logger,
    concurrency: 2,
  });
  const topics = { operations: watch.operations, exceptions: exceptionTail.raised };
  // The listener to exceptions first: what the watch raises at its start is told too.
  const running: readonly Running[] = [
    exceptionTail,
    watch,
    createReported(room),
    createWaitingWatch(room),
    ...(teller.systems.length === 0 ? [] : [telling]),
  ];

  return {
    name: 'operations',
    schema: subgraphSchema(new URL('./schema.graphql', import.meta.url), createResolvers(room, topics)),
    contextFor(caller): Context {
      const newLoaders = () => createLoaders(room);
      return { caller, loaders: newLoaders(), newLoaders };
    },
    async start() {
      await prepareModels([exceptions.model, ...idempotency.models]);
      await teller.register();
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
