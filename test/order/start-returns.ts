import { type ExecutionResult, execute, parse, subscribe } from 'graphql';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { GraphError } from '../../platform/errors.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import type { Sibling } from '../../platform/sibling/sibling.ts';
import type { Order } from '../../subgraphs/order/domain/order.ts';
import { associate, order, orderLine } from '../../subgraphs/order/domain/return-samples.ts';
import { salesOrderOf } from '../../subgraphs/order/domain/sales-order.ts';
import { createOrder } from '../../subgraphs/order/index.ts';
import { createCollections } from '../../subgraphs/order/store/collections.ts';
import { startSandboxUnderTest, TOKEN } from '../connectors/sandbox-under-test.ts';
import { startTestStore } from '../kit/store.ts';

export interface Problem {
  code: string;
  field: string[] | null;
  retryable: boolean;
  message: string;
}

export interface ReturnAnswer {
  return: {
    id: string;
    rmaNumber: string;
    state: string;
    order: { id: string; returnStatus: string } | null;
    refundableTotal: { amount: string; currencyCode: string };
    erpSync: { state: string; externalId: string | null };
    reverseFulfillmentOrders: { id: string; state: string; location: { id: string } }[];
    lines: {
      id: string;
      variant: { id: string; sku: string };
      requestedQuantity: { value: string };
      receivedQuantity: { value: string };
      acceptedQuantity: { value: string };
      orderLine: { id: string; refundableQuantity: { value: string } } | null;
      dispositions: { code: string; toState: string; location: { id: string } }[];
    }[];
  } | null;
  operation: { id: string } | null;
  replayed: boolean;
  userErrors: Problem[];
}

export const RETURN = `id rmaNumber state order { id returnStatus } refundableTotal { amount currencyCode } erpSync { state externalId }
  reverseFulfillmentOrders { id state location { id } }
  lines { id variant { id sku } requestedQuantity { value } receivedQuantity { value } acceptedQuantity { value }
    orderLine { id refundableQuantity { value } } dispositions { code toState location { id } } }`;

const PLACES: Record<string, string> = { dc: 'DC-1', store: 'ST-1' };
const GOODS: Record<string, string> = { mug: 'MUG', cup: 'CUP', wrapping: 'WRAP' };

type Representations = { representations: readonly { __typename: string; id: string }[] };

