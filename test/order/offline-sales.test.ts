import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataStore } from '../../app/data-store.ts';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { startSandboxUnderTest, TOKEN } from '../connectors/sandbox-under-test.ts';
import { auditStock } from '../inventory/audit.ts';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { channel, load, loadShop, place, variant } from '../kit/shop-records.ts';
import { PLACE, type Placed, type UserErrorAnswer } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

const HOUR_MS = 60 * 60_000;
const REGISTER = 'R1';
const KEPT_BACK = 10;
const gbp = (amount: string) => ({ amount, currencyCode: 'GBP' });

const SUBMIT = /* GraphQL */ `
  mutation ($input: SubmitOfflineSalesInput!) {
    submitOfflineSales(input: $input) { accepted { id number status } duplicates replayed userErrors { code message field retryable } }
  }`;
interface Submitted {
  readonly accepted: readonly { readonly id: string; readonly number: string; readonly status: string }[];
  readonly duplicates: readonly string[];
  readonly replayed: boolean;
  readonly userErrors: readonly UserErrorAnswer[];
}

interface Sale extends Record<string, unknown> {
  readonly registerTransactionId: string;
}

/**
 * A store's line is cut for four hours while three customers and a parcel wait for its goods. It sells thirty times, among it what they
 * wait for; then it is back and brings its tickets in two batches that overlap, and the house is killed while it takes the first.
 */
