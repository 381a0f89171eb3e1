import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { channel, customer, place } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { agent, buying, cashier, guest, line, shopper } from './buying.ts';

let shop: Shop;
let buyer: ReturnType<typeof buying>;
beforeAll(async () => {
  shop = await startShop();
  buyer = buying(shop);
});
afterAll(() => shop.stop());

const ada = shopper(customer('C-ADA'));
const ben = shopper(customer('C-BEN'));

interface Page<N> {
  readonly edges: readonly { readonly node: N }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
const PAGE = 'pageInfo { hasNextPage endCursor }';

/** All nodes of a list, read page by page. */
async function allOf<N>(read: (after: string | null) => Promise<Page<N>>): Promise<N[]> {
  const nodes: N[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 50; pages += 1) {
    const page: Page<N> = await read(after);
    nodes.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage) return nodes;
    after = page.pageInfo.endCursor;
  }
  throw new Error('the list has no end');
}

const orders = (identity = agent, filter: Record<string, unknown> = {}, first = 2) =>
  allOf(async (after) => {
    const data = await shop.ask<{ orders: Page<{ id: string; placedAt: string }> }>(
      'order',
      `query ($first: Int, $after: String, $filter: OrderFilterInput) { orders(first: $first, after: $after, filter: $filter) { edges { node { id placedAt } } ${PAGE} } }`,
      { first, after, filter },
      identity,
    );
    return data.orders;
  });

describe('who sees which order', () => {
  it('given an order of a shopper, then that shopper and staff see it, and for others there is none', async () => {
    const { order } = await buyer.buy('12.50', {}, ada);
    expect((await buyer.order(order.id, ada))?.number).toBe(order.number);
    expect((await buyer.order(order.id, agent))?.number).toBe(order.number);
    expect(await buyer.order(order.id, ben)).toBeNull();
    const byNumber = 'query ($number: String!) { orderByNumber(number: $number) { id } }';
    const ofBen = await shop.ask('order', byNumber, { number: order.number }, ben);
    expect(ofBen).toEqual({ orderByNumber: null });

    expect((await orders(ada)).map(({ id }) => id)).toContain(order.id);
    expect(await orders(ben)).toEqual([]);
  });

  it('given references to an order, its line, work or customer, then the same rule holds', async () => {
    const { order } = await buyer.buy('12.50', {}, ada);
    const { order: inner } = await shop.ask<{ order: { lines: { id: string }[] } }>(
      'order',
      'query ($id: ID!) { order(id: $id) { lines { id } } }',
      { id: order.id },
    );
    const of = [
      { __typename: 'Order', id: order.id },
      { __typename: 'Order', number: order.number },
      { __typename: 'OrderLine', id: inner.lines[0]?.id },
      { __typename: 'FulfillmentOrder', id: order.fulfillmentOrders[0]?.id },
    ];
    const entities = `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on Order { id } ... on OrderLine { id } ... on FulfillmentOrder { id } } }`;
    expect(await shop.ask('order', entities, { of }, ben)).toEqual({ _entities: [null, null, null, null] });
    expect(await shop.ask('order', entities, { of }, ada)).toEqual({
      _entities: [
        { id: order.id },
        { id: order.id },
        { id: inner.lines[0]?.id },
        { id: order.fulfillmentOrders[0]?.id },
      ],
    });
    const ofAda = await shop.ask<{ _entities: [{ orders: { edges: unknown[] } }] }>(
      'order',
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { orders { edges { node { id } } } } } }',
      { of: [{ __typename: 'Customer', id: customer('C-ADA') }] },
      ben,
    );
    expect(ofAda._entities[0].orders.edges).toEqual([]);
  });

  it('given two people without an account, then each sees what the same sign-in placed', async () => {
    const [one, other] = [guest('guest-1'), guest('guest-2')];
    const { order } = await buyer.buy('12.50', {}, one);
    expect((await orders(one)).map(({ id }) => id)).toEqual([order.id]);
    expect(await buyer.order(order.id, other)).toBeNull();
    expect(await orders(other)).toEqual([]);
  });

  it('given a shopper, then lists for staff are refused', async () => {
    const work = await shop.answer(
      'order',
      'query ($at: ID!) { fulfillmentOrders(locationId: $at) { edges { node { id } } } }',
      { at: place('DC') },
      ada,
    );
    expect(work.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    await expect(shop.listen('order', 'subscription { ordersUpdated { id } }', {}, ada)).rejects.toThrow(
      'order:read',
    );
  });
});

