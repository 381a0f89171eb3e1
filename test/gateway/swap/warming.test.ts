import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterEach, expect, it } from 'vitest';
import { createApolloRunner } from '../../../gateway/apollo-engine.ts';
import { createHivePlanner } from '../../../gateway/planner/hive-planner.ts';
import type { CreatePlanner } from '../../../gateway/planner/plan.ts';
import { composeSupergraph } from '../../../gateway/supergraph/compose.ts';
import { createInProcessTransport } from '../../../gateway/transports/in-process.ts';
import { contractOf, startTinyGraph, type TinyGraph, type TinySubgraph, until } from '../tiny-graph.ts';

const shop: TinySubgraph = {
  typeDefs: `type Query { hello: String price: Int @requiresScopes(scopes: [["price"]]) }
    type Subscription { ticked(every: Int): Int }`,
  resolvers: {
    Query: { hello: () => 'hello', price: () => 0 },
    Subscription: {
      ticked: {
        subscribe: async function* () {
          yield { ticked: 0 };
          await new Promise(() => undefined);
        },
      },
    },
  },
};
const withMore = composeSupergraph([
  contractOf('shop', `${shop.typeDefs} extend type Query { more: String }`),
]);

/** Plans as usual, and remembers for which supergraph what was planned. */
function watchedPlanner(): { createPlanner: CreatePlanner; planned: string[][] } {
  const planned: string[][] = [];
  const createPlanner: CreatePlanner = (sdl) => {
    const planner = createHivePlanner(sdl);
    const sources: string[] = [];
    planned.push(sources);
    return {
      plan(source, operationName) {
        sources.push(source);
        return planner.plan(source, operationName);
      },
    };
  };
  return { createPlanner, planned };
}

let graph: TinyGraph;
afterEach(() => graph.stop());

const supergraphPart = async () => {
  const { parts } = (await (await fetch(`${graph.url}/readyz`)).json()) as {
    parts: { name: string; ready: boolean; detail?: string }[];
  };
  return parts.find(({ name }) => name === 'supergraph');
};

it('plans what was asked lately, for each kind of caller, before another supergraph is served', async () => {
  const { createPlanner, planned } = watchedPlanner();
  graph = await startTinyGraph({ shop }, { createPlanner });
  const query = 'query Page { hello price }';
  const cashier = { scopes: ['price'] };
  await graph.ask(query, { as: cashier });
  await graph.ask(query);
  await graph.gateway.swap(withMore);
  expect(planned[1]).toHaveLength(2);
  expect((await graph.ask(query, { as: cashier })).data).toEqual({ hello: 'hello', price: 0 });
  expect((await graph.ask(query)).data).toEqual({ hello: 'hello', price: null });
  expect(planned[1]).toHaveLength(2);
});

it('plans known operations before anybody asks them, at the start and at a swap, and does without those that are not valid', async () => {
  const { createPlanner, planned } = watchedPlanner();
  const source = '{ hello price }';
  graph = await startTinyGraph(
    { shop },
    { createPlanner, knownOperations: [{ source }, { source: '{ gone }' }, { source: 'not a document' }] },
  );
  expect(planned).toEqual([[source]]);
  await graph.gateway.swap(withMore);
  expect(planned).toEqual([[source], [source]]);
  await graph.ask(source, { as: { scopes: ['price'] } });
  expect(planned).toEqual([[source], [source]]);
});

it('plans at most so many of what was asked lately', async () => {
  const { createPlanner, planned } = watchedPlanner();
  graph = await startTinyGraph({ shop }, { createPlanner, maxWarmedOperations: 2 });
  for (const alias of ['a', 'b', 'c']) await graph.ask(`{ ${alias}: hello }`);
  await graph.gateway.swap(withMore);
  expect(planned[1]).toEqual(['{ b: hello }', '{ c: hello }']);
});

