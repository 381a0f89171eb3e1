import { expect, it } from 'vitest';
import { composeSupergraph } from '../../../gateway/supergraph/compose.ts';
import { contractOf, startTinyGraph, type TinySubgraph, until } from '../tiny-graph.ts';

it('serves a new supergraph at once, and lets running requests finish on the old one', async () => {
  let release: (value: string) => void = () => undefined;
  let asked = false;
  const shop: TinySubgraph = {
    typeDefs: 'type Query { old: String fresh: String @inaccessible }',
    resolvers: {
      Query: {
        old: () => {
          asked = true;
          return new Promise<string>((resolve) => {
            release = resolve;
          });
        },
        fresh: () => 'fresh',
      },
    },
  };
  const graph = await startTinyGraph({ shop });
  try {
    expect((await graph.ask('{ fresh }')).errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    const running = graph.ask('{ old }');
    await until('the subgraph was asked', () => asked);
    await graph.gateway.swap(composeSupergraph([contractOf('shop', 'type Query { fresh: String }')]));
    expect(await graph.ask('{ fresh }')).toEqual({ data: { fresh: 'fresh' } });
    expect((await graph.ask('{ old }')).errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    release('finished');
    expect(await running).toEqual({ data: { old: 'finished' } });
  } finally {
    await graph.stop();
  }
});

it('refuses a supergraph that does not load or cannot be reached, and keeps the one it has', async () => {
  const shop: TinySubgraph = {
    typeDefs: 'type Query { hello: String }',
    resolvers: { Query: { hello: () => 'hello' } },
  };
  const graph = await startTinyGraph({ shop });
  try {
    const refused = { extensions: { code: 'SUPERGRAPH_REFUSED' } };
    await expect(graph.gateway.swap('type Query {')).rejects.toMatchObject(refused);
    await expect(graph.gateway.swap('type Query { hello: String }')).rejects.toMatchObject(refused);
    // Hand-made: no composition would give it. It parses, and Apollo Server would not serve it.
    const untrue = graph.supergraphSdl.replace('hello: String', 'hello: String thing: Thing');
    const nodes =
      'interface Thing { id: ID! } type Rock implements Thing @join__type(graph: SHOP) { weight: Int }';
    await expect(graph.gateway.swap(`${untrue}\n${nodes}`)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('Rock'),
    });
    expect(await graph.ask('{ hello }')).toEqual({ data: { hello: 'hello' } });
    const elsewhere = composeSupergraph([
      contractOf('shop', 'type Query { a: Int }'),
      contractOf('moon', 'type Query { b: Int }'),
    ]);
    await expect(graph.gateway.swap(elsewhere)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('moon'),
    });
    expect(await graph.ask('{ hello }')).toEqual({ data: { hello: 'hello' } });
    await graph.gateway.stop();
    await expect(graph.gateway.swap(graph.supergraphSdl)).rejects.toMatchObject(refused);
  } finally {
    await graph.stop();
  }
});