describe('lists', () => {
  it('given many orders, then pages show each once, newest first, whatever the page size', async () => {
    const placed: string[] = [];
    for (let day = 1; day <= 5; day += 1) {
      // Two share each instant.
      const clientPlacedAt = `2026-02-0${Math.ceil(day / 2)}T10:00:00Z`;
      placed.push((await buyer.buy('2.00', { lines: [line('WRAPPING')], clientPlacedAt }, ben)).order.id);
    }
    const [byTwo, byThree] = [await orders(ben, {}, 2), await orders(ben, {}, 3)];
    expect(byTwo.map(({ id }) => id).toSorted()).toEqual(placed.toSorted());
    expect(byThree).toEqual(byTwo);
    const times = byTwo.map(({ placedAt }) => placedAt);
    expect(times).toEqual(times.toSorted().reverse());
    expect(await orders(ben, { placedAfter: '2026-02-02T00:00:00Z' })).toHaveLength(3);
    expect(await orders(ben, { statuses: ['CANCELED'] })).toEqual([]);
    expect(await orders(ben, { channelId: channel('web-nl') })).toEqual([]);
  });

  it('given a cursor of another list, then it says so', async () => {
    const after = Buffer.from('000001').toString('base64url');
    const { errors } = await shop.answer('order', `{ orders(after: "${after}") { edges { node { id } } } }`);
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('given an order with two pieces of work at one place, then its place sees both, page by page', async () => {
    const carried = line('LAMP', 1, { method: 'IN_STORE_CASH_AND_CARRY', locationId: place('STORE') });
    const sent = line('LAMP', 1, { method: 'SHIP_FROM_STORE', locationId: place('STORE') });
    const bought = [
      await buyer.buy('25.00', { lines: [carried, sent] }, cashier),
      await buyer.buy('12.50', { lines: [sent] }, cashier),
    ];
    const expected = bought.flatMap(({ order }) => order.fulfillmentOrders.map(({ id }) => id));
    expect(expected).toHaveLength(3);
    const workAt = (states: string[] | null, first: number) =>
      allOf(async (after) => {
        const data = await shop.ask<{ fulfillmentOrders: Page<{ id: string }> }>(
          'order',
          `query ($at: ID!, $states: [FulfillmentOrderState!], $first: Int, $after: String) { fulfillmentOrders(locationId: $at, states: $states, first: $first, after: $after) { edges { node { id } } ${PAGE} } }`,
          { at: place('STORE'), states, first, after },
        );
        return data.fulfillmentOrders;
      });
    for (const first of [1, 2, 10]) expect((await workAt(null, first)).map(({ id }) => id)).toEqual(expected);
    expect(await workAt(['OPEN'], 1)).toHaveLength(2);
    expect(await workAt(['PICKED_UP'], 1)).toHaveLength(1);
  });

  it('given a page of orders with all their parts, then the store is asked once for the orders and once for the returns', async () => {
    for (let bought = 0; bought < 5; bought += 1) {
      const { order } = await buyer.buy('2.00', { lines: [line('WRAPPING')] });
      // What tells the ERP reads orders too; it has to be done with all of them.
      await buyer.acknowledged(order.id);
    }
    await until(
      'nothing waits for the ERP',
      async () => (await orders(agent, { erpSyncStates: ['PENDING'] }, 100)).length === 0,
    );
    const database = shop.store.dependencies.store.database('order');
    const asked: string[] = [];
    database.set('debug', (collection: string, method: string) => asked.push(`${collection}.${method}`));
    const { orders: page } = await shop.ask<{ orders: { nodes: unknown[] } }>(
      'order',
      '{ orders(first: 5) { nodes { id returnStatus returns { id } lines { id } fulfillmentOrders { id order { number } } timeline { edges { node { type } } } } } }',
    );
    database.set('debug', false);
    expect(page.nodes).toHaveLength(5);
    expect(asked.toSorted()).toEqual(['orders.find', 'returns.find']);
  });
});

describe('watching an order', () => {
  const WATCH = 'subscription ($id: ID!) { orderUpdated(id: $id) { version status erpSync { state } } }';
  interface Seen {
    readonly version: number;
    readonly status: string;
    readonly erpSync: { readonly state: string };
  }
  const seenIn = (result: ExecutionResult) => (result.data?.['orderUpdated'] ?? null) as Seen | null;

  /** Reads events until one is as wanted; the versions on the way. */
  async function watch(events: AsyncIterableIterator<ExecutionResult>, isLast: (seen: Seen) => boolean) {
    const seen: Seen[] = [];
    for await (const event of { [Symbol.asyncIterator]: () => ({ next: () => events.next() }) }) {
      const order = seenIn(event);
      if (order === null) throw new Error(JSON.stringify(event.errors));
      seen.push(order);
      if (isLast(order)) return seen;
    }
    return seen;
  }

  it('given somebody watches, then the present state comes first and each step after, in order', async () => {
    const { order } = await buyer.buy('12.50', {}, ada);
    const known = await buyer.acknowledged(order.id);
    const events = await shop.listen('order', WATCH, { id: order.id }, ada);
    expect((await watch(events, () => true))[0]).toMatchObject({
      version: known.version,
      status: 'CONFIRMED',
    });

    const work = order.fulfillmentOrders[0]?.id ?? '';
    await buyer.accept(work);
    const [accepted] = await watch(events, () => true);
    expect(accepted).toMatchObject({ version: known.version + 1, status: 'IN_PROGRESS' });
    await buyer.ship(work);
    const [shipped] = await watch(events, () => true);
    expect(shipped).toMatchObject({ version: known.version + 2, status: 'COMPLETED' });
    await events.return?.();
  });

  it('given it is watched from its first moment, then the acknowledgement of the ERP arrives and versions only rise', async () => {
    await shop.sandbox.setFault('erp', 'down');
    const { order } = await buyer.buy('12.50');
    const events = await shop.listen('order', WATCH, { id: order.id });
    await shop.sandbox.setFault('erp', 'none');
    const seen = await watch(events, ({ erpSync }) => erpSync.state === 'ACKNOWLEDGED');
    const versions = seen.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
    expect(versions.length).toBeGreaterThan(1);
    await events.return?.();
  });

  it('given somebody else’s order, then nothing is told, not even that it exists', async () => {
    const { order } = await buyer.buy('12.50', {}, ada);
    const events = await shop.listen('order', WATCH, { id: order.id }, ben);
    const own = await shop.listen('order', WATCH, { id: order.id }, ada);
    let told = false;
    const first = events.next().then((step) => {
      told = told || step.done !== true;
    });
    await buyer.cancel(order.id);
    await watch(own, ({ status }) => status === 'CANCELED');
    expect(told).toBe(false);
    await events.return?.();
    await own.return?.();
    await first;
    expect(told).toBe(false);
  });

  it('given a service desk watches a place, then it hears of orders with work there and of no others', async () => {
    const events = await shop.listen(
      'order',
      'subscription ($at: ID!) { ordersUpdated(locationId: $at) { id number } }',
      { at: place('STORE') },
    );
    await buyer.buy('12.50', {
      lines: [line('LAMP', 1, { locationId: place('DC') })],
      idempotencyKey: newId(),
    });
    const { order } = await buyer.buy('12.50', { lines: [line('LAMP', 1, { locationId: place('STORE') })] });
    const { value } = await events.next();
    expect(value.data.ordersUpdated.id).toBe(order.id);
    await events.return?.();
  });
});
