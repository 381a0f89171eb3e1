import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTinyGraph, type TinyGraph, type TinySubgraph } from '../tiny-graph.ts';

let sold = 0;
const shop: TinySubgraph = {
  typeDefs: `
    type Query { price(of: Int!): Int broken: Int! stock: Int secret: Int @authenticated half: Half }
    type Half { whole: Int broken: Int }
    type Mutation { sell: Int }`,
  resolvers: {
    Query: {
      price: (_: unknown, { of }: { of: number }) => of,
      broken: () => {
        throw new Error('a surprise');
      },
      stock: () => null,
      secret: () => 1,
      half: () => ({
        whole: 1,
        broken: () => {
          throw new Error('a surprise');
        },
      }),
    },
    Mutation: {
      sell: () => {
        sold += 1;
        return sold;
      },
    },
  },
};

describe('an operation that was asked before', () => {
  let graph: TinyGraph;
  beforeAll(async () => {
    graph = await startTinyGraph({ shop });
  });
  afterAll(() => graph.stop());

  const ask = async (body: object) => {
    const response = await graph.post(JSON.stringify(body), { 'x-correlation-id': 'same' });
    const headers = Object.fromEntries(response.headers);
    const { date, ...comparable } = headers;
    return { status: response.status, headers: comparable, text: await response.text() };
  };

  it.each([
    ['whole', { query: 'query ($of: Int!) { price(of: $of) stock }', variables: { of: 3 } }, 200],
    ['in part', { query: '{ stock half { whole broken } }' }, 200],
    ['with nothing but an error', { query: '{ broken }' }, 200],
    ['without what its caller may not read', { query: '{ stock secret }' }, 200],
    ['with what is wrong with its variables', { query: 'query ($of: Int!) { price(of: $of) }' }, 400],
    ['with its schema', { query: '{ __typename __schema { queryType { name } } }' }, 200],
  ])('is answered %s, to the letter as at the first time', async (_, body, status) => {
    const first = await ask(body);
    const again = await ask(body);
    // Extensions, also empty ones, are left to Apollo Server.
    const byApolloServer = await ask({ ...body, extensions: {} });
    expect(first.status).toBe(status);
    expect(again).toEqual(first);
    expect(byApolloServer).toEqual(first);
  });

  it('is run once for each time it is asked', async () => {
    const before = sold;
    for (const nth of [1, 2, 3])
      expect((await ask({ query: 'mutation { sell }' })).text).toBe(`{"data":{"sell":${before + nth}}}`);
  });

  it('is counted by what its client got', async () => {
    const failed = async () => {
      const figures = await (await fetch(`${graph.url}/metrics`)).text();
      return Number(/gateway_requests_total\{type="query",outcome="failed"\} (\d+)/.exec(figures)?.[1] ?? 0);
    };
    await ask({ query: '{ broken }' });
    const before = await failed();
    await ask({ query: '{ broken }' });
    expect(await failed()).toBe(before + 1);
  });
});
