import type { Connector } from '../../connectors/port.ts';
import { subgraphSchema } from '../../platform/graphql/subgraph-schema.ts';
import { createTailTopic } from '../../platform/graphql/tail-topic.ts';
import { createIdempotency } from '../../platform/idempotency/idempotency.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';
import { createDispatcher } from '../../platform/outbox/dispatcher.ts';
import type { ReconciliationTimes } from '../../platform/reconciliation/reconciliation-times.ts';
import { createChangeTail } from '../../platform/store/change-tail.ts';
import { prepareModels } from '../../platform/store/store.ts';
import { type Running, readinessOf, type Subgraph } from '../../platform/subgraph.ts';
import type { Context } from './context.ts';
import type { Order } from './domain/order.ts';
import { DEFAULT_PICKUP_TIMES, type PickupTimes } from './domain/pickup-times.ts';
import type { Return } from './domain/return.ts';
import { createAbandonedSweep } from './feed/abandoned.ts';
import { createTrackingFeed } from './feed/carrier-tracking.ts';
import { orderOperations } from './feed/order-operations.ts';
import { createOverdueReturns } from './feed/overdue-returns.ts';
import { createPickupDeadlines } from './feed/pickup-deadlines.ts';
import { returnOperation } from './feed/post-return.ts';
import { createReconcilers } from './feed/reconcile.ts';
import { createServedPlaces } from './feed/served-places.ts';
import { createStockChanges } from './feed/stock-changes.ts';
import { uncollectedOperation } from './feed/uncollected.ts';
import { warehouseOperations } from './feed/warehouse-operations.ts';
import { createShipmentsFeed } from './feed/warehouse-shipments.ts';
import { createLoaders } from './loaders.ts';
import { createResolvers } from './resolvers/resolvers.ts';
import type { Carrier, Room, Siblings } from './room.ts';
import { createAttempts } from './store/attempts.ts';
import { createCollections } from './store/collections.ts';
import { createOrders } from './store/orders.ts';
import { createReturns } from './store/returns.ts';

/** What was bought, how it reaches the customer, and what came back. The ERP is told through the outbox; the siblings through events. */
export function createOrder(
  deps: SubgraphDependencies & {
    erp: Connector;
    siblings: Siblings;
    /** When our orders and returns are compared with the ERP's. */
    reconciliation?: ReconciliationTimes;
    /** How long collected goods are kept, and when their customer is reminded. Missing: seven days, three days and one day before. */
    pickupTimes?: PickupTimes;
    /** Tells where its parcels are. Missing: a shipment stays IN_TRANSIT. */
    carrier?: Carrier;
    /** The system of a warehouse and the codes of the places whose work it does. Missing: people do all of it. */
    warehouse?: { readonly connector: Connector; readonly locationCodes: readonly string[] };
  },
): Subgraph {
  const { clock, logger, integration } = deps;
  const connection = deps.store.database('order');
  const collections = createCollections(connection);
  const orders = createOrders(collections);
  const returns = createReturns(collections);
  const idempotency = createIdempotency({ store: deps.store, connection, clock });
  const attempts = createAttempts(connection, clock, logger);
  const warehouse =
    deps.warehouse === undefined
      ? null
      : {
          connector: deps.warehouse.connector,
          places: createServedPlaces(deps.siblings.inventory, deps.warehouse.locationCodes),
        };
  const pickupTimes = deps.pickupTimes ?? DEFAULT_PICKUP_TIMES;
  const room: Room = { ...deps, orders, returns, attempts, idempotency, warehouse, pickupTimes };
  const names = {
    orders: collections.orders.collection.collectionName,
    returns: collections.returns.collection.collectionName,
  };
  // Which collection a change is of says which document it carries.
  const topics = {
    orders: createTailTopic(
      () => tail,
      ({ collection, document }) => (collection === names.orders ? (document as Order | null) : null),
    ),
    returns: createTailTopic(
      () => tail,
      ({ collection, document }) => (collection === names.returns ? (document as Return | null) : null),
    ),
  };
  const tail = createChangeTail<Order | Return>({
    name: 'order changes',
    connection,
    collections: [names.orders, names.returns],
    clock,
    logger,
    onChange(change) {
      topics.orders.take(change);
      topics.returns.take(change);
    },
    onGap() {
      topics.orders.interrupt();
      topics.returns.interrupt();
    },
  });
  const dispatcher = createDispatcher({
    owner: 'order',
    systems: [deps.erp.system, ...(warehouse === null ? [] : [warehouse.connector.system])],
    handlers: [
      ...orderOperations(room),
      ...(warehouse === null ? [] : warehouseOperations(room, warehouse)),
      returnOperation(room),
      uncollectedOperation(room),
    ],
    operations: integration.operations,
    health: integration.health,
    gates: integration.gates,
    store: deps.store,
    clock,
    logger,
  });
  const running: readonly Running[] = [
    tail,
    dispatcher,
    ...(warehouse === null ? [] : [createShipmentsFeed(room, warehouse)]),
    ...(deps.carrier === undefined ? [] : [createTrackingFeed(room, deps.carrier)]),
    ...createReconcilers(room, deps.reconciliation ?? {}),
    createAbandonedSweep(room),
    createStockChanges(room),
    createOverdueReturns(room),
    createPickupDeadlines(room),
  ];
  const newLoaders = () => createLoaders(orders, returns);

  return {
    name: 'order',
    schema: subgraphSchema(new URL('./schema.graphql', import.meta.url), createResolvers(room, topics)),
    contextFor: (caller): Context => ({ caller, loaders: newLoaders(), newLoaders }),
    async start() {
      await prepareModels([collections.orders, collections.returns, attempts.model, ...idempotency.models]);
      for (const part of running) await part.start();
    },
    readiness: () => readinessOf(running.map((part) => ({ name: part.name, ...part.health() }))),
    async stop() {
      topics.orders.close();
      topics.returns.close();
      await Promise.all(running.map((part) => part.stop()));
    },
  };
}
