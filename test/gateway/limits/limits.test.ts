import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../gateway/policy/limits.ts';
import { type Answer, startTinyGraph, type TinyGraph, type TinySubgraph } from '../tiny-graph.ts';

const shop: TinySubgraph = {
  typeDefs: `
    type Query { node: Node list(first: Int, last: Int = 10): [Int!]! }
    type Node { id: ID! node: Node list(first: Int): [Int!]! }
  `,
  resolvers: {
    Query: { node: () => ({ id: '1' }), list: () => [1] },
    Node: { node: () => ({ id: '1' }), list: () => [1] },
  },
};

const nested = (depth: number): string => (depth === 1 ? 'id' : `node { ${nested(depth - 1)} }`);
const code = (answer: Answer) => answer.errors?.[0]?.extensions['code'];

describe('what one operation may ask', () => {
  let graph: TinyGraph;
  beforeAll(async () => {
    graph = await startTinyGraph({ shop }, { limits: { maxTokens: 1500 } });
  });
  afterAll(() => graph.stop());
  beforeEach(() => {
    if (graph.calls['shop']) graph.calls['shop'].length = 0;
  });

  it('is twelve fields deep and no deeper', async () => {
    expect(code(await graph.ask(`{ ${nested(12)} }`))).toBeUndefined();
    const answer = await graph.ask(`{ ${nested(13)} }`);
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
      limit: 'depth',
      actual: 13,
      allowed: 12,
    });
    expect(graph.calls['shop']).toHaveLength(1);
  });

  it('is measured through fragments, which may not hide depth', async () => {
    const answer = await graph.ask(`query { node { ...F } } fragment F on Node { ${nested(12)} }`);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ limit: 'depth', actual: 13 });
  });

  it('has at most thirty aliases', async () => {
    const aliases = (count: number) => Array.from({ length: count }, (_, index) => `a${index}: id`).join(' ');
    expect(code(await graph.ask(`{ node { ${aliases(30)} } }`))).toBeUndefined();
    expect((await graph.ask(`{ node { ${aliases(31)} } }`)).errors?.[0]?.extensions).toMatchObject({
      limit: 'aliases',
    });
  });

  it('has at most twenty fields at the root', async () => {
    const roots = Array.from({ length: 21 }, (_, index) => `r${index}: list`).join(' ');
    expect((await graph.ask(`{ ${roots} }`)).errors?.[0]?.extensions).toMatchObject({
      limit: 'root fields',
      actual: 21,
    });
  });

  it('does not unfold from a few fragments into a flood, and is refused quickly', async () => {
    const fragments = Array.from(
      { length: 40 },
      (_, index) => `fragment F${index} on Node { ...F${index + 1} x: node { ...F${index + 1} } }`,
    );
    const startedMs = performance.now();
    const answer = await graph.ask(`{ node { ...F0 } } ${fragments.join(' ')} fragment F40 on Node { id }`);
    expect(code(answer)).toBe('QUERY_TOO_COMPLEX');
    expect(performance.now() - startedMs).toBeLessThan(5000);
  });

  it('has a bounded number of tokens', async () => {
    expect(code(await graph.ask(`{ node { ${'id '.repeat(1600)} } }`))).toBe('GRAPHQL_PARSE_FAILED');
  });

  it('asks for pages of at most a hundred, by literal and by variable', async () => {
    expect((await graph.ask('{ list(first: 100) }')).data).toEqual({ list: [1] });
    const literal = await graph.ask('{ node { list(first: 101) } }');
    expect(literal.errors?.[0]?.extensions).toMatchObject({
      code: 'PAGE_TOO_LARGE',
      argument: 'list(first:)',
      actual: 101,
      allowed: 100,
    });
    const query = 'query Q($n: Int = 5) { list(last: $n) }';
    expect((await graph.ask(query)).data).toEqual({ list: [1] });
    expect((await graph.ask(query, { variables: { n: 1_000_000 } })).errors?.[0]?.extensions).toMatchObject({
      code: 'PAGE_TOO_LARGE',
      argument: 'list(last:)',
    });
    expect((await graph.ask(query, { variables: { n: 100 } })).data).toEqual({ list: [1] });
  });

  it('may be the introspection that tools send', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const answer = await graph.ask(
      getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true }),
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toHaveProperty('__schema.queryType.name', 'Query');
  });

  it('refuses a variable of the wrong type as the client’s mistake', async () => {
    const answer = await graph.ask('query Q($n: Int!) { list(first: $n) }', { variables: { n: 'many' } });
    expect(code(answer)).toBe('BAD_USER_INPUT');
    expect(graph.calls['shop']).toHaveLength(0);
  });
});

describe('the limits nobody set', () => {
  let graph: TinyGraph;
  beforeAll(async () => {
    graph = await startTinyGraph({ shop });
  });
  afterAll(() => graph.stop());

  it('are 4,000 tokens of a document', async () => {
    // With five around them, and the document's beginning. A document of so many equal fields is given up while it is validated.
    const ids = (count: number) => `{ node { ${'id '.repeat(count)} } }`;
    expect(code(await graph.ask(ids(3990)))).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(code(await graph.ask(ids(4000)))).toBe('GRAPHQL_PARSE_FAILED');
  });

  it('are 2,000 fields, 30 aliases, 20 fields at the root, 12 fields deep and 100 items of a page', () => {
    const { maxFields, maxAliases, maxRootFields, maxDepth, maxPageSize, maxCost } = DEFAULT_LIMITS;
    const figures = [maxFields, maxAliases, maxRootFields, maxDepth, maxPageSize, maxCost];
    expect(figures).toEqual([2000, 30, 20, 12, 100, 100_000]);
  });
});
