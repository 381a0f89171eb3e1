import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { authorize, browse, documents, fault, PLACE, type Placed, variantBySku } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

/** Long enough to make several orders ready before the first of them ends. */
const KEPT_SECONDS = 6;
const ORDERS = 4;
const SKU = 'HP101-NAVY-M';
const environment = { PICKUP_DAYS: String(KEPT_SECONDS / 86_400), PICKUP_REMINDER_DAYS: '0' };

let house: House;
let admin: Client;
beforeAll(async () => {
  house = await startHouse({ environment });
  admin = await sandboxClient(house.url, { role: 'admin' });
});
afterAll(() => house.remove());

interface Waiting {
  readonly order: { readonly id: string; readonly number: string };
  readonly work: string;
  readonly paymentId: string;
  readonly endsAtMs: number;
}

async function act<T>(mutation: string, inputType: string, input: object, answer: string): Promise<T> {
  const data = dataOf(
    await admin.ask<Record<string, T & { userErrors: unknown[] }>>(
      `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${answer} userErrors { code message } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    ),
  );
  const payload = data[mutation];
  if (payload === undefined || payload.userErrors.length > 0) throw new Error(JSON.stringify(payload));
  return payload;
}

async function member(): Promise<string> {
  const { customer } = await act<{ customer: { id: string } }>(
    'upsertCustomer',
    'UpsertCustomerInput',
    { givenName: 'Ada', email: 'ada@example.org' },
    'customer { id }',
  );
  const name = { customerId: customer.id, type: 'LOYALTY_NUMBER', value: 'L-7', sourceSystem: 'pos' };
  await act('linkCustomerIdentity', 'LinkIdentityInput', name, 'customer { id }');
  return customer.id;
}

interface Stock {
  readonly location: { readonly id: string; readonly code: string; readonly capabilities: readonly string[] };
  readonly availableToPromise: { readonly value: string };
}

async function storesStock(channelId: string): Promise<Stock> {
  const { productVariantBySku } = dataOf(
    await admin.ask<{ productVariantBySku: { availability: { byLocation: Stock[] } } }>(
      `query ($channel: ID!) { productVariantBySku(sku: "${SKU}") { availability(channelId: $channel) { byLocation { location { id code capabilities } availableToPromise { value } } } } }`,
      { channel: channelId },
    ),
  );
  const { byLocation } = productVariantBySku.availability;
  const stocked = byLocation.filter(
    ({ location, availableToPromise }) =>
      location.capabilities.includes('PICKUP') && Number(availableToPromise.value) >= ORDERS,
  );
  const [most] = stocked.toSorted((left, right) => left.location.code.localeCompare(right.location.code));
  if (most === undefined) throw new Error(`nowhere are ${ORDERS} of ${SKU}`);
  return most;
}

async function buyAndMakeReady(customerId: string, locationId: string): Promise<Waiting> {
  const channel = await browse(admin);
  const variant = await variantBySku(admin, SKU, channel.id);
  const { payment } = await authorize(admin, variant.price.list);
  const { placeOrder } = dataOf(
    await admin.ask<Placed>(PLACE, {
      input: {
        idempotencyKey: randomUUID(),
        channelId: channel.id,
        customerId,
        lines: [
          {
            variantId: variant.id,
            quantity: { value: '1', unit: 'C62' },
            method: 'PICKUP_IN_STORE',
            locationId,
          },
        ],
        paymentIds: [payment?.id ?? ''],
        expectedTotal: variant.price.list,
      },
    }),
  );
  const { order, userErrors } = placeOrder;
  if (order === null) throw new Error(JSON.stringify(userErrors));
  const [piece] = (await workOf(order.id)).fulfillmentOrders;
  const work = piece?.id ?? '';
  await act('acceptFulfillmentOrder', 'FulfillmentOrderActionInput', { id: work }, 'fulfillmentOrder { id }');
  const picked = { lineId: piece?.lines[0]?.id, picked: { value: '1', unit: 'C62' } };
  await act(
    'recordPick',
    'RecordPickInput',
    { fulfillmentOrderId: work, lines: [picked] },
    'fulfillmentOrder { id }',
  );
  const ready = await act<{ fulfillmentOrder: { pickup: { expiresAt: string } } }>(
    'markReadyForPickup',
    'FulfillmentOrderActionInput',
    { id: work },
    'fulfillmentOrder { pickup { expiresAt } }',
  );
  const endsAtMs = new Date(ready.fulfillmentOrder.pickup.expiresAt).getTime();
  return { order, work, paymentId: payment?.id ?? '', endsAtMs };
}

async function workOf(orderId: string) {
  const { order } = dataOf(
    await admin.ask<{
      order: {
        status: string;
        paymentStatus: string;
        loyaltyPointsEarned: number;
        fulfillmentOrders: { id: string; state: string; lines: { id: string }[] }[];
      };
    }>(
      'query ($id: ID!) { order(id: $id) { status paymentStatus loyaltyPointsEarned fulfillmentOrders { id state lines { id } } } }',
      { id: orderId },
    ),
  );
  return order;
}

it('given the house is killed while goods are given up, then each of them is given up whole, with all that follows, once', async () => {
  const customerId = await member();
  const channel = await browse(admin);
  const before = await storesStock(channel.id);
  const waiting: Waiting[] = [];
  for (let count = 0; count < ORDERS; count += 1)
    waiting.push(await buyAndMakeReady(customerId, before.location.id));
  // Whatever is decided before the death, the ERP has not heard of it.
  await fault(house.url, 'down');
  const last = Math.max(...waiting.map(({ endsAtMs }) => endsAtMs));
  const first = Math.min(...waiting.map(({ endsAtMs }) => endsAtMs));
  const spread = Math.random();
  const killAtMs = first + spread * (last - first + 1_000);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, killAtMs - Date.now())));
  await house.kill();
  house = await startHouse({ dataDirectory: house.dataDirectory, environment });
  admin = await sandboxClient(house.url, { role: 'admin' });

  const at = `killed ${Math.round(killAtMs - first)} ms after the first end`;
  for (const { order, work } of waiting) {
    await until(
      `order ${order.number} is given up, ${at}`,
      async () => {
        const { status, paymentStatus, loyaltyPointsEarned, fulfillmentOrders } = await workOf(order.id);
        return (
          status === 'CANCELED' &&
          paymentStatus === 'VOIDED' &&
          loyaltyPointsEarned === 0 &&
          fulfillmentOrders.find(({ id }) => id === work)?.state === 'PICKUP_EXPIRED'
        );
      },
      30_000,
    );
    await until(
      `the ERP has canceled ${order.number}, ${at}`,
      async () => {
        const reference = `${order.number}-CANCEL`;
        return (
          (await documents(house.url, { system: 'erp', kind: 'salesOrderCancellation', reference })).total ===
          1
        );
      },
      30_000,
    );
  }
  await until(
    'the goods are on sale again',
    async () => (await storesStock(channel.id)).availableToPromise.value === before.availableToPromise.value,
    30_000,
  );
  const { customer } = dataOf(
    await admin.ask<{
      customer: {
        loyalty: {
          pendingPoints: number;
          transactions: { edges: { node: { type: string; points: number } }[] };
        };
      };
    }>(
      'query ($id: ID!) { customer(id: $id) { loyalty { pendingPoints transactions(first: 100) { edges { node { type points } } } } } }',
      { id: customerId },
    ),
  );
  const entries = customer.loyalty.transactions.edges.map(({ node }) => node);
  expect(entries.filter(({ type }) => type === 'EARN')).toHaveLength(ORDERS);
  expect(entries.filter(({ type }) => type === 'REVERSE')).toHaveLength(ORDERS);
  expect(entries.reduce((sum, { points }) => sum + points, 0)).toBe(0);
  expect(customer.loyalty.pendingPoints).toBe(0);
}, 150_000);
