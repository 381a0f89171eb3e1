import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApolloRunner } from '../../../gateway/apollo-engine.ts';
import { startTinyGraph, type TinyGraph, type TinySubgraph } from '../tiny-graph.ts';

const shop: TinySubgraph = {
  typeDefs: `type Query { product(id: ID!): Product secret: String @authenticated } type Subscription { ticked: Int } type Mutation { rename(id: ID!, to: String!): Product }
    type Product @key(fields: "id") { id: ID! title: String }`,
  resolvers: {
    Query: {
      product: (_: unknown, { id }: { id: string }) => ({ id, title: `title ${id}` }),
      secret: () => 's',
    },
    Mutation: { rename: (_: unknown, { id, to }: { id: string; to: string }) => ({ id, title: to }) },
  },
};
const stock: TinySubgraph = {
  typeDefs:
    'type Query { total: Int } type Product @key(fields: "id") { id: ID! available: Int margin: Int @requiresScopes(scopes: [["m"]]) }',
  resolvers: {
    Product: { __resolveReference: async ({ id }: { id: string }) => ({ id, available: 0, margin: 1 }) },
  },
};

describe('the stock gateway behind our doors', () => {
  let graph: TinyGraph;
  beforeAll(async () => {
    graph = await startTinyGraph({ shop, stock }, { createRunner: createApolloRunner, way: 'over HTTP' });
  });
  afterAll(() => graph.stop());

  it('answers as ours does, over the same transports', async () => {
    const query =
      'query Q($id: ID!) { p: product(id: $id) { title available __typename } __schema { queryType { name } } }';
    expect(await graph.ask(query, { variables: { id: '1' } })).toEqual({
      data: {
        p: { title: 'title 1', available: 0, __typename: 'Product' },
        __schema: { queryType: { name: 'Query' } },
      },
    });
    expect(await graph.ask('mutation { rename(id: "2", to: "x") { title available } }')).toEqual({
      data: { rename: { title: 'x', available: 0 } },
    });
  });

  it('is no way around authorization', async () => {
    const answer = await graph.ask('{ secret product(id: "1") { title margin } }');
    expect(answer.data).toEqual({ secret: null, product: { title: 'title 1', margin: null } });
    expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual([
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
    ]);
    expect(graph.calls['stock']?.some(({ operation }) => operation.includes('margin'))).toBe(false);
  });

  it('says that it has no subscriptions', async () => {
    const events = graph.socketClient().iterate({ query: 'subscription { ticked }' });
    expect((await events.next()).value).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  it('gives partial results with our codes', async () => {
    await graph.takeDown('stock');
    const answer = await graph.ask('{ product(id: "1") { title available } }');
    expect(answer.data).toEqual({ product: { title: 'title 1', available: null } });
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      serviceName: 'stock',
    });
  });
});
