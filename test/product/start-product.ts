import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExecutionResult, execute, parse, subscribe } from 'graphql';
import type { ChannelRecord } from '../../connectors/canonical/channel.ts';
import type { Item } from '../../connectors/canonical/item.ts';
import type { ListPrice } from '../../connectors/canonical/list-price.ts';
import type { FeedName, FeedRecord } from '../../connectors/feeds.ts';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { startSandboxSystems } from '../../connectors/sandbox/system/start-sandbox-systems.ts';
import { ANONYMOUS, type Identity, serviceIdentity } from '../../platform/identity/identity.ts';
import { idFromKey, newId } from '../../platform/ids.ts';
import { createIntegration } from '../../platform/integration.ts';
import { connectStore } from '../../platform/store/store.ts';
import { createProduct } from '../../subgraphs/product/index.ts';
import { startTestStore } from '../kit/store.ts';

const TOKEN = 'a-token-for-tests-only';

export const staff: Identity = serviceIdentity('test');
export const shopper: Identity = ANONYMOUS;

export const variantId = (sku: string) => idFromKey('variant', sku);
export const channelId = (code: string) => idFromKey('channel', code);

export const WEB: ChannelRecord = {
  code: 'web',
  name: 'Web shop',
  market: 'GB',
  defaultCurrency: 'GBP',
  priceIncludesTax: true,
};

export function item(sku: string, more: Partial<Item> = {}): Item {
  return {
    sku,
    title: `Article ${sku}`,
    baseUnit: 'C62',
    unitConversions: [],
    taxCategoryCode: 'STANDARD',
    trackInventory: true,
    categories: [],
    status: 'ACTIVE',
    ...more,
  };
}

export function price(sku: string, list: string, more: Partial<ListPrice> = {}): ListPrice {
  return {
    sku,
    channelCode: 'web',
    currencyCode: 'GBP',
    list,
    taxIncluded: true,
    priceListCode: 'base',
    ...more,
  };
}

export type StartedProduct = Awaited<ReturnType<typeof startProduct>>;

/** Product as it runs: on a real store, fed over HTTP by a real sandbox ERP. */
export async function startProduct() {
  const directory = await mkdtemp(join(tmpdir(), 'product-erp-'));
  const systems = await startSandboxSystems({ directory, host: '127.0.0.1', port: 0, token: TOKEN });
  const erp = createSandboxErpConnector({ url: systems.erpUrl, token: TOKEN });
  const store = await startTestStore();
  const subgraph = createProduct({ ...store.dependencies, erp });
  await subgraph.start();
  let storeCalls = 0;
  store.dependencies.store.database('product').set('debug', () => {
    storeCalls += 1;
  });

  function contextFor(identity: Identity): object {
    return subgraph.contextFor({ identity, correlationId: newId(), deadlineMs: Date.now() + 60_000 });
  }

  async function answer(
    document: string,
    variables: Record<string, unknown> = {},
    identity: Identity = staff,
  ): Promise<ExecutionResult> {
    const contextValue = contextFor(identity);
    return execute({
      schema: subgraph.schema,
      document: parse(document),
      variableValues: variables,
      contextValue,
    });
  }

  return {
    answer,
    /** A second process of the same subgraph on the same store: asks one question whenever it is called. */
    async startAnother() {
      const { clock, logger, store: first } = store.dependencies;
      const databasePrefix = first.database('product').name.replace(/product$/, '');
      const ownStore = await connectStore({ uri: store.uri, logger, databasePrefix });
      const integration = createIntegration({ store: ownStore, clock, newId, logger });
      const other = createProduct({ store: ownStore, integration, clock, newId, logger, erp });
      await other.start();
      return {
        ask(document: string) {
          const caller = { identity: staff, correlationId: newId(), deadlineMs: Date.now() + 60_000 };
          return execute({
            schema: other.schema,
            document: parse(document),
            contextValue: other.contextFor(caller),
          });
        },
        async stop() {
          await other.stop();
          await ownStore.close();
        },
      };
    },
    /** How often the product database was asked for something since start. */
    storeCalls: () => storeCalls,
    async ask<D>(document: string, variables?: Record<string, unknown>, identity?: Identity): Promise<D> {
      const { data, errors } = await answer(document, variables, identity);
      if (errors !== undefined) throw errors[0];
      // The test knows what it has asked for.
      return data as D;
    },
    async listen(document: string, variables: Record<string, unknown>, identity: Identity = staff) {
      const stream = await subscribe({
        schema: subgraph.schema,
        document: parse(document),
        variableValues: variables,
        contextValue: contextFor(identity),
      });
      if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream.errors));
      return stream;
    },
    /** Writes records into the ERP, from where the feeds bring them. */
    async load<F extends FeedName>(feed: F, ...records: FeedRecord[F][]): Promise<void> {
      const result = await erp.loadMasterData?.(feed, records, { signal: AbortSignal.timeout(10_000) });
      if (result === undefined || result.rejected.length > 0) throw new Error(JSON.stringify(result));
    },
    async setErpFault(mode: 'none' | 'down'): Promise<void> {
      await fetch(`${systems.url}/faults`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ system: 'erp', mode }),
      });
    },
    async stop() {
      await subgraph.stop();
      await erp.close();
      await systems.stop();
      await store.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
