import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTinyGraph, type TinyGraph, type TinySubgraph } from '../tiny-graph.ts';

const shop: TinySubgraph = {
  typeDefs: `
    type Query { open: Int item: Item list: [Item!] }
    type Subscription { changed: Item }
    type Item { id: ID! margin: Int @requiresScopes(scopes: [["finance"]]) account: Account }
    type Account @authenticated { id: ID! }
  `,
  resolvers: {
    Query: { open: () => 1, item: () => ({ id: '1', margin: 7 }), list: () => [{ id: '1', margin: 7 }] },
  },
};

describe('a gateway that refuses what is not wholly allowed', () => {
  let graph: TinyGraph;
  beforeAll(async () => {
    graph = await startTinyGraph({ shop }, { unauthorized: 'refuse' });
  });
  afterAll(() => graph.stop());
  beforeEach(() => {
    if (graph.calls['shop']) graph.calls['shop'].length = 0;
  });

  it('answers nothing of an operation with one field too many, tells each, and asks no subgraph', async () => {
    const answer = await graph.ask(
      '{ open mine: item { id margin account { id } } ...F } fragment F on Query { list { margin } }',
      {
        as: { scopes: [] },
      },
    );
    expect(answer.data).toBeNull();
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['mine', 'margin'], 'FORBIDDEN'],
      [['list', '@', 'margin'], 'FORBIDDEN'],
    ]);
    expect(graph.calls['shop']).toEqual([]);
  });

  it('answers one that is wholly allowed, for each caller', async () => {
    const query = '{ open item { id margin } }';
    const allowed = await graph.ask(query, { as: { scopes: ['finance'] } });
    expect(allowed).toEqual({ data: { open: 1, item: { id: '1', margin: 7 } } });
    expect((await graph.ask(query)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect(await graph.ask('{ open item { id } }')).toEqual({ data: { open: 1, item: { id: '1' } } });
  });

  it('does not mind a field that this request leaves out', async () => {
    const query = 'query Q($all: Boolean!) { item { id margin @include(if: $all) } }';
    expect(await graph.ask(query, { variables: { all: false } })).toEqual({ data: { item: { id: '1' } } });
    expect((await graph.ask(query, { variables: { all: true } })).data).toBeNull();
  });

  it('opens no subscription that carries such a field', async () => {
    const client = graph.socketClient();
    const { value } = await client.iterate({ query: 'subscription { changed { id margin } }' }).next();
    expect(value).toMatchObject({
      data: null,
      errors: [{ path: ['changed', 'margin'], extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });
});
