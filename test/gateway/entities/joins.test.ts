import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANNERS, startTinyGraph, type TinyGraph, type TinySubgraph, WAYS } from '../tiny-graph.ts';

const attributes = Object.freeze({ colours: Object.freeze(['red']) });

const products: TinySubgraph = {
  typeDefs: `
    scalar JSON
    type Query { product(id: ID!): Product products: [Product!]! newest: Item vehicle: Vehicle anything: [Thing!]! }
    interface Item { id: ID! }
    type Product implements Item @key(fields: "id") { id: ID! title: String! weight: Int! rank: Int! @shareable attributes: JSON brand: Brand alternatives: [Product!]! }
    type Brand @key(fields: "id") { id: ID! name: String! }
    type Leaflet { id: ID! rank: Int }
    union Thing = Product | Leaflet
    interface Vehicle @key(fields: "id") { id: ID! wheels: Int! }
    type Van implements Vehicle @key(fields: "id") { id: ID! wheels: Int! }
    type Bike implements Vehicle @key(fields: "id") { id: ID! wheels: Int! }
  `,
  resolvers: {
    Query: {
      product: (_: unknown, { id }: { id: string }) => (id === '0' ? null : product(id)),
      products: () => ['1', '2', '3'].map(product),
      newest: () => ({ __typename: 'Product', ...product('3') }),
      vehicle: () => ({ __typename: 'Van', id: 'v1', wheels: 4 }),
      anything: () => [
        { __typename: 'Product', ...product('1') },
        { __typename: 'Leaflet', id: 'l', rank: 0 },
      ],
    },
    Product: {
      __resolveReference: async ({ id }: { id: string }) => product(id),
      alternatives: () => [product('1'), product('2'), product('1')],
    },
    Brand: { __resolveReference: async ({ id }: { id: string }) => ({ id, name: `brand ${id}` }) },
    Vehicle: { __resolveReference: async ({ id }: { id: string }) => ({ __typename: 'Van', id, wheels: 4 }) },
    Van: { __resolveReference: async ({ id }: { id: string }) => ({ id, wheels: 4 }) },
  },
};

const product = (id: string) => ({
  id,
  title: `title ${id}`,
  weight: Number(id) * 10,
  rank: 0,
  attributes,
  brand: { id: 'b' },
});

const stock: TinySubgraph = {
  typeDefs: `
    type Query { stockOf(id: ID!): Product }
    type Product @key(fields: "id") { id: ID! weight: Int! @external available(unit: String = "piece"): Int shipping: Int @requires(fields: "weight") }
    type Vehicle @key(fields: "id") @interfaceObject { id: ID! parkedAt: String! }
  `,
  resolvers: {
    Query: { stockOf: (_: unknown, { id }: { id: string }) => ({ id }) },
    Product: {
      __resolveReference: async (reference: object) => ({ ...reference }),
      available: ({ id }: { id: string }, { unit }: { unit: string }) => (unit === 'box' ? 0 : Number(id)),
      shipping: ({ weight }: { weight: number }) => weight * 2,
    },
    Vehicle: {
      __resolveReference: async ({ id }: { id: string }) => ({ id }),
      parkedAt: ({ id }: { id: string }) => `bay ${id}`,
    },
  },
};

const reviews: TinySubgraph = {
  typeDefs: `
    type Query { latestReview: Review }
    type Review { id: ID! product: Product! }
    type Product @key(fields: "id") { id: ID! rank: Int @shareable reviews(minimum: Int): [Review!]! }
  `,
  resolvers: {
    Query: { latestReview: () => ({ id: 'r0', product: { id: '2' } }) },
    Product: {
      __resolveReference: async (reference: object) => ({ ...reference }),
      reviews: ({ id }: { id: string }) => [{ id: `r${id}`, product: { id } }],
    },
  },
};

const PLANNED_WAYS = PLANNERS.flatMap((planner) => WAYS.map((way) => ({ planner, way })));