/** The order room as it runs, on a real store, with the sandbox's ERP over HTTP; its siblings answer from small tables. */
export async function startReturns() {
  const store = await startTestStore();
  const sandbox = await startSandboxUnderTest();
  const erp = createSandboxErpConnector({ url: sandbox.systems.erpUrl, token: TOKEN });
  const signal = AbortSignal.timeout(10_000);
  await erp.loadMasterData?.('channels', [CHANNEL], { signal });
  await erp.loadMasterData?.('customers', [{ code: 'C-1' }], { signal });
  await erp.loadMasterData?.('locations', Object.values(PLACES).map(place), { signal });
  await erp.loadMasterData?.('items', Object.values(GOODS).map(item), { signal });

  const silent = new Set<string>();
  // A table answers every question the same way; the room's types say what it asks.
  const sibling = (name: string, answer: (variables: Representations) => unknown): Sibling => ({
    name,
    async ask<D>(_operation: unknown, variables: unknown) {
      if (silent.has(name)) throw new GraphError('SUBGRAPH_UNAVAILABLE', `${name} does not answer`);
      return answer(variables as Representations) as D;
    },
  });
  const subgraph = createOrder({
    ...store.dependencies,
    erp,
    siblings: {
      product: sibling('product', ({ representations }) => ({
        channels: [{ id: 'web', code: CHANNEL.code, defaultCurrency: 'GBP' }],
        _entities: representations.map(({ id }) => article(id)),
      })),
      inventory: sibling('inventory', ({ representations }) => ({
        _entities: representations.map(({ id }) =>
          PLACES[id] === undefined ? null : { id, code: PLACES[id] },
        ),
      })),
      customer: sibling('customer', ({ representations }) => ({
        _entities: representations.map(({ id }) =>
          id === 'c1' ? { id, code: 'C-1', status: 'ACTIVE' } : null,
        ),
      })),
      finance: sibling('finance', () => ({})),
    },
  });
  await subgraph.start();
  const contextFor = (identity: Identity) =>
    subgraph.contextFor({ identity, correlationId: newId(), deadlineMs: Date.now() + 15_000 });
  const collections = createCollections(store.dependencies.store.database('order'));

  async function ask<D>(
    document: string,
    variables: Record<string, unknown>,
    identity: Identity = associate,
  ) {
    const { data, errors } = (await execute({
      schema: subgraph.schema,
      document: parse(document),
      variableValues: variables,
      contextValue: contextFor(identity),
    })) as ExecutionResult;
    if (errors !== undefined) throw errors[0];
    // The test knows what it has asked for.
    return data as D;
  }

  const change =
    (mutation: string, type: string) =>
    async (input: Record<string, unknown>, identity?: Identity): Promise<ReturnAnswer> => {
      const data = await ask<{ payload: ReturnAnswer }>(
        `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { return { ${RETURN} } operation { id } replayed userErrors { code field retryable message } } }`,
        { input: { idempotencyKey: newId(), ...input } },
        identity,
      );
      return data.payload;
    };

  return {
    store,
    sandbox,
    erp,
    silent,
    ask,
    collections,
    request: change('requestReturn', 'RequestReturnInput'),
    approve: change('approveReturn', 'ReturnActionInput'),
    receive: change('receiveReturn', 'ReceiveReturnInput'),
    inspect: change('inspectReturn', 'InspectReturnInput'),
    async find(id: string, identity?: Identity) {
      const data = await ask<{ return: ReturnAnswer['return'] }>(
        `query ($id: ID!) { return(id: $id) { ${RETURN} } }`,
        { id },
        identity,
      );
      return data.return;
    },
    /** An order of ten mugs, bought and shipped, that the ERP knows unless `unknownToErp`. */
    async sell(changes: Partial<Order> = {}, unknownToErp = false): Promise<Order> {
      const id = newId();
      const sold = order({
        _id: id,
        number: `UC-${id.slice(-10)}`,
        placedAt: new Date(),
        lines: [orderLine({ id: `${id}/1` })],
        ...changes,
      });
      await collections.orders.create([sold]);
      if (!unknownToErp)
        await erp.createDocument(
          'salesOrder',
          salesOrderOf(sold, (place) => PLACES[place]),
          { key: newId(), signal: AbortSignal.timeout(5_000) },
        );
      return sold;
    },
    async events(type: string, subject: string) {
      return store.dependencies.integration.events.model.find({ type, subject }).lean();
    },
    async listen(document: string, variables: Record<string, unknown>, identity: Identity = associate) {
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
    async stop() {
      await subgraph.stop();
      await erp.close();
      await sandbox.stop();
      await store.stop();
    },
  };
}

export type StartedReturns = Awaited<ReturnType<typeof startReturns>>;

const CHANNEL = {
  code: 'web-uk',
  name: 'Web UK',
  market: 'GB',
  defaultCurrency: 'GBP',
  priceIncludesTax: true,
};

function place(code: string) {
  return {
    code,
    name: code,
    kind: 'STORE' as const,
    capabilities: ['SHIP' as const],
    timeZone: 'Europe/London',
  };
}

function item(sku: string) {
  return {
    sku,
    title: sku,
    baseUnit: 'C62',
    unitConversions: [],
    taxCategoryCode: 'STANDARD',
    trackInventory: sku !== 'WRAP',
    categories: [],
    status: 'ACTIVE' as const,
  };
}

function article(id: string) {
  const sku = GOODS[id];
  if (sku === undefined) return null;
  return {
    ...item(sku),
    id,
    price: id === 'cup' ? null : { list: { amount: '3.00', currencyCode: 'GBP' }, sale: null },
  };
}
