import { createSnapshotFiles, type SnapshotFiles } from '../../connectors/csv/snapshot-files.ts';
import { allOurs, type WriteGuard } from '../../connectors/ownership.ts';
import type { Connector } from '../../connectors/port.ts';
import { createConsumer } from '../../platform/events/consumer.ts';
import { subgraphSchema } from '../../platform/graphql/subgraph-schema.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';
import { type Running, readinessOf, type Subgraph } from '../../platform/subgraph.ts';
import type { Context } from './context.ts';
import { type ChannelPolicy, channelPolicies } from './domain/channel-policy.ts';
import { DEFAULT_STRATEGY } from './domain/sourcing.ts';
import type { SourcingStrategy } from './domain/sourcing-strategy.ts';
import { createBackorderCover } from './feed/backorder-cover.ts';
import { createConnectivityWatch } from './feed/connectivity-watch.ts';
import { createDisputedShelvesSweep } from './feed/disputed-shelves.ts';
import { createDriftDetector } from './feed/drift-detector.ts';
import { createEventHandlers } from './feed/event-handlers.ts';
import { createExpiry } from './feed/expiry.ts';
import { createOversellRelief } from './feed/oversell-relief.ts';
import { createOwingLevels } from './feed/owing-levels.ts';
import { createReSourcing } from './feed/re-sourcing.ts';
import { createSnapshotIngestion } from './feed/snapshot-ingestion.ts';
import { createSystemFeeds } from './feed/system-feeds.ts';
import { createLoaders } from './loaders.ts';
import { createResolvers } from './resolvers/resolvers.ts';
import type { Room } from './room.ts';
import { createInventoryStore } from './store/inventory-store.ts';
import { createNearingClaims } from './store/nearing-claims.ts';
import { createStockTail } from './store/stock-tail.ts';

/** What inventory needs beside what every subgraph gets. */
export interface InventoryDependencies extends SubgraphDependencies {
  /** Tells of locations, items and stock movements. */
  readonly erp: Connector;
  /** More systems that book stock or tell of places: the warehouse, the tills. Default: none. */
  readonly otherSystems?: readonly Connector[];
  /** Who may change what through the graph. Default: whoever may call the mutation. */
  readonly writes?: WriteGuard;
  /** By channel code: what each channel may promise. Default: `DEFAULT_POLICY` for all. */
  readonly channelPolicies?: Readonly<Record<string, Partial<ChannelPolicy>>>;
  /** How old an answer may be that comes from memory, at most what `@sor` promises. Default 5,000; below zero: nothing does. */
  readonly maxStalenessMs?: number;
  /** Where stock snapshots may be read from. Default: nowhere. */
  readonly snapshotFiles?: SnapshotFiles;
  /** Where stock comes from when a claim names no place. Default: fewest parcels, then nearest, then most stock. */
  readonly sourcingStrategy?: SourcingStrategy;
}

/** Stock: how much of what lies where, what of it is promised, and to whom. */
export function createInventory(deps: InventoryDependencies): Subgraph {
  const { integration, clock, newId, logger } = deps;
  const store = createInventoryStore({
    store: deps.store,
    clock,
    newId,
    currentAsOf: () => tail.currentAsOf(),
    maxStalenessMs: deps.maxStalenessMs,
  });
  const tail = createStockTail({
    connection: deps.store.database('inventory'),
    store,
    clock,
    logger,
  });
  const backorders = createBackorderCover({ store, events: integration.events, clock });
  const consumer = createConsumer({
    name: 'inventory',
    events: integration.events,
    inbox: integration.inbox,
    connection: integration.connection,
    clock,
    logger,
    handlers: createEventHandlers({
      store,
      events: integration.events,
      backorders,
      clock,
      logger,
    }),
  });
  const policyOf = channelPolicies(deps.channelPolicies);
  const nearingClaims = createNearingClaims({ collections: store.collections, clock, logger });
  const owingLevels = createOwingLevels({
    store,
    relief: createOversellRelief({
      store,
      reSourcing: createReSourcing({ store, events: integration.events, newId }),
      policyOf,
      clock,
      logger,
    }),
    backorders,
    levelChanges: tail.levelChanges,
    clock,
    logger,
  });
  const workers: readonly Running[] = [
    consumer,
    ...[deps.erp, ...(deps.otherSystems ?? [])].flatMap((system) =>
      createSystemFeeds({
        system,
        store,
        integration,
        onExpected: owingLevels.lookAt,
        clock,
        logger,
      }),
    ),
    createExpiry({ store, clock, logger }),
    createConnectivityWatch({ store, answerChanges: tail.answerChanges, clock, logger }),
    nearingClaims,
    createDriftDetector({ store, clock, logger }),
    createDisputedShelvesSweep({ store, events: integration.events, clock, logger }),
    owingLevels,
  ];
  const parts = [tail, ...workers];

  const files = deps.snapshotFiles ?? createSnapshotFiles();
  const ingestion = createSnapshotIngestion({
    store,
    files,
    integration: integration.connection,
    clock,
    logger,
  });

  const room: Room = {
    store,
    writes: deps.writes ?? allOurs,
    clock,
    newId,
    levelChanges: tail.levelChanges,
    answerChanges: tail.answerChanges,
    nearingClaims,
    policyOf,
    strategy: deps.sourcingStrategy ?? DEFAULT_STRATEGY,
    snapshots: { files, ingestion },
  };
  const schema = subgraphSchema(new URL('./schema.graphql', import.meta.url), createResolvers(room));
  const newLoaders = () => createLoaders(store);
  let isStarted = false;

  return {
    name: 'inventory',
    schema,
    contextFor: (caller): Context => ({ caller, loaders: newLoaders(), newLoaders }),
    async start() {
      await store.prepare();
      // First the tail, so that nothing can change unseen once it is in memory.
      await tail.start();
      await store.locations.reload();
      await Promise.all(workers.map((worker) => worker.start()));
      isStarted = true;
    },
    readiness: () =>
      readinessOf([
        { name: 'inventory', ready: isStarted },
        ...parts.map((part) => ({ name: part.name, ...part.health() })),
      ]),
    async stop() {
      isStarted = false;
      tail.levelChanges.close();
      tail.answerChanges.close();
      nearingClaims.close();
      await Promise.all([ingestion.stop(), ...parts.map((part) => part.stop())]);
    },
  };
}
