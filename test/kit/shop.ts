import { randomBytes } from 'node:crypto';
import { type ExecutionResult, execute, parse, subscribe } from 'graphql';
import { inProcessSibling } from '../../app/siblings/in-process.ts';
import type { StockSettings } from '../../app/stock-settings.ts';
import { createSubgraph } from '../../app/subgraphs.ts';
import { connectSystems } from '../../app/systems.ts';
import type { Connector } from '../../connectors/port.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { GraphError } from '../../platform/errors.ts';
import { type Identity, serviceIdentity } from '../../platform/identity/identity.ts';
import { createInternalTokens } from '../../platform/identity/internal-token.ts';
import { newId } from '../../platform/ids.ts';
import type { ReconciliationTimes } from '../../platform/reconciliation/reconciliation-times.ts';
import type { Sibling } from '../../platform/sibling/sibling.ts';
import { SUBGRAPH_NAMES, type Subgraph, type SubgraphName } from '../../platform/subgraph.ts';
import type { PickupTimes } from '../../subgraphs/order/domain/pickup-times.ts';
import { startSandboxUnderTest, TOKEN } from '../connectors/sandbox-under-test.ts';
import { channel, LAST_PRICE, LAST_STOCK, loadShop, place, variant } from './shop-records.ts';
import { startTestStore, type TestStore } from './store.ts';
import { until } from './until.ts';
import { openWebhookDoor } from './webhook-door.ts';

const PUSH_SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

/** How a question to a sibling goes wrong: it is never asked; it is carried out and the answer is lost; nothing comes until it is too late. */
export type SiblingFault = 'unasked' | 'unheard' | 'late';

export interface Level {
  readonly onHand: number;
  readonly available: number;
  readonly reserved: number;
  readonly allocated: number;
}

export interface Shop {
  readonly store: TestStore;
  readonly sandbox: Awaited<ReturnType<typeof startSandboxUnderTest>>;
  readonly erp: Connector;
  /** The names of the questions siblings were asked, oldest first. */
  readonly asked: string[];
  answer(...question: Question): Promise<ExecutionResult>;
  /** The data of the answer; rejects with the first error. */
  ask<D>(...question: Question): Promise<D>;
  listen(
    name: SubgraphName,
    document: string,
    variables: Record<string, unknown>,
    identity?: Identity,
  ): Promise<AsyncIterableIterator<ExecutionResult>>;
  /** From now on the named question of one room to another goes wrong, until questions are mended. */
  breakQuestion(operation: string, fault: SiblingFault): void;
  mendQuestions(): void;
  /** The stock of an article at a place, as it is kept. */
  level(sku: string, code: string): Promise<Level>;
  stop(): Promise<void>;
}

type Question = [
  name: SubgraphName,
  document: string,
  variables?: Record<string, unknown>,
  identity?: Identity,
  deadlineInMs?: number,
];

const admin = serviceIdentity('test');

