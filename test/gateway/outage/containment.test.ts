import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_CONTAINMENT } from '../../../gateway/transports/contained.ts';
import { TestClock } from '../../../platform/clock.ts';
import { startTinyGraph, type TinyGraph, type TinySubgraph, until } from '../tiny-graph.ts';

const circuit = { window: 4, failuresToOpen: 3, openForMs: 1000, maxOpenForMs: 4000 };

const good: TinySubgraph = { typeDefs: 'type Query { fine: Int }', resolvers: { Query: { fine: () => 1 } } };

let graph: TinyGraph;
afterEach(() => graph.stop());

const figures = async () => (await fetch(`${graph.url}/metrics`)).text();
const reasonsOf = (errors: readonly { extensions: Record<string, unknown> }[] | undefined) =>
  errors?.map(({ extensions }) => [extensions['code'], extensions['reason'], extensions['serviceName']]);

describe('a subgraph that fails again and again', () => {
  it('is left alone for a while, then tried by one call, and asked by all once it answers', async () => {
    const clock = new TestClock();
    const shop: TinySubgraph = { typeDefs: 'type Query { hello: Int }', resolvers: {} };
    let answers = false;
    let asked = 0;
    const transport = {
      name: 'shop',
      async fetch() {
        asked += 1;
        if (!answers) throw new Error('nobody there');
        return { data: { hello: 1 } };
      },
      subscribe: () => ({ close: () => undefined }),
      check: async () => undefined,
      stop: async () => undefined,
    };
    graph = await startTinyGraph(
      { shop },
      { clock, transports: [transport], containment: { ...DEFAULT_CONTAINMENT, circuit } },
    );
    const ask = async () => reasonsOf((await graph.ask('{ hello }')).errors);

    for (let call = 0; call < 3; call += 1) {
      expect(await ask()).toEqual([['SUBGRAPH_UNAVAILABLE', 'NO_ANSWER', 'shop']]);
    }
    expect(await ask()).toEqual([['SUBGRAPH_UNAVAILABLE', 'CIRCUIT_OPEN', 'shop']]);
    expect((await graph.ask('{ hello }')).errors?.[0]?.extensions['retryAfterMs']).toBe(1000);
    expect(asked).toBe(3);
    expect(await figures()).toContain('gateway_subgraph_circuit_open{subgraph="shop"} 1');
    expect(await figures()).toContain(
      'gateway_subgraph_refusals_total{subgraph="shop",reason="circuit_open"} 2',
    );

    clock.advance(1000);
    expect(await ask()).toEqual([['SUBGRAPH_UNAVAILABLE', 'NO_ANSWER', 'shop']]);
    expect(await ask()).toEqual([['SUBGRAPH_UNAVAILABLE', 'CIRCUIT_OPEN', 'shop']]);
    answers = true;
    clock.advance(1999);
    expect(await ask()).toEqual([['SUBGRAPH_UNAVAILABLE', 'CIRCUIT_OPEN', 'shop']]);
    clock.advance(1);
    expect(await ask()).toBeUndefined();
    expect(await ask()).toBeUndefined();
    expect(asked).toBe(6);
    expect(await figures()).toContain('gateway_subgraph_circuit_open{subgraph="shop"} 0');
  });

  it('costs nothing of the others, over real connections that are refused', async () => {
    const bad: TinySubgraph = { typeDefs: 'type Query { bad: Int }', resolvers: {} };
    graph = await startTinyGraph({ good, bad }, { way: 'over HTTP', containment: { circuit } });
    await graph.takeDown('bad');
    for (let call = 0; call < 6; call += 1) {
      const { data, errors } = await graph.ask('{ fine bad }');
      expect(data).toEqual({ fine: 1, bad: null });
      const reason = call < 3 ? 'NO_ANSWER' : 'CIRCUIT_OPEN';
      expect(reasonsOf(errors)).toEqual([['SUBGRAPH_UNAVAILABLE', reason, 'bad']]);
    }
  });

  it('is still asked when what it answers is errors', async () => {
    const shop: TinySubgraph = {
      typeDefs: 'type Query { hello: Int }',
      resolvers: {
        Query: {
          hello: () => {
            throw new Error('a bug');
          },
        },
      },
    };
    graph = await startTinyGraph({ shop }, { containment: { circuit } });
    for (let call = 0; call < 8; call += 1) await graph.ask('{ hello }');
    expect(graph.calls['shop']).toHaveLength(8);
  });
});

describe('a subgraph that is slow', () => {
  it('holds so many calls and lets so many wait; one more is refused, and others are not in its way', async () => {
    const releases: (() => void)[] = [];
    const slow: TinySubgraph = {
      typeDefs: 'type Query { slow: Int }',
      resolvers: {
        Query: { slow: () => new Promise<number>((resolve) => releases.push(() => resolve(1))) },
      },
    };
    graph = await startTinyGraph({ good, slow }, { containment: { maxCalls: 1, maxWaitingCalls: 1 } });
    const first = graph.ask('{ slow }');
    await until('the subgraph was asked', () => releases.length === 1);
    // Of two at once, one waits and one is refused, whichever comes first.
    const two = [graph.ask('{ slow }'), graph.ask('{ slow }')];
    const refused = await Promise.race(two);
    expect(reasonsOf(refused.errors)).toEqual([['SUBGRAPH_UNAVAILABLE', 'OVERLOADED', 'slow']]);
    expect(await graph.ask('{ fine }')).toEqual({ data: { fine: 1 } });
    expect(releases).toHaveLength(1);

    releases[0]?.();
    expect(await first).toEqual({ data: { slow: 1 } });
    await until('the one that waited is asked', () => releases.length === 2);
    releases[1]?.();
    expect((await Promise.all(two)).filter(({ errors }) => errors === undefined)).toHaveLength(1);
    expect(await figures()).toContain(
      'gateway_subgraph_refusals_total{subgraph="slow",reason="overloaded"} 1',
    );
  });
});
