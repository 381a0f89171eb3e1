import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { until } from '../kit/until.ts';

/** The operations of the README's tour by name, as they stand there. */
const operations = new Map(
  [
    ...readFileSync('README.md', 'utf8').matchAll(
      /```graphql\n((?:query|mutation|subscription) (\w+)[\s\S]*?)```/g,
    ),
  ].map((match) => [match[2] ?? '', match[1] ?? '']),
);

describe("the README's tour", () => {
  let house: House;
  let admin: Client;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    house = await startHouse();
    admin = await sandboxClient(house.url, { role: 'admin' });
  });
  afterAll(() => house.remove());

  const text = (name: string) => {
    const operation = operations.get(name);
    if (operation === undefined) throw new Error(`the README has no operation ${name}`);
    return operation.replaceAll(/\{\{(\w+)\}\}/g, (_, id: string) => ids.get(id) ?? 'not-known-yet');
  };
  const paste = async <D>(name: string) => dataOf(await admin.ask<D>(text(name)));
  const note = (name: string, id: string | undefined) => ids.set(name, id ?? '');

  it('shows what is there to buy', async () => {
    interface Browse {
      channelByCode: { id: string };
      productVariantBySku: {
        id: string;
        title: string;
        price: { list: { amount: string } };
        availability: { status: string; freshness: { basis: string } };
      };
    }
    // The first paste tells the channel's id, as a person would find it out; the second uses it.
    note('channel', (await admin.ask<Browse>(text('Browse'))).data?.channelByCode.id);
    const shown = await paste<Browse>('Browse');
    note('variant', shown.productVariantBySku.id);
    expect(shown.productVariantBySku).toMatchObject({
      title: 'Storm jacket, Navy, M',
      price: { list: { amount: '129.00' } },
      availability: { status: 'IN_STOCK' },
    });
  });

  it('pays and orders, once however often it is pasted', async () => {
    const { authorizePayment } = await paste<{
      authorizePayment: { payment: { id: string; state: string }; userErrors: [] };
    }>('Pay');
    expect(authorizePayment).toMatchObject({ payment: { state: 'AUTHORIZED' }, userErrors: [] });
    note('payment', authorizePayment.payment.id);
    interface Order {
      placeOrder: {
        order: { id: string; status: string };
        operation: { id: string };
        replayed: boolean;
        userErrors: [];
      };
    }
    const { placeOrder } = await paste<Order>('Order');
    expect(placeOrder).toMatchObject({ order: { status: 'CONFIRMED' }, replayed: false, userErrors: [] });
    note('order', placeOrder.order.id);
    note('operation', placeOrder.operation.id);
    expect((await paste<Order>('Order')).placeOrder).toMatchObject({
      order: { id: placeOrder.order.id },
      replayed: true,
    });
  });

  it('sees everything about the order in one answer', async () => {
    interface Everything {
      order: {
        erpSync: { state: string; externalId: string };
        invoices: { total: { amount: string } }[];
        fulfillmentOrders: { id: string }[];
        total: { amount: string };
      };
    }
    const order = await until('the ERP has answered', async () => {
      const shown = (await paste<Everything>('Everything')).order;
      return shown.erpSync.state === 'ACKNOWLEDGED' && shown.invoices.length === 1 && shown;
    });
    expect(order).toMatchObject({ total: { amount: '129.00' }, invoices: [{ total: { amount: '129.00' } }] });
    note('work', order.fulfillmentOrders[0]?.id);
  });

  it('watches the order being shipped', async () => {
    const watched = admin.listen<{ orderUpdated: { status: string } }>(text('Watch'));
    await until('it shows where the order stands', () => watched.events.length > 0);
    expect((await paste<{ acceptFulfillmentOrder: unknown }>('Accept')).acceptFulfillmentOrder).toMatchObject(
      { userErrors: [], fulfillmentOrder: { state: 'ACCEPTED' } },
    );
    expect((await paste<{ createShipment: unknown }>('Ship')).createShipment).toMatchObject({
      userErrors: [],
    });
    await until('the order is completed', () =>
      watched.events.some((event) => event.data?.orderUpdated.status === 'COMPLETED'),
    );
    await watched.stop();
  });

  it('shows what the outside world made of it', async () => {
    expect(await paste('Operations')).toMatchObject({
      operation: { state: 'SUCCEEDED', steps: [{ system: 'erp', state: 'SUCCEEDED' }] },
      systems: expect.arrayContaining([
        expect.objectContaining({ code: 'erp', state: 'UP', breaker: 'CLOSED' }),
      ]),
      businessExceptions: { edges: [] },
    });
  });

  it('names every command it tells a reader to type', () => {
    const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);
    const named = [...readFileSync('README.md', 'utf8').matchAll(/npm run ([\w:]+)/g)].map(
      (match) => match[1],
    );
    expect(named.filter((name) => name !== undefined && !scripts.includes(name))).toEqual([]);
  });

  it('points only to what is there', () => {
    const readme = readFileSync('README.md', 'utf8');
    const links = [
      ...readme.matchAll(/\]\(([^)#:]+)\)/g),
      ...readme.matchAll(/`((?:test|docs|bench|connectors)\/[\w./-]+)`/g),
    ];
    expect(links.map((match) => match[1] ?? '').filter((path) => !existsSync(path))).toEqual([]);
  });
});
