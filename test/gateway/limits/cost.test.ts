import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTinyGraph, type TinyGraph, type TinySubgraph } from '../tiny-graph.ts';

const shop: TinySubgraph = {
  typeDefs: `
    type Query {
      item: Item
      things: [Item!]
      sized(first: Int, last: Int = 3): [Item!] @listSize(slicingArguments: ["first", "last"])
      assumed(first: Int): [Item!] @listSize(assumedSize: 7, slicingArguments: ["first"])
      page(first: Int): Page @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"])
      search(text: String @cost(weight: 40)): Int
      grid: [[Item!]!]
      dear: Dear
    }
    type Mutation { act: Int @cost(weight: 2) order(input: OrderInput! @cost(weight: 1)): Int }
    input OrderInput { note: String lines: [LineInput!] @cost(weight: 4) gift: GiftInput }
    input LineInput { sku: ID! @cost(weight: 3) quantity: Int }
    input GiftInput { card: String @cost(weight: 20) }
    type Page { nodes: [Item!] edges: [Edge!] total: Int others: [Item!] }
    type Edge { node: Item }
    type Item { id: ID price: Int @cost(weight: 5) item: Item }
    type Dear @cost(weight: 100) { id: ID stamp: Stamp }
    scalar Stamp @cost(weight: 3)
  `,
  resolvers: { Query: {} },
};

describe('what an operation costs', () => {
  let graph: TinyGraph;
  beforeAll(async () => {
    // Every operation costs more than nothing, so that each refusal tells its cost.
    graph = await startTinyGraph({ shop }, { limits: { maxCost: -1 } });
  });
  afterAll(() => graph.stop());

  const costOf = async (query: string, variables: Record<string, unknown> = {}) => {
    const { errors } = await graph.ask(query, { variables });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', limit: 'cost', allowed: -1 });
    return errors?.[0]?.extensions['actual'];
  };

  it.each([
    ['an object 1, a scalar nothing', '{ item { id item { id } } }', 2],
    ['a field what is written on it', '{ item { price } }', 6],
    [
      'a type, a scalar and an argument what is written on them',
      '{ dear { id stamp } search(text: "x") }',
      143,
    ],
    ['an argument only when it is given', '{ search }', 0],
    ['a list of which nothing is said ten times its items', '{ things { price } }', 60],
    ['a list of lists a hundred times', '{ grid { id } }', 100],
    ['a list as many as are asked for', '{ sized(first: 50) { price } }', 300],
    ['what a slicing argument is by default', '{ sized { price } }', 18],
    ['what is assumed when nothing is asked', '{ assumed { id } }', 7],
    ['what is asked before what is assumed', '{ assumed(first: 2) { id } }', 2],
    [
      'a page by its own size, and other lists below it ten',
      '{ page(first: 4) { total nodes { id } others { id } } }',
      15,
    ],
    ['a page through its edges', '{ page(first: 4) { edges { node { price } } } }', 29],
    [
      'a page through fragments',
      '{ page(first: 4) { ... on Page { ...F } } } fragment F on Page { nodes { id } }',
      5,
    ],
    ['a command ten more', 'mutation { act }', 12],
    [
      'what is written on the fields of its input, for each item',
      'mutation { order(input: { note: "n", lines: [{ sku: "a" }, { sku: "b", quantity: 0 }] }) }',
      10 + 1 + 4 + 2 * 3,
    ],
    [
      'nothing for fields of the input that are null or left out',
      'mutation { order(input: { lines: null, gift: { card: null } }) }',
      11,
    ],
    [
      'for one item where a list is expected',
      'mutation { order(input: { lines: { sku: "a" }, gift: { card: "x" } }) }',
      10 + 1 + 4 + 3 + 20,
    ],
    [
      'nothing for what is left out',
      '{ item { id price @skip(if: true) item @include(if: false) { id } } }',
      1,
    ],
    ['nothing for introspection', '{ __schema { types { name } } __typename }', 0],
  ])('is %s', async (_name, query, cost) => {
    expect(await costOf(query)).toBe(cost);
  });

  it('counts input that comes by variable, whole or in part', async () => {
    const whole = 'mutation M($input: OrderInput!) { order(input: $input) }';
    const lines = [{ sku: 'a' }, { sku: 'b' }, { sku: 'c' }];
    expect(await costOf(whole, { input: { lines, gift: { card: 'x' } } })).toBe(10 + 1 + 4 + 9 + 20);
    expect(await costOf(whole, { input: { lines: null, gift: { card: null } } })).toBe(11);
    const part = 'mutation M($lines: [LineInput!]) { order(input: { lines: $lines }) }';
    expect(await costOf(part, { lines })).toBe(10 + 1 + 4 + 9);
    expect(await costOf(part, { lines: [] })).toBe(10 + 1 + 4);
    expect(await costOf(part)).toBe(10 + 1);
  });

  it('depends on the variables of each request', async () => {
    const query =
      'query Q($n: Int, $more: Boolean = false) { assumed(first: $n) { id price @include(if: $more) } }';
    expect(await costOf(query)).toBe(7);
    expect(await costOf(query, { n: 20 })).toBe(20);
    expect(await costOf(query, { n: 20, more: true })).toBe(120);
    expect(await costOf(query, { n: 0 })).toBe(0);
    expect(await costOf(query, { n: -5 })).toBe(7);
  });
});

describe('an operation that costs too much', () => {
  it('is refused before a subgraph is asked; one at the limit is answered', async () => {
    const graph = await startTinyGraph({ shop }, { limits: { maxCost: 50 } });
    const query = 'query Q($n: Int) { assumed(first: $n) { id } }';
    const refused = await graph.post(JSON.stringify({ query, variables: { n: 51 } }));
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX', limit: 'cost', actual: 51, allowed: 50 } }],
    });
    expect(graph.calls['shop']).toEqual([]);
    expect(await graph.ask(query, { variables: { n: 50 } })).toEqual({ data: { assumed: null } });
    await graph.stop();
  });
});
