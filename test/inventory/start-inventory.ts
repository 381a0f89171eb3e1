import { type ExecutionResult, execute, parse, subscribe } from 'graphql';
import { type Clock, systemClock, TestClock } from '../../platform/clock.ts';
import {
  type Caller,
  type Identity,
  SCOPES_BY_ROLE,
  serviceIdentity,
} from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import { createIntegration, type SubgraphDependencies } from '../../platform/integration.ts';
import { connectStore } from '../../platform/store/store.ts';
import type { Subgraph } from '../../platform/subgraph.ts';
import { createInventory, type InventoryDependencies } from '../../subgraphs/inventory/index.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';
import { erpOf, type Records } from './erp-records.ts';

export const staff: Identity = serviceIdentity('test');

export function shopper(customer: string): Identity {
  return {
    subject: customer,
    kind: 'user',
    roles: ['shopper'],
    scopes: SCOPES_BY_ROLE.shopper,
    customerId: customer,
    clientId: 'shop',
  };
}

/** What a shop may set of inventory; the defaults when left out. */
export type InventorySettings = Omit<InventoryDependencies, keyof SubgraphDependencies | 'erp'>;

export interface StartedInventory {
  readonly store: Pick<TestStore, 'dependencies' | 'uri'>;
  readonly subgraph: Subgraph;
  readonly records: Records;
  ask<D>(document: string, variables?: Record<string, unknown>, identity?: Identity): Promise<D>;
  answer(
    document: string,
    variables?: Record<string, unknown>,
    identity?: Identity,
  ): Promise<ExecutionResult>;
  listen(
    document: string,
    variables: Record<string, unknown>,
    identity?: Identity,
  ): Promise<AsyncIterableIterator<ExecutionResult>>;
  publish(type: string, data: unknown): Promise<void>;
  stop(): Promise<void>;
}

/** Inventory as it runs, on a real store, its feeds read to their end. */
export async function startInventory(
  records: Partial<Records> = {},
  clock: Clock = systemClock,
  settings: InventorySettings = {},
): Promise<StartedInventory> {
  const store = await startTestStore(clock);
  return startOn(store, () => store.stop(), records, settings);
}

/** A second process of the same subgraph: connections, caches and timers of its own on the same store. */
export async function startAnother(first: StartedInventory): Promise<StartedInventory> {
  const { clock, logger } = first.store.dependencies;
  const databasePrefix = first.store.dependencies.store.database('inventory').name.replace(/inventory$/, '');
  const store = await connectStore({ uri: first.store.uri, logger, databasePrefix });
  const integration = createIntegration({ store, clock, newId, logger });
  const dependencies = { store, integration, clock, newId, logger };
  return startOn({ ...first.store, dependencies }, () => store.close(), {});
}

/** A process of the subgraph on a store that is there already; it reads these records as its system of record's. */
export async function startOn(
  store: StartedInventory['store'],
  stopStore: () => Promise<void>,
  records: Partial<Records>,
  settings: InventorySettings = {},
): Promise<StartedInventory> {
  const { clock } = store.dependencies;
  const all: Records = { locations: [], items: [], stockMovements: [], ...records };
  const subgraph = createInventory({ ...store.dependencies, ...settings, erp: erpOf(all) });
  await subgraph.start();

  const contextFor = (identity: Identity) => {
    const caller: Caller = { identity, correlationId: newId(), deadlineMs: Date.now() + 60_000 };
    return subgraph.contextFor(caller);
  };
  const answer: StartedInventory['answer'] = async (document, variables = {}, identity = staff) =>
    execute({
      schema: subgraph.schema,
      document: parse(document),
      variableValues: variables,
      contextValue: contextFor(identity),
    });
  const started: StartedInventory = {
    store,
    subgraph,
    records: all,
    answer,
    async ask<D>(document: string, variables?: Record<string, unknown>, identity?: Identity) {
      const { data, errors } = await answer(document, variables, identity);
      if (errors !== undefined) throw errors[0];
      // The test knows what it has asked for.
      return data as D;
    },
    async listen(document, variables, identity = staff) {
      const stream = await subscribe({
        schema: subgraph.schema,
        document: parse(document),
        variableValues: variables,
        contextValue: contextFor(identity),
      });
      if (!(Symbol.asyncIterator in stream))
        throw new Error(`not subscribed: ${JSON.stringify(stream.errors)}`);
      return stream as AsyncIterableIterator<ExecutionResult>;
    },
    async publish(type, data) {
      const { integration } = store.dependencies;
      await store.dependencies.store.transaction((session) =>
        integration.events.publish(session, {
          source: '/subgraphs/order',
          type,
          subject: 'test',
          correlationId: 'test',
          data,
        }),
      );
    },
    async stop() {
      await subgraph.stop();
      await stopStore();
    },
  };
  await until('the feeds are read to their end', async () => {
    if (clock instanceof TestClock) clock.advance(100);
    const feeds = await store.dependencies.integration.connection.collection('feedPlaces').find().toArray();
    return Object.entries(all).every(
      ([feed, rows]) =>
        rows.length === 0 ||
        feeds.some(({ _id, cursor }) => String(_id).endsWith(feed) && cursor === String(rows.length)),
    );
  });
  return started;
}
