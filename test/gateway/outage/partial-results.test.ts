import { afterEach, describe, expect, it } from 'vitest';
import { GraphError } from '../../../platform/errors.ts';
import { type Answer, startTinyGraph, type TinyGraph, type TinySubgraph, WAYS } from '../tiny-graph.ts';

const orders: TinySubgraph = {
  typeDefs: `
    type Query { order(id: ID!): Order orders: [Order!]! strict: Strict }
    type Mutation { note(text: String!): Note refuse: Note }
    type Note { text: String! }
    type Order @key(fields: "id") { id: ID! customer: Customer! lines: [Line!]! total: Int }
    type Line { sku: String! quantity(fail: Boolean = false): Int! }
    type Customer @key(fields: "id", resolvable: false) { id: ID! }
    type Strict @key(fields: "id") { id: ID! }
  `,
  resolvers: {
    Query: {
      order: (_: unknown, { id }: { id: string }) => order(id),
      orders: () => ['1', '2'].map(order),
      strict: () => ({ id: 's' }),
    },
    Mutation: {
      note: (_: unknown, { text }: { text: string }) => ({ text }),
      refuse: () => {
        throw new GraphError('BAD_USER_INPUT', 'not like this', { field: 'text' });
      },
    },
    Order: {
      total: () => {
        throw new Error('disk on fire at 10.0.0.7');
      },
    },
    Line: {
      quantity: ({ sku }: { sku: string }, { fail }: { fail: boolean }) => {
        if (fail && sku === 'b') throw new GraphError('BAD_USER_INPUT', 'no quantity for b');
        return 1;
      },
    },
  },
};

const order = (id: string) => ({ id, customer: { id: `c${id}` }, lines: [{ sku: 'a' }, { sku: 'b' }] });

const finance: TinySubgraph = {
  typeDefs: `
    type Query { rate: Int }
    type Order @key(fields: "id") { id: ID! payments: [Payment!] tax: Int }
    type Payment { id: ID! amount: Int! }
    type Strict @key(fields: "id") { id: ID! needed: Int! }
  `,
  resolvers: {
    Query: { rate: () => 7 },
    Order: {
      __resolveReference: async ({ id }: { id: string }) => {
        if (id === '404') throw new GraphError('FORBIDDEN', 'this order is not yours');
        return { id };
      },
      payments: ({ id }: { id: string }) => [
        { id: `p${id}`, amount: 5 },
        { id: `q${id}`, amount: id === '2' ? null : 6 },
      ],
      tax: () => 3,
    },
    Strict: { __resolveReference: async ({ id }: { id: string }) => ({ id, needed: null }) },
  },
};

const customers: TinySubgraph = {
  typeDefs: `
    type Query { customer(id: ID!): Customer }
    type Customer @key(fields: "id") { id: ID! name: String! tier: String }
  `,
  resolvers: {
    Query: { customer: (_: unknown, { id }: { id: string }) => ({ id }) },
    Customer: {
      __resolveReference: async (reference: object) => ({ ...reference }),
      name: ({ id }: { id: string }) => {
        if (id === 'c2') throw new GraphError('FORBIDDEN', 'this customer is hidden');
        return `name of ${id}`;
      },
    },
  },
};

/** Message, path and code: what a client decides by. */
const told = (answer: Answer) =>
  answer.errors?.map(({ path, extensions }) => [
    path?.join('.'),
    extensions['code'],
    extensions['serviceName'],
  ]);

