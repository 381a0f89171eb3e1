import { allOurs, type WriteGuard } from '../../connectors/ownership.ts';
import type { Connector } from '../../connectors/port.ts';
import { subgraphSchema } from '../../platform/graphql/subgraph-schema.ts';
import { createTailTopic } from '../../platform/graphql/tail-topic.ts';
import { createIdempotency } from '../../platform/idempotency/idempotency.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';
import { prepareModels } from '../../platform/store/store.ts';
import { type Running, readinessOf, type Subgraph } from '../../platform/subgraph.ts';
import type { Context } from './context.ts';
import { createErpFeeds } from './feed/erp-feeds.ts';
import { createLoaders } from './loaders.ts';
import { createArticleChanges } from './resolvers/article-changes.ts';
import { createResolvers } from './resolvers/resolvers.ts';
import { catalogueChangeOf, createCatalogueCache } from './store/catalogue-cache.ts';
import { createCollections } from './store/collections.ts';
import { createCatalogueReader } from './store/read-catalogue.ts';
import { createCatalogueWriter } from './store/write-catalogue.ts';

export interface ProductDependencies extends SubgraphDependencies {
  /** Where items, prices and channels come from. */
  readonly erp: Connector;
  /** More systems that own facts which would else come from the ERP. Default: none. */
  readonly otherSystems?: readonly Connector[];
  /** Who may change what through the graph. Default: whoever may call the mutation. */
  readonly writes?: WriteGuard;
}

/** What is sold, where and for how much: channels, products, variants and prices. */
export function createProduct(dependencies: ProductDependencies): Subgraph {
  const { store, clock, logger, newId } = dependencies;
  const connection = store.database('product');
  const collections = createCollections(connection);
  const idempotency = createIdempotency({ store, connection, clock });
  const catalogueChanges = createTailTopic(() => cache.tail, catalogueChangeOf);
  const read = createCatalogueReader(collections);
  const cache = createCatalogueCache({
    read,
    connection,
    clock,
    logger,
    onChange: catalogueChanges.take,
    onGap: catalogueChanges.interrupt,
  });
  const feeds = createErpFeeds(dependencies, createCatalogueWriter({ store, collections, clock }));
  const newLoaders = () => createLoaders(cache);
  const schema = subgraphSchema(
    new URL('./schema.graphql', import.meta.url),
    createResolvers({
      collections,
      read,
      cache,
      idempotency,
      writes: dependencies.writes ?? allOurs,
      clock,
      newId,
      catalogueChanges,
      articleChanges: createArticleChanges(newLoaders),
      pricesKnownAsOf: feeds.pricesKnownAsOf,
    }),
  );
  const running: readonly Running[] = [cache.tail, ...feeds.pollers];

  return {
    name: 'product',
    schema,
    contextFor: (caller): Context => ({ caller, loaders: newLoaders(), newLoaders }),
    async start() {
      await prepareModels([...Object.values(collections), ...idempotency.models]);
      for (const part of running) await part.start();
    },
    readiness: () => readinessOf(running.map((part) => ({ name: part.name, ...part.health() }))),
    async stop() {
      catalogueChanges.close();
      await Promise.all(running.map((part) => part.stop()));
    },
  };
}
