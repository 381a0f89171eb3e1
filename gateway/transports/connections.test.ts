import { describe, expect, it } from 'vitest';
import { TestClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { createConnections, type SubgraphAddress } from './connections.ts';
import type { SubgraphTransport } from './transport.ts';

/** Connections over transports that do nothing but tell when they are made and stopped. */
function start(given: readonly string[] = []) {
  const made: string[] = [];
  const stopped: string[] = [];
  const clock = new TestClock();
  let inUse = false;
  const transport = (name: string, url: string): SubgraphTransport => ({
    name,
    fetch: async () => ({}),
    subscribe: () => ({ close: () => undefined }),
    check: async () => undefined,
    stop: async () => void stopped.push(url),
  });
  const connections = createConnections({
    given: given.map((name) => transport(name, `given ${name}`)),
    connect: ({ name, url }) => {
      made.push(url);
      return transport(name, url);
    },
    contain: (inner) => inner,
    retireAfterMs: 1000,
    inUse: () => inUse,
    clock,
    logger: silentLogger,
  });
  const serve = (...subgraphs: SubgraphAddress[]) => {
    connections.reach(subgraphs);
    connections.settle(subgraphs);
  };
  return {
    connections,
    made,
    stopped,
    serve,
    use: (used: boolean) => {
      inUse = used;
    },
    async pass(ms: number) {
      clock.advance(ms);
      await new Promise(setImmediate);
    },
  };
}

const at = (url: string): SubgraphAddress => ({ name: 'shop', url });

describe('ways to subgraphs', () => {
  it('stay as they are from one supergraph to the next', () => {
    const { connections, made, serve } = start(['stock']);
    serve(at('one'), { name: 'stock', url: 'elsewhere' });
    serve(at('one'), { name: 'stock', url: 'moved' });
    expect(made).toEqual(['one']);
    expect(connections.serving().map(({ name }) => name)).toEqual(['shop', 'stock']);
  });

  it('that are no longer needed are stopped when their calls have had time to end', async () => {
    const { stopped, serve, pass } = start();
    serve(at('one'));
    serve(at('two'));
    await pass(999);
    expect(stopped).toEqual([]);
    await pass(1);
    expect(stopped).toEqual(['one']);
  });

  it('are kept for what began on an older supergraph, as long as it runs', async () => {
    const { stopped, serve, use, pass } = start();
    use(true);
    serve(at('one'));
    serve(at('two'));
    await pass(1000);
    await pass(1000);
    expect(stopped).toEqual([]);
    use(false);
    await pass(1000);
    expect(stopped).toEqual(['one']);
  });

  it('that were made for a supergraph which is then refused are stopped', async () => {
    const { connections, made, stopped, serve, pass } = start();
    serve(at('one'));
    connections.reach([at('two')]);
    connections.settle([at('one')]);
    await pass(1000);
    expect([made, stopped]).toEqual([['one', 'two'], ['two']]);
  });

  it('are all stopped at the end, those that wait for their end as well, once', async () => {
    const { connections, stopped, serve, pass } = start(['stock']);
    serve(at('one'));
    serve(at('two'));
    await connections.stop();
    await pass(1000);
    expect(stopped.sort()).toEqual(['given stock', 'one', 'two']);
  });
});
