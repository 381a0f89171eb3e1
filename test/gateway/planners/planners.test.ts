import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANNERS, startTinyGraph, type TinyGraph, type TinySubgraph } from '../tiny-graph.ts';

let written: string[] = [];

const shop: TinySubgraph = {
  typeDefs: `
    type Query { reviews: [Review!]! offers: [Offer!]! nothing: Product }
    type Mutation { first(to: String!): Product! third(to: String!): Product! }
    type Subscription { renamed: Product! }
    type Review { id: ID! author: Author! @provides(fields: "name") }
    type Author @key(fields: "id") { id: ID! name: String! @external }
    interface Offer { id: ID! price: Int! }
    type Sale implements Offer @key(fields: "id") { id: ID! price: Int! until: String! }
    type Regular implements Offer @key(fields: "id") { id: ID! price: Int! }
    type Product @key(fields: "id") { id: ID! title: String! size: Size! }
    type Size { width: Int! height: Int! }
  `,
  resolvers: {
    Query: {
      reviews: () => [{ id: 'r1', author: { id: 'a1', name: 'provided' } }],
      offers: () => [
        { __typename: 'Sale', id: 's', price: 0, until: 'May' },
        { __typename: 'Regular', id: 'r', price: 5 },
      ],
      nothing: () => null,
    },
    Mutation: {
      first: (_: unknown, { to }: { to: string }) => write(to),
      third: (_: unknown, { to }: { to: string }) => write(to),
    },
    Subscription: {
      renamed: {
        subscribe: async function* () {
          yield { renamed: product('1') };
        },
      },
    },
    Product: { __resolveReference: async ({ id }: { id: string }) => product(id) },
  },
};

const product = (id: string) => ({ id, title: `title ${id}`, size: { width: 2, height: 3 } });

const write = (to: string) => {
  written.push(to);
  return product(to);
};

const stock: TinySubgraph = {
  typeDefs: `
    type Query { authors: [Author!]! }
    type Mutation { second(to: String!): Int! }
    type Author @key(fields: "id") { id: ID! name: String! born: Int! }
    type Size { width: Int! @external height: Int! @external }
    type Product @key(fields: "id") {
      id: ID! size: Size! @external shelf: Int! @requires(fields: "size { width height }") available: Boolean!
    }
    type Sale @key(fields: "id") { id: ID! left: Int! }
    type Regular @key(fields: "id") { id: ID! left: Int! }
  `,
  resolvers: {
    Query: { authors: () => [] },
    Mutation: {
      second: (_: unknown, { to }: { to: string }) => {
        written.push(to);
        return 0;
      },
    },
    Author: { __resolveReference: async ({ id }: { id: string }) => ({ id, name: 'looked up', born: 1815 }) },
    Product: {
      __resolveReference: async (reference: object) => ({ ...reference, available: false }),
      shelf: ({ size }: { size: { width: number; height: number } }) => size.width * size.height,
    },
    Sale: { __resolveReference: async ({ id }: { id: string }) => ({ id, left: 0 }) },
    Regular: { __resolveReference: async ({ id }: { id: string }) => ({ id, left: 7 }) },
  },
};

describe.each(PLANNERS)('plans of %s', (planner) => {
  let graph: TinyGraph;
  beforeAll(async () => {
    graph = await startTinyGraph({ shop, stock }, { planner });
  });
  afterAll(() => graph.stop());
  const callsOf = (name: string) => graph.calls[name]?.length ?? 0;

  it('take a provided field where it is provided, and look up only what is not', async () => {
    const before = callsOf('stock');
    expect(await graph.ask('{ reviews { author { name } } }')).toEqual({
      data: { reviews: [{ author: { name: 'provided' } }] },
    });
    expect(callsOf('stock')).toBe(before);
    expect(await graph.ask('{ reviews { author { born } } }')).toEqual({
      data: { reviews: [{ author: { born: 1815 } }] },
    });
    expect(callsOf('stock')).toBe(before + 1);
  });

  it('do the commands of one mutation in the order they are written, whichever subgraph each is for', async () => {
    written = [];
    const answer = await graph.ask(
      'mutation { third(to: "3") { id } second(to: "2") first(to: "1") { title available } }',
    );
    expect(answer).toEqual({
      data: { third: { id: '3' }, second: 0, first: { title: 'title 1', available: false } },
    });
    expect(written).toEqual(['3', '2', '1']);
    expect(Object.keys(answer.data as object)).toEqual(['third', 'second', 'first']);
  });

  it.each([
    [true, [{ left: 0 }, { left: 7 }]],
    [false, [{}, {}]],
  ])('ask another subgraph only when @include says so: %s', async (more, offers) => {
    const before = callsOf('stock');
    const query =
      'query($more: Boolean!) { offers { ... on Sale @include(if: $more) { left } ... on Regular { left @include(if: $more) } } }';
    expect(await graph.ask(query, { variables: { more } })).toEqual({ data: { offers } });
    expect(callsOf('stock') > before).toBe(more);
  });

  it('keep 0, false and "nothing there" apart, through interfaces, fragments and aliases', async () => {
    expect(
      await graph.ask(`{
        offers { cost: price kind: __typename ...Rest } nothing { available }
      }
      fragment Rest on Offer { ... on Sale { until pieces: left } ... on Regular { pieces: left } }`),
    ).toEqual({
      data: {
        offers: [
          { cost: 0, kind: 'Sale', until: 'May', pieces: 0 },
          { cost: 5, kind: 'Regular', pieces: 7 },
        ],
        nothing: null,
      },
    });
  });

  it('gather nested parts for a @requires, and run for every event of a subscription', async () => {
    const events = graph.socketClient().iterate({ query: 'subscription { renamed { title shelf } }' });
    expect((await events.next()).value).toEqual({ data: { renamed: { title: 'title 1', shelf: 6 } } });
    expect((await events.next()).done).toBe(true);
  });

  it('choose the named operation of a document that holds several', async () => {
    const query = 'query A { authors { id } } query B { reviews { id } }';
    const response = await graph.post(JSON.stringify({ query, operationName: 'B' }));
    expect(await response.json()).toEqual({ data: { reviews: [{ id: 'r1' }] } });
  });
});