it('refuses what would break a subscription that runs, says so at /readyz, and takes it once nobody subscribes', async () => {
  graph = await startTinyGraph({ shop });
  const events = graph.socketClient().iterate({ query: 'subscription Ticks { ticked(every: 1) }' });
  expect((await events.next()).value).toEqual({ data: { ticked: 0 } });
  const breaking = composeSupergraph([
    contractOf('shop', 'type Query { hello: String } type Subscription { ticked: Int }'),
  ]);
  await expect(graph.gateway.swap(breaking)).rejects.toMatchObject({
    message: expect.stringContaining('Ticks (1 subscribed): Unknown argument "every"'),
    extensions: { code: 'SUPERGRAPH_REFUSED', broken: [{ operationName: 'Ticks', subscribers: 1 }] },
  });
  expect(await supergraphPart()).toMatchObject({
    ready: true,
    detail: expect.stringMatching(/^serving \w+ since \S+; refused \w+ at \S+: .*Ticks \(1 subscribed\)/),
  });
  expect((await graph.ask('{ price }')).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');

  await events.return?.();
  await until('the subscription has ended', async () =>
    (await (await fetch(`${graph.url}/metrics`)).text()).includes('gateway_subscriptions_active 0'),
  );
  await graph.gateway.swap(breaking);
  expect((await supergraphPart())?.detail).not.toContain('refused');
  expect((await graph.ask('{ price }')).errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
});

it('lets a subscription that stays valid run on', async () => {
  let tick: (() => void) | undefined;
  const ticking: TinySubgraph = {
    ...shop,
    resolvers: {
      ...shop.resolvers,
      Subscription: {
        ticked: {
          subscribe: async function* () {
            for (let ticked = 0; ; ticked += 1) {
              yield { ticked };
              await new Promise<void>((resolve) => {
                tick = resolve;
              });
            }
          },
        },
      },
    },
  };
  graph = await startTinyGraph({ shop: ticking });
  const events = graph.socketClient().iterate({ query: 'subscription { ticked }' });
  expect((await events.next()).value).toEqual({ data: { ticked: 0 } });
  await graph.gateway.swap(withMore);
  const next = events.next();
  await until('the subgraph waits', () => tick !== undefined);
  tick?.();
  expect((await next).value).toEqual({ data: { ticked: 1 } });
  await events.return?.();
});

it('connects to a subgraph that a later supergraph brings, and lets go of one that is no longer named', async () => {
  const stopped: string[] = [];
  graph = await startTinyGraph(
    { shop },
    {
      requestTimeoutMs: 50,
      connect: ({ name, url }) => {
        const { typeDefs } = contractOf(name, 'type Query { moon: String }');
        const transport = createInProcessTransport({
          name,
          schema: buildSubgraphSchema([{ typeDefs, resolvers: { Query: { moon: () => url } } }]),
          contextFor: async (headers) => ({ headers }),
        });
        return {
          ...transport,
          async stop() {
            stopped.push(url);
            await transport.stop();
          },
        };
      },
    },
  );
  const moonAt = (url: string) =>
    composeSupergraph([
      contractOf('shop', shop.typeDefs),
      contractOf('moon', 'type Query { moon: String }', url),
    ]);
  await graph.gateway.swap(moonAt('http://one.invalid'));
  expect(await graph.ask('{ hello moon }')).toEqual({ data: { hello: 'hello', moon: 'http://one.invalid' } });
  await graph.gateway.swap(moonAt('http://two.invalid'));
  expect(await graph.ask('{ hello moon }')).toEqual({ data: { hello: 'hello', moon: 'http://two.invalid' } });
  await until('the old address is let go', () => stopped.includes('http://one.invalid'));
  expect(stopped).toEqual(['http://one.invalid']);
});

it('stops the stock gateway of the old supergraph', async () => {
  const alive = new Set<number>();
  let made = 0;
  graph = await startTinyGraph(
    { shop },
    {
      createRunner: async (...given) => {
        const runner = await createApolloRunner(...given);
        const id = made;
        made += 1;
        alive.add(id);
        return {
          ...runner,
          async stop() {
            await runner.stop?.();
            alive.delete(id);
          },
        };
      },
    },
  );
  await graph.gateway.swap(withMore);
  expect([...alive]).toEqual([1]);
  expect(await graph.ask('{ hello more }')).toEqual({ data: { hello: 'hello', more: null } });
  await graph.gateway.stop();
  expect([...alive]).toEqual([]);
});
