import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, dataOf, type GraphAnswer, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { browse, buy, variantBySku } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

const SKU = 'HP702-ECRU-SMALL';

interface Stock {
  readonly status: string;
  readonly availableToPromise: { readonly value: string };
}
interface Order {
  readonly id: string;
  readonly version: number;
}
const STATUS = `subscription ($variants: [ID!]!, $channel: ID!) {
  availabilityChanged(variantIds: $variants, channelId: $channel, thresholdsOnly: true) { status availableToPromise { value } }
}`;
const ORDERS = 'subscription { ordersUpdated { id version customer { id } } }';
const STOCK = `query ($variants: [ID!]!, $channel: ID!) {
  availability(variantIds: $variants, channelId: $channel) {
    status availableToPromise { value } byLocation { location { id } availableToPromise { value } }
  }
}`;

/** A dashboard loses its connection; meanwhile people buy, stock runs out and the whole house is started again. */
describe('a client that was away comes back with its last cursors', () => {
  let house: House;
  let admin: Client;
  beforeAll(async () => {
    house = await startHouse();
    admin = await sandboxClient(house.url, { role: 'admin' });
  });
  afterAll(() => house.remove());

  const cursorOf = (events: readonly GraphAnswer<unknown>[]) => {
    const cursor = events.at(-1)?.extensions?.['cursor'];
    if (typeof cursor !== 'string') throw new Error(`no cursor beside ${JSON.stringify(events.at(-1))}`);
    return cursor;
  };

  it('and knows what the server knows, with no step missed and none told twice', async () => {
    const channel = await browse(admin);
    const { id: variantId } = await variantBySku(admin, SKU, channel.id);
    const variables = { variants: [variantId], channel: channel.id };
    const stock = async () => {
      const { availability } = dataOf(
        await admin.ask<{
          availability: (Stock & {
            byLocation: { location: { id: string }; availableToPromise: { value: string } }[];
          })[];
        }>(STOCK, variables),
      );
      const [only] = availability;
      if (only === undefined) throw new Error('the article has no stock');
      return only;
    };
    const adjust = async (locationId: string, units: number) => {
      const input = {
        idempotencyKey: randomUUID(),
        locationId,
        reasonCode: 'COUNTED',
        changes: [{ variantId, delta: { value: String(units), unit: 'C62' } }],
      };
      const { adjustInventory } = dataOf(
        await admin.ask<{ adjustInventory: { userErrors: unknown[] } }>(
          'mutation ($input: AdjustInventoryInput!) { adjustInventory(input: $input) { userErrors { code message } } }',
          { input },
        ),
      );
      expect(adjustInventory.userErrors).toEqual([]);
    };
    const changeAll = async (direction: 1 | -1, amounts: ReadonlyMap<string, number>) => {
      for (const [locationId, units] of amounts) await adjust(locationId, direction * units);
    };
    expect((await stock()).status).toBe('IN_STOCK');

    const statuses = admin.listen<{ availabilityChanged: Stock }>(STATUS, variables);
    const orders = admin.listen<{ ordersUpdated: Order }>(ORDERS);
    await until('both are open', async () =>
      /gateway_subscriptions_active 2/.test(await (await fetch(new URL('/metrics', house.url))).text()),
    );
    // Sells until the first step is told, for a subscription is open a moment after the gateway has taken it.
    await buy(admin, SKU);
    await until('an order is told', () => orders.events.length > 0);
    const amounts = new Map(
      (await stock()).byLocation.flatMap(({ location, availableToPromise }) => {
        const units = Number(availableToPromise.value);
        return units > 0 ? [[location.id, units] as const] : [];
      }),
    );
    await changeAll(-1, amounts);
    await until('that it is sold out is told', () =>
      statuses.events.some(({ data }) => data?.availabilityChanged.status === 'OUT_OF_STOCK'),
    );
    await orders.stop();
    await statuses.stop();
    const seenOrders = orders.events.map(({ data }) => data?.ordersUpdated);

    await changeAll(1, amounts);
    const { order: missed } = await buy(admin, SKU);
    expect(await house.stop()).toBe(0);
    house = await startHouse({ dataDirectory: house.dataDirectory });
    admin = await sandboxClient(house.url, { role: 'admin' });

    const later = admin.listen<{ ordersUpdated: Order }>(ORDERS, {}, cursorOf(orders.events));
    const laterStatuses = admin.listen<{ availabilityChanged: Stock }>(
      STATUS,
      variables,
      cursorOf(statuses.events),
    );
    await until('the missed order is told', () =>
      later.events.some(({ data }) => data?.ordersUpdated.id === missed?.id),
    );
    await until('the missed change of stock is told', () => laterStatuses.events.length > 0);
    const { order: fresh } = await buy(admin, SKU);
    await until('and what happens from now on', () =>
      later.events.some(({ data }) => data?.ordersUpdated.id === fresh?.id),
    );
    await until('the client knows what the server knows', async () => {
      const told = laterStatuses.events.at(-1)?.data?.availabilityChanged;
      return told?.status === (await stock()).status;
    });
    expect(laterStatuses.events.at(-1)?.data?.availabilityChanged.status).toBe('IN_STOCK');
    expect(later.events[0]?.extensions).toMatchObject({ resumed: true });

    // Every version of every order, each once: what was told before, then what was missed.
    const all = [...seenOrders, ...later.events.map(({ data }) => data?.ordersUpdated)];
    for (const id of new Set(all.map((order) => order?.id))) {
      const versions = all.flatMap((order) => (order?.id === id ? [order?.version ?? 0] : []));
      expect(versions).toEqual([...new Set(versions)].sort((one, other) => one - other));
    }

    // And subscriptions that are open hold up nobody who stops the house.
    const stoppingAt = performance.now();
    expect(await house.stop()).toBe(0);
    expect(performance.now() - stoppingAt).toBeLessThan(10_000);
    await later.stop();
    await laterStatuses.stop();
  }, 120_000);
});