describe.each(WAYS)('when something fails, %s', (way) => {
  let graph: TinyGraph;
  afterEach(() => graph.stop());
  const start = async () => {
    graph = await startTinyGraph({ orders, finance, customers }, { way });
    return graph;
  };

  it('tells an error of another subgraph at the path of the response, in the client’s own names', async () => {
    const { ask } = await start();
    const answer = await ask('{ all: orders { buyer: customer { id called: name } } }');
    // The name can never be null, so neither can its customer, its order, nor the list: null reaches the root.
    expect(answer.data).toBeNull();
    expect(told(answer)).toEqual([['all.1.buyer.called', 'FORBIDDEN', 'customers']]);
  });

  it('makes null only what must be, and tells why once', async () => {
    const { ask } = await start();
    const answer = await ask('{ orders { id payments { id amount } tax } }');
    expect(answer.data).toEqual({
      orders: [
        {
          id: '1',
          payments: [
            { id: 'p1', amount: 5 },
            { id: 'q1', amount: 6 },
          ],
          tax: 3,
        },
        { id: '2', payments: null, tax: 3 },
      ],
    });
    expect(told(answer)).toEqual([['orders.1.payments.1.amount', 'INTERNAL_SERVER_ERROR', 'finance']]);
  });

  it('tells an error of a whole entity at each field that was asked of it', async () => {
    const { ask } = await start();
    const answer = await ask('{ order(id: "404") { id owed: payments { id } tax } }');
    expect(answer.data).toEqual({ order: { id: '404', owed: null, tax: null } });
    expect(told(answer)).toEqual([
      ['order.owed', 'FORBIDDEN', 'finance'],
      ['order.tax', 'FORBIDDEN', 'finance'],
    ]);
  });

  it('says nothing of an unexpected exception but its correlation id', async () => {
    const { ask } = await start();
    const answer = await ask('{ order(id: "1") { id total } }', { headers: { 'x-correlation-id': 'c-1' } });
    expect(answer.data).toEqual({ order: { id: '1', total: null } });
    expect(told(answer)).toEqual([['order.total', 'INTERNAL_SERVER_ERROR', 'orders']]);
    expect(answer.errors?.[0]?.extensions['correlationId']).toBe('c-1');
    expect(JSON.stringify(answer)).not.toMatch(/disk|10\.0\.0\.7|stack|at /);
  });

  it('tells that a promised value is missing when no subgraph has an error for it', async () => {
    const { ask } = await start();
    const answer = await ask('{ strict { id needed } }');
    expect(answer.data).toEqual({ strict: null });
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]?.path).toEqual(['strict', 'needed']);
  });

  it('runs mutations in order and goes on after one that was refused', async () => {
    const { ask, calls } = await start();
    const answer = await ask(
      'mutation { one: note(text: "1") { text } refuse { text } two: note(text: "2") { text } }',
    );
    expect(answer.data).toEqual({ one: { text: '1' }, refuse: null, two: { text: '2' } });
    expect(told(answer)).toEqual([['refuse', 'BAD_USER_INPUT', 'orders']]);
    expect(answer.errors?.[0]?.extensions['field']).toBe('text');
    const sent = calls['orders']?.map(({ operation }) => operation).join(' ') ?? '';
    expect(sent.indexOf('one')).toBeLessThan(sent.indexOf('refuse'));
    expect(sent.indexOf('refuse')).toBeLessThan(sent.indexOf('two'));
  });

  it('keeps the position in a list of an error below it', async () => {
    const { ask } = await start();
    const answer = await ask('{ order(id: "1") { lines { sku count: quantity(fail: true) } } }');
    expect(answer.data).toEqual({ order: null });
    expect(told(answer)).toEqual([['order.lines.1.count', 'BAD_USER_INPUT', 'orders']]);
  });
});

describe('when a subgraph is down', () => {
  let graph: TinyGraph;
  afterEach(() => graph.stop());

  it('gives the rest, and its fields as null with SUBGRAPH_UNAVAILABLE at their paths', async () => {
    graph = await startTinyGraph({ orders, finance, customers }, { way: 'over HTTP' });
    await graph.takeDown('finance');
    const answer = await graph.ask('{ orders { id pay: payments { id } customer { id tier } } rate }');
    expect(answer.data).toEqual({
      orders: [
        { id: '1', pay: null, customer: { id: 'c1', tier: null } },
        { id: '2', pay: null, customer: { id: 'c2', tier: null } },
      ],
      rate: null,
    });
    expect(told(answer)?.sort()).toEqual([
      ['orders.0.pay', 'SUBGRAPH_UNAVAILABLE', 'finance'],
      ['orders.1.pay', 'SUBGRAPH_UNAVAILABLE', 'finance'],
      ['rate', 'SUBGRAPH_UNAVAILABLE', 'finance'],
    ]);
    expect(JSON.stringify(answer)).not.toContain('ECONNREFUSED');
  });

  it('is not ready, and says which part is not', async () => {
    graph = await startTinyGraph({ orders, finance, customers }, { way: 'over HTTP' });
    await graph.takeDown('finance');
    const response = await fetch(`${graph.url}/readyz`);
    expect(response.status).toBe(503);
    const { parts } = (await response.json()) as { parts: { name: string; ready: boolean }[] };
    expect(parts.filter(({ ready }) => !ready).map(({ name }) => name)).toEqual(['subgraph finance']);
    expect((await fetch(`${graph.url}/healthz`)).status).toBe(200);
  });

  it('stops waiting at the deadline', async () => {
    const slow: TinySubgraph = {
      typeDefs: 'type Query { never: Int soon: Int }',
      resolvers: { Query: { never: () => new Promise(() => undefined), soon: () => 1 } },
    };
    graph = await startTinyGraph({ slow, finance }, { requestTimeoutMs: 80 });
    const answer = await graph.ask('{ never rate }');
    expect(answer.data).toEqual({ never: null, rate: 7 });
    expect(told(answer)).toEqual([['never', 'DEADLINE_EXCEEDED', 'slow']]);
  });
});