describe('a store that sold while its line was cut', () => {
  let sandbox: Awaited<ReturnType<typeof startSandboxUnderTest>>;
  let erp: ReturnType<typeof createSandboxErpConnector>;
  let house: House;
  let admin: Client;
  let cashier: Client;
  const undo: (() => Promise<unknown>)[] = [];
  let environment: Record<string, string>;

  beforeAll(async () => {
    const policies = await mkdtemp(join(tmpdir(), 'ucg-policies-'));
    undo.push(() => rm(policies, { recursive: true, force: true }));
    const file = join(policies, 'policies.json');
    await writeFile(
      file,
      JSON.stringify({ 'web-uk': { whenOffline: { rule: 'KEEP_BACK', units: KEPT_BACK } } }),
    );
    sandbox = await startSandboxUnderTest();
    undo.push(() => sandbox.stop());
    erp = createSandboxErpConnector({ url: sandbox.systems.erpUrl, token: TOKEN });
    undo.push(() => erp.close());
    await loadShop(erp);
    await received('RARE', 5);
    await received('CUP', 2);
    environment = {
      ERP_URL: sandbox.systems.erpUrl,
      ERP_TOKEN: TOKEN,
      PAYMENTS_URL: sandbox.systems.paymentsUrl,
      PAYMENTS_TOKEN: TOKEN,
      CHANNEL_POLICIES: file,
    };
    house = await startHouse({ environment });
    // The one that runs by then: it is killed and started again.
    undo.push(() => house.remove());
    await signIn();
  }, 60_000);
  afterAll(async () => {
    for (const step of undo.toReversed()) await step();
  });

  async function signIn(): Promise<void> {
    admin = await sandboxClient(house.url, { role: 'admin' });
    cashier = await sandboxClient(house.url, { role: 'associate', locationId: place('STORE') });
  }
  const received = (sku: string, units: number) =>
    load(erp, 'stockMovements', [
      {
        id: `STORE-${sku}`,
        sku,
        locationCode: 'STORE',
        quantity: String(units),
        unit: 'C62',
        type: 'RECEIPT',
        occurredAt: '2026-01-01T00:00:00Z',
      },
    ]);
  const heardOf = (at: Date) =>
    load(erp, 'locationSignals', [{ locationCode: 'STORE', seenAt: at.toISOString() }]);
  /** What the books of the store say of an article, by state; nothing as long as they say nothing. */
  async function shelf(sku: string): Promise<Record<string, number>> {
    const { productVariantBySku } = dataOf(
      await admin.ask<{
        productVariantBySku: {
          inventoryLevels: {
            edges: { node: { quantities: { state: string; quantity: { value: string } }[] } }[];
          };
        } | null;
      }>(
        `query ($sku: String!, $store: ID!) { productVariantBySku(sku: $sku) { inventoryLevels(locationIds: [$store]) {
          edges { node { quantities { state quantity { value } } } } } } }`,
        { sku, store: place('STORE') },
      ),
    );
    const [level] = productVariantBySku?.inventoryLevels.edges ?? [];
    return Object.fromEntries(
      (level?.node.quantities ?? []).map(({ state, quantity }) => [state, Number(quantity.value)]),
    );
  }

  async function availability(sku: string) {
    const { availability: answers, location } = dataOf(
      await admin.ask<{
        availability: { availableToPromise: { value: string }; freshness: { basis: string } }[];
        location: { connectivity: string };
      }>(
        `query ($of: [ID!]!, $channel: ID!, $destination: DestinationInput, $store: ID!) {
          availability(variantIds: $of, channelId: $channel, destination: $destination) {
            availableToPromise { value } freshness { basis } }
          location(id: $store) { connectivity } }`,
        {
          of: [variant(sku)],
          channel: channel('web-uk'),
          destination: { countryCode: 'GB', locationId: place('STORE') },
          store: place('STORE'),
        },
      ),
    );
    const { connectivity } = location;
    return { units: answers[0]?.availableToPromise.value, basis: answers[0]?.freshness.basis, connectivity };
  }

  async function payment(client: Client, amount: string, tenderType: 'CARD' | 'CASH'): Promise<string> {
    const { authorizePayment } = dataOf(
      await client.ask<{ authorizePayment: { payment: { id: string }; userErrors: UserErrorAnswer[] } }>(
        'mutation ($input: AuthorizePaymentInput!) { authorizePayment(input: $input) { payment { id } userErrors { code } } }',
        { input: { idempotencyKey: randomUUID(), amount: gbp(amount), tenderType, token: 'tok_visa' } },
      ),
    );
    expect(authorizePayment.userErrors).toEqual([]);
    return authorizePayment.payment.id;
  }

  /** Bought on the web, to be had from the store. */
  async function bought(sku: string, units: number, total: string, method: string): Promise<string> {
    const input = {
      idempotencyKey: randomUUID(),
      channelId: channel('web-uk'),
      lines: [
        {
          variantId: variant(sku),
          quantity: { value: String(units), unit: 'C62' },
          locationId: place('STORE'),
          method,
        },
      ],
      paymentIds: [await payment(admin, total, 'CARD')],
      expectedTotal: gbp(total),
    };
    const { placeOrder } = dataOf(await admin.ask<Placed>(PLACE, { input }));
    expect(placeOrder.userErrors).toEqual([]);
    return placeOrder.order?.id ?? '';
  }

  async function historyOf(id: string) {
    const { order } = dataOf(
      await admin.ask<{
        order: {
          status: string;
          timeline: { edges: { node: { type: string } }[] };
          fulfillmentOrders: { state: string; location: { code: string } }[];
        };
      }>(
        'query ($id: ID!) { order(id: $id) { status timeline(first: 100) { edges { node { type } } } fulfillmentOrders { state location { code } } } }',
        { id },
      ),
    );
    return { ...order, events: order.timeline.edges.map(({ node }) => node.type) };
  }

  const submit = async (sales: readonly Sale[], idempotencyKey: string) => {
    const input = {
      idempotencyKey,
      channelId: channel('web-uk'),
      locationId: place('STORE'),
      registerId: REGISTER,
      sales,
    };
    const { data } = await cashier.ask<{ submitOfflineSales: Submitted }>(SUBMIT, { input });
    return data?.submitOfflineSales ?? null;
  };
  /** As a till does it: the same batch under the same key, until nothing is left that is worth sending again. */
  const brought = (sales: readonly Sale[], idempotencyKey: string) =>
    until(
      'the batch is recorded',
      async () => {
        const answer = await submit(sales, idempotencyKey);
        return answer?.userErrors.some(({ retryable }) => retryable) === false && answer;
      },
      60_000,
    );
  const inErp = async () => {
    const query = new URLSearchParams({ system: 'erp', kind: 'salesOrder' });
    // The control face lists what the system holds; the test looks at references only.
    const { body } = await sandbox.ask(`${sandbox.systems.url}/documents?${query}`);
    return (body as { documents: { reference: string }[] }).documents.map(({ reference }) => reference);
  };

  it('brings each sale into the books once, and what it sold twice finds another way or a person', async () => {
    await until('the shop is known', async () => (await shelf('CUP'))['ON_HAND'] === 2, 30_000);
    const pickups = [
      await bought('RARE', 1, '20.00', 'PICKUP_IN_STORE'),
      await bought('RARE', 1, '20.00', 'PICKUP_IN_STORE'),
      await bought('RARE', 1, '20.00', 'PICKUP_IN_STORE'),
    ];
    const parcel = await bought('CUP', 2, '6.00', 'SHIP_FROM_STORE');
    await until('they are promised', async () => (await shelf('RARE'))['ALLOCATED'] === 3);
    await until('it is promised', async () => (await shelf('CUP'))['ALLOCATED'] === 2);
    expect(await availability('LAMP')).toMatchObject({ units: '100', connectivity: 'ONLINE' });

    const cutAt = new Date(Date.now() - 4 * HOUR_MS);
    await heardOf(cutAt);
    await until(
      'the store is known to be offline',
      async () => (await availability('LAMP')).connectivity === 'OFFLINE',
    );
    expect(await availability('LAMP')).toMatchObject({ units: String(100 - KEPT_BACK), basis: 'FALLBACK' });

    const wares: readonly (readonly [sku: string, price: string])[] = [
      ...Array.from({ length: 24 }, () => ['LAMP', '12.50'] as const),
      ...Array.from({ length: 4 }, () => ['RARE', '20.00'] as const),
      ['CUP', '3.00'],
      // Of this the books know none at the store.
      ['LAST', '30.00'],
    ];
    const sales: Sale[] = [];
    for (const [index, [sku, price]] of wares.entries())
      sales.push({
        registerTransactionId: `T-${String(index).padStart(4, '0')}`,
        occurredAt: new Date(cutAt.getTime() + index * 60_000).toISOString(),
        lines: [
          {
            variantId: variant(sku),
            quantity: { value: '1', unit: 'C62' },
            method: 'IN_STORE_CASH_AND_CARRY',
            unitPrice: gbp(price),
          },
        ],
        paymentIds: [await payment(cashier, price, 'CASH')],
        total: gbp(price),
      });
    const [first, second] = [sales.slice(0, 20), sales.slice(12)];
    const [firstKey, secondKey] = [randomUUID(), randomUUID()];

    const webOrders = pickups.length + 1;
    await until('the ERP has what the web sold', async () => (await inErp()).length === webOrders);
    const unheard = submit(first, firstKey).catch(() => 'the house is gone');
    await until('some of it is recorded', async () => (await inErp()).length > webOrders);
    await house.kill();
    await unheard;
    house = await startHouse({ dataDirectory: house.dataDirectory, environment });
    await signIn();

    const again = await brought(first, firstKey);
    expect(again).toMatchObject({ duplicates: [], userErrors: [] });
    expect(again.accepted).toHaveLength(20);
    expect(await brought(first, firstKey)).toEqual({ ...again, replayed: true });
    const overlapping = await brought(second, secondKey);
    expect(overlapping.duplicates).toEqual(first.slice(12).map((sale) => sale.registerTransactionId));
    expect(overlapping.accepted).toHaveLength(10);
    const twice = await brought(second, randomUUID());
    expect(twice).toMatchObject({ accepted: [], userErrors: [] });
    expect(twice.duplicates).toEqual(second.map((sale) => sale.registerTransactionId));

    const orders = [...again.accepted, ...overlapping.accepted];
    expect(new Set(orders.map(({ id }) => id)).size).toBe(30);
    expect(orders.every(({ status }) => status === 'COMPLETED')).toBe(true);
    await until('the ERP has them all', async () => (await inErp()).length === webOrders + 30, 30_000);
    const references = await inErp();
    expect(new Set(references).size).toBe(references.length);
    for (const { number } of orders) expect(references).toContain(number);

    // What was sold is gone; two of the three who were to collect cannot have theirs, and the parcel goes from elsewhere.
    await until('the lamps are gone', async () => (await shelf('LAMP'))['ON_HAND'] === 100 - 24);
    await until('two pickups gave way', async () => {
      const rare = await shelf('RARE');
      return rare['ON_HAND'] === 1 && rare['ALLOCATED'] === 1 && rare['AVAILABLE'] === 0;
    });
    const told = await Promise.all(
      pickups.map((id, index) =>
        index === 0
          ? historyOf(id)
          : until('its customer can be told', async () => {
              const order = await historyOf(id);
              return order.events.includes('STOCK_GONE') && order;
            }),
      ),
    );
    expect(told.map(({ status, events }) => [status, events.includes('STOCK_GONE')])).toEqual([
      ['CONFIRMED', false],
      ['CONFIRMED', true],
      ['CONFIRMED', true],
    ]);
    const moved = await until('the parcel goes from elsewhere', async () => {
      const order = await historyOf(parcel);
      return order.events.includes('STOCK_MOVED') && order;
    });
    expect(moved.fulfillmentOrders).toMatchObject([
      { state: 'CANCELED', location: { code: 'STORE' } },
      { state: 'OPEN', location: { code: 'DC' } },
    ]);
    const called = await until('people are called', async () => {
      const { businessExceptions } = dataOf(
        await admin.ask<{
          businessExceptions: { edges: { node: { kind: string; subjectId: string; detail: string } }[] };
        }>('{ businessExceptions(first: 100) { edges { node { kind subjectId detail } } } }'),
      );
      const found = businessExceptions.edges.map(({ node }) => node);
      return found.length >= 3 && found;
    });
    expect(
      called
        .filter(({ kind }) => kind === 'ORDER_STUCK')
        .map(({ subjectId }) => subjectId)
        .toSorted(),
    ).toEqual(pickups.slice(1).toSorted());
    expect(called.filter(({ kind }) => kind === 'INVENTORY_DISCREPANCY')).toMatchObject([
      { detail: expect.stringContaining('LAST') },
    ]);

    // Nothing of this had to wait for the store to be heard of again.
    expect((await availability('LAMP')).connectivity).toBe('OFFLINE');
    await heardOf(new Date());
    await until('the store is back', async () => (await availability('LAMP')).connectivity === 'ONLINE');
    expect(await availability('LAMP')).toMatchObject({ units: '76' });

    await house.stop();
    const { dataDirectory } = house;
    const store = await openDataStore({ uri: undefined, dataDirectory, logger: silentLogger });
    try {
      const variantIds = ['LAMP', 'RARE', 'CUP', 'LAST'].map(variant);
      const audited = await auditStock(store.database('inventory'), variantIds, { mayOwe: true });
      expect(audited.positions).toBeGreaterThanOrEqual(30);
    } finally {
      await store.close();
    }
  }, 120_000);
});