describe.each(PLANNED_WAYS)('a query over three subgraphs, planned by $planner, $way', (options) => {
  let graph: TinyGraph;
  beforeAll(async () => {
    graph = await startTinyGraph({ products, stock, reviews }, options);
  });
  afterAll(() => graph.stop());

  it('joins fields of the same entity, under aliases and through fragments', async () => {
    const answer = await graph.ask(
      `
      query Page($unit: String, $few: Boolean!) {
        one: product(id: "1") { ...Card pieces: available boxes: available(unit: $unit) reviews @skip(if: $few) { id } }
        latestReview { product { title reviews { id product { available } } } }
      }
      fragment Card on Product { name: title available }
    `,
      { variables: { unit: 'box', few: true } },
    );
    expect(answer).toEqual({
      data: {
        one: { name: 'title 1', available: 1, pieces: 1, boxes: 0 },
        latestReview: { product: { title: 'title 2', reviews: [{ id: 'r2', product: { available: 2 } }] } },
      },
    });
  });

  it('gives a subgraph what it @requires from another', async () => {
    expect(await graph.ask('{ products { id shipping } stockOf(id: "7") { shipping title } }')).toEqual({
      data: {
        products: [
          { id: '1', shipping: 20 },
          { id: '2', shipping: 40 },
          { id: '3', shipping: 60 },
        ],
        stockOf: { shipping: 140, title: 'title 7' },
      },
    });
  });

  it('asks for each distinct entity once, however often it occurs', async () => {
    const before = graph.calls['stock']?.length ?? 0;
    const answer = await graph.ask('{ products { alternatives { available } } }');
    const row = { alternatives: [{ available: 1 }, { available: 2 }, { available: 1 }] };
    expect(answer).toEqual({ data: { products: [row, row, row] } });
    expect(graph.calls['stock']?.length).toBe(before + 1);
  });

  it('asks once for what is found at several places of the response', async () => {
    const before = graph.calls['stock']?.length ?? 0;
    const answer = await graph.ask(`{
      one: product(id: "1") { available } same: product(id: "1") { available } none: product(id: "0") { available }
      products { available }
    }`);
    expect(answer).toEqual({
      data: {
        one: { available: 1 },
        same: { available: 1 },
        none: null,
        products: [{ available: 1 }, { available: 2 }, { available: 3 }],
      },
    });
    expect(graph.calls['stock']?.length).toBe(before + 1);
  });

  it('keeps apart what two paths to the same entity asked with other arguments', async () => {
    const answer = await graph.ask(`{
      a: product(id: "1") { alternatives { stock: available(unit: "box") } }
      b: product(id: "1") { alternatives { stock: available } }
    }`);
    expect(answer.data).toEqual({
      a: { alternatives: [{ stock: 0 }, { stock: 0 }, { stock: 0 }] },
      b: { alternatives: [{ stock: 1 }, { stock: 2 }, { stock: 1 }] },
    });
  });

  it('keeps 0 where the members of a union differ in what may be null', async () => {
    const answer = await graph.ask(
      '{ anything { __typename ... on Leaflet { rank } ... on Product { rank available } } }',
    );
    expect(answer.data).toEqual({
      anything: [
        { __typename: 'Product', rank: 0, available: 1 },
        { __typename: 'Leaflet', rank: 0 },
      ],
    });
  });

  it('resolves interfaces, also one that another subgraph extends as an interface object', async () => {
    expect(
      await graph.ask(
        '{ newest { __typename id ... on Product { available } } vehicle { __typename parkedAt ... on Van { wheels } } }',
      ),
    ).toEqual({
      data: {
        newest: { __typename: 'Product', id: '3', available: 3 },
        vehicle: { __typename: 'Van', parkedAt: 'bay v1', wheels: 4 },
      },
    });
  });

  it('hands scalars through as they are and changes nothing that belongs to a subgraph', async () => {
    const answer = await graph.ask(
      '{ products { attributes brand { name } } again: product(id: "1") { attributes } }',
    );
    expect(answer.data).toMatchObject({ again: { attributes: { colours: ['red'] } } });
    expect(attributes).toEqual({ colours: ['red'] });
  });

  it('answers null for an entity that does not exist, without asking on', async () => {
    const before = graph.calls['stock']?.length;
    expect(await graph.ask('{ product(id: "0") { title available } }')).toEqual({ data: { product: null } });
    expect(graph.calls['stock']?.length).toBe(before);
  });

  it('tells every subgraph who asks and under which correlation id', async () => {
    await graph.ask('{ product(id: "5") { available } }', {
      as: { subject: 'ada' },
      headers: { 'x-correlation-id': 'trace-1' },
    });
    for (const name of ['products', 'stock']) {
      const headers = graph.calls[name]?.at(-1)?.headers ?? {};
      expect(JSON.parse(headers['x-graph-identity'] ?? '{}')).toMatchObject({ subject: 'ada' });
      expect(headers['x-correlation-id']).toBe('trace-1');
    }
  });

  it('answers introspection itself, beside fields of subgraphs', async () => {
    const answer = await graph.ask(
      '{ __schema { queryType { name } } __type(name: "Brand") { kind } product(id: "1") { title } __typename }',
    );
    expect(answer).toEqual({
      data: {
        __schema: { queryType: { name: 'Query' } },
        __type: { kind: 'OBJECT' },
        product: { title: 'title 1' },
        __typename: 'Query',
      },
    });
  });
});
