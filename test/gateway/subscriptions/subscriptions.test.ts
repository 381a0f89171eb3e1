import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { GatewayOptions } from '../../../gateway/index.ts';
import { EventBuffer } from '../../../gateway/subscriptions/event-buffer.ts';
import { GraphError } from '../../../platform/errors.ts';
import { startTinyGraph, type TinyGraph, type TinySubgraph, until, WAYS, type Way } from '../tiny-graph.ts';

/** Subscribers of the orders subgraph, so that a test can publish to them and count those that are left. */
function createFeed() {
  const open = new Set<EventBuffer<unknown>>();
  return {
    open,
    publish(event: unknown) {
      for (const buffer of open) buffer.push(event);
    },
    complete() {
      for (const buffer of open) buffer.complete();
    },
    listen() {
      const buffer: EventBuffer<unknown> = new EventBuffer({ max: 10_000, onEnd: () => open.delete(buffer) });
      open.add(buffer);
      return buffer;
    },
  };
}

describe.each(WAYS)('a subscription, %s', (way: Way) => {
  let graph: TinyGraph;
  afterEach(() => graph.stop());

  const start = async (options: Partial<GatewayOptions> = {}) => {
    const feed = createFeed();
    const orders: TinySubgraph = {
      typeDefs: `
        type Query { orders: Int }
        type Subscription { orderChanged: Order! refused: Order secret: Order @authenticated }
        type Order @key(fields: "id") { id: ID! status: String! customer: Customer lines: [Line!]! }
        type Line { sku: String! customer: Customer! }
        type Customer @key(fields: "id", resolvable: false) { id: ID! }
      `,
      resolvers: {
        Subscription: {
          orderChanged: { subscribe: () => feed.listen(), resolve: (event: unknown) => event },
          secret: { subscribe: () => feed.listen(), resolve: (event: unknown) => event },
          refused: {
            subscribe: () => {
              throw new GraphError('FORBIDDEN', 'not your orders');
            },
          },
        },
      },
    };
    const customers: TinySubgraph = {
      typeDefs: `type Query { customers: Int }
        type Customer @key(fields: "id") { id: ID! name: String tier: String! email: String @requiresScopes(scopes: [["pii"]]) }`,
      resolvers: {
        Customer: {
          __resolveReference: async ({ id }: { id: string }) => ({ id, name: `name of ${id}`, email: 'e@x' }),
          tier: ({ id }: { id: string }) => {
            if (id === 'bad') throw new GraphError('FORBIDDEN', 'no tier for you');
            return 'gold';
          },
        },
      },
    };
    graph = await startTinyGraph({ orders, customers }, { way, ...options });
    return feed;
  };
  const order = (id: string, customer: string) => ({
    id,
    status: 'OPEN',
    customer: { id: customer },
    lines: [{ sku: 's', customer: { id: customer } }],
  });
  const authorization = (identity: object) => ({ authorization: `Bearer ${JSON.stringify(identity)}` });

  it('brings fields of another subgraph with every event, in order', async () => {
    const feed = await start();
    const events = graph.socketClient().iterate({
      query:
        'subscription S($tier: Boolean!) { changed: orderChanged { id who: customer { name tier @include(if: $tier) } lines { sku customer { name } } } }',
      variables: { tier: true },
    });
    const first = events.next();
    await until('the subgraph has a subscriber', () => feed.open.size === 1);
    for (const id of ['1', '2', '3']) feed.publish(order(id, `c${id}`));
    expect((await first).value).toEqual({
      data: {
        changed: {
          id: '1',
          who: { name: 'name of c1', tier: 'gold' },
          lines: [{ sku: 's', customer: { name: 'name of c1' } }],
        },
      },
    });
    expect((await events.next()).value).toMatchObject({ data: { changed: { id: '2' } } });
    expect((await events.next()).value).toMatchObject({ data: { changed: { id: '3' } } });
  });

  it('propagates null and tells errors as a query does, and goes on', async () => {
    const feed = await start();
    const events = graph
      .socketClient()
      .iterate({ query: 'subscription { orderChanged { id customer { tier } } }' });
    const first = events.next();
    await until('the subgraph has a subscriber', () => feed.open.size === 1);
    feed.publish(order('1', 'bad'));
    feed.publish(order('2', 'good'));
    const { value } = await first;
    expect(value).toMatchObject({
      data: { orderChanged: { id: '1', customer: null } },
      errors: [
        {
          path: ['orderChanged', 'customer', 'tier'],
          extensions: { code: 'FORBIDDEN', serviceName: 'customers' },
        },
      ],
    });
    expect((await events.next()).value).toEqual({
      data: { orderChanged: { id: '2', customer: { tier: 'gold' } } },
    });
  });

  it('closes the upstream when the client goes', async () => {
    const feed = await start();
    const client = graph.socketClient();
    const one = client.iterate({ query: 'subscription { orderChanged { id } }' });
    const two = client.iterate({ query: 'subscription { orderChanged { id status } }' });
    void one.next();
    void two.next();
    await until('two subscribers', () => feed.open.size === 2);
    await one.return?.();
    await until('one subscriber is left', () => feed.open.size === 1);
    await client.dispose();
    await until('no subscriber is left', () => feed.open.size === 0);
    const figures = await (await fetch(`${graph.url}/metrics`)).text();
    expect(figures).toMatch(/gateway_subscriptions_active 0/);
  });

  it('completes when the subgraph completes, after the events that came before', async () => {
    const feed = await start();
    const events = graph
      .socketClient()
      .iterate({ query: 'subscription { orderChanged { id customer { name } } }' });
    const first = events.next();
    await until('the subgraph has a subscriber', () => feed.open.size === 1);
    feed.publish(order('1', 'c1'));
    feed.publish(order('2', 'c2'));
    feed.complete();
    expect((await first).value).toMatchObject({
      data: { orderChanged: { id: '1', customer: { name: 'name of c1' } } },
    });
    expect((await events.next()).value).toMatchObject({
      data: { orderChanged: { id: '2', customer: { name: 'name of c2' } } },
    });
    expect((await events.next()).done).toBe(true);
  });

  it('is refused by the subgraph with its own code', async () => {
    await start();
    const events = graph.socketClient().iterate({ query: 'subscription { refused { id } }' });
    await expect(events.next()).rejects.toMatchObject([
      { message: 'not your orders', extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it('does not start without the rights its field needs, and withholds fields it carries', async () => {
    const feed = await start();
    const secret = { query: 'subscription { secret { id } }' };
    const { value } = await graph.socketClient().iterate(secret).next();
    expect(value).toMatchObject({
      data: null,
      errors: [{ path: ['secret'], extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(feed.open.size).toBe(0);
    const events = graph
      .socketClient(authorization({}))
      .iterate({ query: 'subscription { secret { customer { name email } } }' });
    const first = events.next();
    await until('the subgraph has a subscriber', () => feed.open.size === 1);
    feed.publish(order('1', 'c1'));
    expect((await first).value).toMatchObject({
      data: { secret: { customer: { name: 'name of c1', email: null } } },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  it('ends with a coded error when the token does', async () => {
    const feed = await start();
    const expiresAt = new Date(Date.now() + 150).toISOString();
    const client = graph.socketClient(authorization({ expiresAt }));
    const events = client.iterate({ query: 'subscription { secret { id } }' });
    await expect(events.next()).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await until('no subscriber is left', () => feed.open.size === 0);
  });

  it('ends with a named code when a client falls too far behind', async () => {
    const feed = await start({ maxBufferedEvents: 3 });
    const events = graph
      .socketClient()
      .iterate({ query: 'subscription { orderChanged { id customer { name } } }' });
    const failed = (async () => {
      for await (const _event of { [Symbol.asyncIterator]: () => events }) {
        // Reads on until the end.
      }
    })();
    await until('the subgraph has a subscriber', () => feed.open.size === 1);
    for (let index = 0; index < 200; index += 1) feed.publish(order(String(index), 'c1'));
    await expect(failed).rejects.toMatchObject([{ extensions: { code: 'SUBSCRIPTION_BUFFER_FULL' } }]);
    await until('no subscriber is left', () => feed.open.size === 0);
  });

  it('is closed with a code that asks to connect again when the gateway stops', async () => {
    const feed = await start();
    const socket = new WebSocket(`${graph.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.once('message', () =>
      socket.send('{"id":"1","type":"subscribe","payload":{"query":"subscription { orderChanged { id } }"}}'),
    );
    await until('the subgraph has a subscriber', () => feed.open.size === 1);
    await graph.gateway.stop();
    expect(await closed).toBe(4503);
    await until('no subscriber is left', () => feed.open.size === 0);
  });
});

describe('a subscription whose subgraph goes down', () => {
  it('ends with a coded error, after which the client may subscribe again', async () => {
    const feed = createFeed();
    const orders: TinySubgraph = {
      typeDefs: 'type Query { orders: Int } type Subscription { ticked: Int }',
      resolvers: {
        Subscription: { ticked: { subscribe: () => feed.listen(), resolve: (event: unknown) => event } },
      },
    };
    const graph = await startTinyGraph({ orders }, { way: 'over HTTP' });
    const events = graph.socketClient().iterate({ query: 'subscription { ticked }' });
    const first = events.next();
    await until('the subgraph has a subscriber', () => feed.open.size === 1);
    feed.publish(1);
    expect((await first).value).toEqual({ data: { ticked: 1 } });
    const next = events.next();
    await graph.takeDown('orders');
    await expect(next).rejects.toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'orders' } },
    ]);
    await graph.stop();
  });
});

describe('a WebSocket', () => {
  let graph: TinyGraph;
  afterEach(() => graph.stop());
  const shop: TinySubgraph = {
    typeDefs: 'type Query { hello: String } type Mutation { add: Int }',
    resolvers: { Query: { hello: () => 'hello' }, Mutation: { add: () => 1 } },
  };

  it('is refused with 4403 when its token is bad', async () => {
    graph = await startTinyGraph({ shop });
    const events = graph.socketClient({ authorization: 'Bearer nonsense' }).iterate({ query: '{ hello }' });
    await expect(events.next()).rejects.toMatchObject({ code: 4403 });
  });

  it('also answers queries and mutations, and refuses what is not valid', async () => {
    graph = await startTinyGraph({ shop });
    const client = graph.socketClient();
    expect((await client.iterate({ query: '{ hello }' }).next()).value).toEqual({ data: { hello: 'hello' } });
    expect((await client.iterate({ query: 'mutation { add }' }).next()).value).toEqual({ data: { add: 1 } });
    await expect(client.iterate({ query: '{ nope }' }).next()).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    await expect(client.iterate({ query: '{ nope' }).next()).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
    ]);
  });
});
