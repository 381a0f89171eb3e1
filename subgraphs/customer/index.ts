import { allOurs, type WriteGuard } from '../../connectors/ownership.ts';
import type { Connector } from '../../connectors/port.ts';
import { subgraphSchema } from '../../platform/graphql/subgraph-schema.ts';
import { createTailTopic } from '../../platform/graphql/tail-topic.ts';
import { createIdempotency } from '../../platform/idempotency/idempotency.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';
import { createDispatcher } from '../../platform/outbox/dispatcher.ts';
import { prepareModels } from '../../platform/store/store.ts';
import { type Running, readinessOf, type Subgraph } from '../../platform/subgraph.ts';
import type { Context } from './context.ts';
import { DEFAULT_LOYALTY_RULES, type LoyaltyRules } from './domain/loyalty.ts';
import { createErpCustomersFeed } from './feed/erp-customers.ts';
import { createLoyaltyEvents } from './feed/loyalty-events.ts';
import { createCustomerSender } from './feed/send-customer.ts';
import { createLoaders } from './loaders.ts';
import { createResolvers } from './resolvers/resolvers.ts';
import { createCollections } from './store/collections.ts';
import { createCustomerCache } from './store/customer-cache.ts';
import { createLoyaltyStore } from './store/loyalty.ts';
import { createCustomerReader } from './store/read-customers.ts';

export interface CustomerDependencies extends SubgraphDependencies {
  /** Where customer accounts come from. */
  readonly erp: Connector;
  /** More systems that own facts which would else come from the ERP. Default: none. */
  readonly otherSystems?: readonly Connector[];
  /** Who may change what through the graph. Default: whoever may call the mutation. */
  readonly writes?: WriteGuard;
  /** What orders bring in points. Missing: one point for each whole unit of currency. */
  readonly loyaltyRules?: LoyaltyRules;
}

/** Who buys: profiles, the names each system knows them by, and what they allowed. */
export function createCustomer(dependencies: CustomerDependencies): Subgraph {
  const { store, clock, logger, newId } = dependencies;
  const connection = store.database('customer');
  const collections = createCollections(connection);
  const idempotency = createIdempotency({ store, connection, clock });
  const customerChanges = createTailTopic(
    () => cache.tail,
    ({ collection, id }) => (collection === 'customers' ? id : null),
  );
  const read = createCustomerReader(collections);
  const cache = createCustomerCache({
    read,
    connection,
    clock,
    logger,
    onChange: customerChanges.take,
    onGap: customerChanges.interrupt,
  });
  const { erp, integration, writes = allOurs } = dependencies;
  const sender = createCustomerSender({ erp, integration, read });
  const dispatcher = createDispatcher({
    owner: 'customer',
    systems: [erp.system],
    handlers: [sender.handler],
    operations: integration.operations,
    health: integration.health,
    gates: integration.gates,
    store,
    clock,
    logger,
    concurrency: 4,
  });
  const loyalty = createLoyaltyStore(connection);
  const loyaltyRules = dependencies.loyaltyRules ?? DEFAULT_LOYALTY_RULES;
  const newLoaders = () => createLoaders(cache, read, loyalty);
  const schema = subgraphSchema(
    new URL('./schema.graphql', import.meta.url),
    createResolvers({
      collections,
      read,
      cache,
      idempotency,
      writes,
      clock,
      newId,
      sender,
      customerChanges,
      loyalty,
      loyaltyRules,
    }),
  );
  const running: readonly Running[] = [
    cache.tail,
    createErpCustomersFeed(dependencies, collections),
    dispatcher,
    createLoyaltyEvents({ ...dependencies, loyalty, collections, rules: loyaltyRules }),
  ];

  return {
    name: 'customer',
    schema,
    contextFor: (caller): Context => ({ caller, loaders: newLoaders(), newLoaders }),
    async start() {
      await prepareModels([...Object.values(collections), ...loyalty.models, ...idempotency.models]);
      for (const part of running) await part.start();
    },
    readiness: () => readinessOf(running.map((part) => ({ name: part.name, ...part.health() }))),
    async stop() {
      customerChanges.close();
      await Promise.all(running.map((part) => part.stop()));
    },
  };
}
