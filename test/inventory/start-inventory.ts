import { type ExecutionResult, execute, parse, subscribe } from 'graphql';
import type { LocationRecord } from '../../connectors/canonical/location.ts';
import type { StockMovement } from '../../connectors/canonical/stock-movement.ts';
import type { ChangePage, FeedName, FeedRecord } from '../../connectors/feeds.ts';
import type { Connector } from '../../connectors/port.ts';
import { type Clock, systemClock, TestClock } from '../../platform/clock.ts';
import {
  type Caller,
  type Identity,
  SCOPES_BY_ROLE,
  serviceIdentity,
} from '../../platform/identity/identity.ts';
import { idFromKey, newId } from '../../platform/ids.ts';
import { createIntegration } from '../../platform/integration.ts';
import { connectStore } from '../../platform/store/store.ts';
import type { Subgraph } from '../../platform/subgraph.ts';
import { createInventory } from '../../subgraphs/inventory/index.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';

/** What the system of record of a test knows; records may be added while it is read. */
export interface Records {
  locations: LocationRecord[];
  items: FeedRecord['items'][];
  stockMovements: StockMovement[];
}

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

export const variant = (sku: string) => idFromKey('variant', sku);
export const place = (code: string) => idFromKey('location', code);

export function location(code: string, more: Partial<LocationRecord> = {}): LocationRecord {
  return { code, name: code, kind: 'DISTRIBUTION_CENTER', capabilities: ['SHIP'], timeZone: 'UTC', ...more };
}

export function item(sku: string, more: Partial<FeedRecord['items']> = {}): FeedRecord['items'] {
  return {
    sku,
    title: sku,
    baseUnit: 'C62',
    unitConversions: [],
    taxCategoryCode: 'STANDARD',
    trackInventory: true,
    categories: [],
    status: 'ACTIVE',
    ...more,
  };
}

let receipts = 0;
export function receipt(sku: string, locationCode: string, quantity: number): StockMovement {
  receipts += 1;
  return {
    id: `receipt-${receipts}`,
    sku,
    locationCode,
    quantity: String(quantity),
    unit: 'C62',
    type: 'RECEIPT',
    occurredAt: '2026-01-02T08:00:00Z',
  };
}

/** A system of record that is read from arrays: the cursor is the position. */
function erpOf(records: Records): Connector {
  const known = (feed: FeedName): readonly unknown[] =>
    feed in records ? records[feed as keyof Records] : [];
  return {
    system: 'erp',
    connector: 'test',
    kind: 'ERP',
    capabilities: {
      feeds: Object.fromEntries(
        Object.keys(records).map((feed) => [feed, { changes: 'poll', order: 'sequence', overlapMs: 0 }]),
      ),
      documents: {},
      masterData: [],
    },
    async readChanges<F extends FeedName>(feed: F, cursor: string | null, { limit }: { limit: number }) {
      const all = known(feed);
      const from = Number(cursor ?? 0);
      const page: ChangePage<FeedRecord[F]> = {
        changes: all.slice(from, from + limit).map((record, index) => ({
          sequence: String(from + index),
          eventId: `${feed}-${from + index}`,
          occurredAt: '2026-01-02T08:00:00Z',
          // The arrays hold what their names say.
          record: record as FeedRecord[F],
        })),
        cursor: String(Math.min(all.length, from + limit)),
        more: from + limit < all.length,
      };
      return page;
    },
    createDocument: () => Promise.reject(new Error('this system takes no documents')),
    findDocument: () => Promise.resolve(null),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

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
): Promise<StartedInventory> {
  const store = await startTestStore(clock);
  return startOn(store, () => store.stop(), records);
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

async function startOn(
  store: StartedInventory['store'],
  stopStore: () => Promise<void>,
  records: Partial<Records>,
): Promise<StartedInventory> {
  const { clock } = store.dependencies;
  const all: Records = { locations: [], items: [], stockMovements: [], ...records };
  const subgraph = createInventory({ ...store.dependencies, erp: erpOf(all) });
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

interface LevelFigures {
  _id: string;
  onHand: number;
  available: number;
  reserved: number;
  allocated: number;
  qualityHold: number;
}

/** The levels as they are kept, by SKU and place; and whether each is the sum of its ledger. */
export async function levelOf(inventory: StartedInventory, sku: string, code: string) {
  const database = inventory.store.dependencies.store.database('inventory');
  return database
    .collection<LevelFigures>('levels')
    .findOne({ variantId: variant(sku), locationId: place(code) });
}

/** What the ledger adds up to, bucket by bucket. */
export async function ledgerSums(inventory: StartedInventory, sku: string, code: string) {
  const database = inventory.store.dependencies.store.database('inventory');
  const lines = await database
    .collection<{ from: string | null; to: string | null; quantity: number }>('ledger')
    .find({ variantId: variant(sku), locationId: place(code) })
    .toArray();
  const sums: Record<string, number> = { onHand: 0 };
  for (const { from, to, quantity } of lines) {
    if (from !== null) sums[from] = (sums[from] ?? 0) - quantity;
    if (to !== null) sums[to] = (sums[to] ?? 0) + quantity;
    sums['onHand'] = (sums['onHand'] ?? 0) + (from === null ? quantity : 0) - (to === null ? quantity : 0);
  }
  return sums;
}

export const RESERVE = /* GraphQL */ `
  mutation Reserve($input: ReserveInventoryInput!) {
    reserveInventory(input: $input) {
      reservations { id state reference quantity { value unit } variant { id } location { code } expiresAt version }
      userErrors { code field retryable availableQuantity { value unit } }
    }
  }
`;

export interface ReservePayload {
  reservations: {
    id: string;
    state: string;
    reference: string | null;
    quantity: { value: string; unit: string };
    variant: { id: string };
    location: { code: string };
    expiresAt: string;
    version: number;
  }[];
  userErrors: {
    code: string;
    field: string[] | null;
    retryable: boolean;
    availableQuantity: { value: string; unit: string } | null;
  }[];
}

/** Reserves for an order unless told otherwise; a line is `[sku, quantity]` or `[sku, quantity, location code]`. */
export async function reserve(
  inventory: StartedInventory,
  lines: readonly (readonly [sku: string, quantity: number | string, code?: string])[],
  more: Record<string, unknown> = {},
  identity: Identity = staff,
): Promise<ReservePayload> {
  const input = {
    idempotencyKey: newId(),
    ownerType: 'ORDER_LINE',
    ownerId: newId(),
    channelId: idFromKey('channel', 'web'),
    lines: lines.map(([sku, value, code], index) => ({
      variantId: variant(sku),
      quantity: { value: String(value), unit: 'C62' },
      locationId: code === undefined ? null : place(code),
      reference: `line-${index}`,
    })),
    ...more,
  };
  const data = await inventory.ask<{ reserveInventory: ReservePayload }>(RESERVE, { input }, identity);
  return data.reserveInventory;
}