/** The whole shop but for the gateway: six real subgraphs on one store, asking one another, with the sandbox's systems over HTTP. The warehouse system does the work of the places in `servedPlaces`; the carrier is called POST; both push. */
export async function startShop(
  reconciliation: ReconciliationTimes = {},
  servedPlaces: readonly string[] = [],
  {
    clock = systemClock,
    pickupTimes,
    stock,
  }: { clock?: Clock; pickupTimes?: PickupTimes; stock?: StockSettings } = {},
): Promise<Shop> {
  const store = await startTestStore(clock);
  const sandbox = await startSandboxUnderTest();
  const { integration } = store.dependencies;
  const systems = await connectSystems({
    integration,
    erp: { url: sandbox.systems.erpUrl, token: TOKEN },
    payments: { url: sandbox.systems.paymentsUrl, token: TOKEN },
    tax: { url: sandbox.systems.taxUrl, token: TOKEN },
    wms:
      servedPlaces.length === 0
        ? null
        : {
            url: sandbox.systems.wmsUrl,
            token: TOKEN,
            locationCodes: servedPlaces,
            webhookSecrets: [PUSH_SECRET],
          },
    carrier: {
      url: sandbox.systems.carrierUrl,
      token: TOKEN,
      name: 'POST',
      webhookSecrets: [PUSH_SECRET],
    },
  });
  const door = await openWebhookDoor(systems, store.dependencies);
  for (const system of ['wms', 'carrier']) {
    const endpoint = { system, url: `${door.url}/webhooks/${system}`, secret: PUSH_SECRET };
    await sandbox.post(`${sandbox.systems.url}/webhook-endpoint`, endpoint);
  }
  await loadShop(systems.erp);

  const tokens = createInternalTokens({ secret: randomBytes(32), clock });
  const subgraphs = new Map<SubgraphName, Subgraph>();
  const faults = new Map<string, SiblingFault>();
  const asked: string[] = [];
  const named = (name: SubgraphName): Subgraph => {
    const subgraph = subgraphs.get(name);
    if (subgraph === undefined) throw new Error(`the shop has no subgraph ${name}`);
    return subgraph;
  };
  const sibling = (name: SubgraphName): Sibling => {
    const real = inProcessSibling({ name, subgraph: () => named(name), tokens, clock });
    const lost = () => new GraphError('SUBGRAPH_UNAVAILABLE', `${name} did not answer`);
    return {
      name,
      async ask<D>(...[operation, variables, caller]: Parameters<Sibling['ask']>): Promise<D> {
        asked.push(operation.name);
        const fault = faults.get(operation.name);
        if (fault === 'unasked') throw lost();
        if (fault === 'late') {
          await clock.delay(caller.deadlineMs - clock.now().getTime());
          throw new GraphError('DEADLINE_EXCEEDED', `${name} did not answer in time`);
        }
        const answer = await real.ask<D>(operation, variables, caller);
        if (fault === 'unheard') throw lost();
        return answer;
      },
    };
  };
  const shopSystems = {
    ...systems,
    ...(pickupTimes === undefined ? {} : { pickupTimes }),
    ...(stock === undefined ? {} : { stock }),
  };
  for (const name of SUBGRAPH_NAMES)
    subgraphs.set(name, createSubgraph(name, store.dependencies, shopSystems, sibling, {}, reconciliation));
  await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.start()));

  const contextFor = (name: SubgraphName, identity: Identity, deadlineInMs: number) =>
    named(name).contextFor({
      identity,
      correlationId: newId(),
      deadlineMs: clock.now().getTime() + deadlineInMs,
    });

  const shop: Shop = {
    store,
    sandbox,
    erp: systems.erp,
    asked,
    async answer(name, document, variables = {}, identity = admin, deadlineInMs = 15_000) {
      return execute({
        schema: named(name).schema,
        document: parse(document),
        variableValues: variables,
        contextValue: contextFor(name, identity, deadlineInMs),
      });
    },
    async ask<D>(...question: Question): Promise<D> {
      const { data, errors } = await shop.answer(...question);
      if (errors !== undefined) throw errors[0];
      // The test knows what it has asked for.
      return data as D;
    },
    async listen(name, document, variables, identity = admin) {
      const stream = await subscribe({
        schema: named(name).schema,
        document: parse(document),
        variableValues: variables,
        contextValue: contextFor(name, identity, 15_000),
      });
      if (!(Symbol.asyncIterator in stream))
        throw new Error(`not subscribed: ${JSON.stringify(stream.errors)}`);
      return stream as AsyncIterableIterator<ExecutionResult>;
    },
    breakQuestion: (operation, fault) => void faults.set(operation, fault),
    mendQuestions: () => faults.clear(),
    async level(sku, code) {
      const levels = store.dependencies.store
        .database('inventory')
        .collection<Level & { _id: string }>('levels');
      const level = await levels.findOne({ variantId: variant(sku), locationId: place(code) });
      if (level === null) throw new Error(`${code} has no ${sku}`);
      const { onHand, available, reserved, allocated } = level;
      return { onHand, available, reserved, allocated };
    },
    async stop() {
      await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.stop()));
      await systems.close();
      await sandbox.stop();
      await door.stop();
      await store.stop();
    },
  };
  await until('the shop has read what the ERP knows', () => isStocked(shop));
  return shop;
}

async function isStocked(shop: Shop): Promise<boolean> {
  const found = await shop.ask<{ productVariantBySku: { price: unknown } | null }>(
    'product',
    'query ($sku: String!, $channel: ID!) { productVariantBySku(sku: $sku) { price(channelId: $channel) { asOf } } }',
    { sku: LAST_PRICE, channel: channel('web-uk') },
  );
  if (found.productVariantBySku?.price == null) return false;
  const stocked = await shop.level(LAST_STOCK, 'DC').catch(() => null);
  const people = await shop.store.dependencies.store
    .database('customer')
    .collection('customers')
    .countDocuments();
  return stocked !== null && people === 2;
}
