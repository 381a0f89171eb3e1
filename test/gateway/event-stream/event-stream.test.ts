import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../../../gateway/index.ts';
import { EventBuffer } from '../../../gateway/subscriptions/event-buffer.ts';
import { startTinyGraph, type TinyGraph, type TinySubgraph, until } from '../tiny-graph.ts';

let graph: TinyGraph;
const open = new Set<EventBuffer<unknown>>();
const releases: (() => void)[] = [];
afterEach(async () => {
  await graph.stop();
  open.clear();
  releases.length = 0;
});

const start = async (options: Partial<GatewayOptions> = {}) => {
  const orders: TinySubgraph = {
    typeDefs: `
      type Query { hello: String slow: Int }
      type Mutation { add: Int }
      type Subscription { changed: Order! secret: Int @authenticated }
      type Order @key(fields: "id") { id: ID! text: String }
    `,
    resolvers: {
      Query: {
        hello: () => 'hello',
        slow: () => new Promise<number>((resolve) => releases.push(() => resolve(1))),
      },
      Mutation: { add: () => 1 },
      Subscription: {
        changed: {
          subscribe: () => {
            const buffer: EventBuffer<unknown> = new EventBuffer({
              max: 10_000,
              onEnd: () => open.delete(buffer),
            });
            open.add(buffer);
            return buffer;
          },
          resolve: (event: unknown) => event,
        },
      },
    },
  };
  const names: TinySubgraph = {
    typeDefs: 'type Query { n: Int } type Order @key(fields: "id") { id: ID! name: String }',
    resolvers: {
      Order: { __resolveReference: async ({ id }: { id: string }) => ({ id, name: `name of ${id}` }) },
    },
  };
  graph = await startTinyGraph({ orders, names }, options);
};

const publish = (event: unknown) => {
  for (const buffer of open) buffer.push(event);
};

/** Opens a stream and reads its events one by one; comments are counted. */
async function stream(query: string, headers: Record<string, string> = {}) {
  const controller = new AbortController();
  const response = await fetch(`${graph.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query }),
    signal: controller.signal,
  });
  let text = '';
  const seen = { comments: 0 };
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async (): Promise<[string, unknown] | 'end'> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end !== -1) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (block === ':') {
          seen.comments += 1;
          continue;
        }
        const [, event = '', data = ''] = /^event: (\w+)\ndata:(.*)$/.exec(block) ?? [];
        return [event, data === '' ? undefined : JSON.parse(data)];
      }
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) return 'end';
      text += chunk.value;
    }
  };
  return { response, next, seen, leave: () => controller.abort() };
}

describe('a subscription over server-sent events', () => {
  it('sends each event with fields of other subgraphs, then completes with its source', async () => {
    await start();
    const { response, next } = await stream('subscription { changed { id name } }');
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('no-cache');
    await until('the subgraph has a subscriber', () => open.size === 1);
    publish({ id: '1' });
    expect(await next()).toEqual(['next', { data: { changed: { id: '1', name: 'name of 1' } } }]);
    publish({ id: '2' });
    for (const buffer of open) buffer.complete();
    expect(await next()).toEqual(['next', { data: { changed: { id: '2', name: 'name of 2' } } }]);
    expect(await next()).toEqual(['complete', undefined]);
    expect(await next()).toBe('end');
  });

  it('is closed at the subgraph when the client goes', async () => {
    await start();
    const { leave } = await stream('subscription { changed { id } }');
    await until('the subgraph has a subscriber', () => open.size === 1);
    leave();
    await until('no subscriber is left', () => open.size === 0);
    await until('the gauge is back', async () =>
      (await (await fetch(`${graph.url}/metrics`)).text()).includes('gateway_subscriptions_active 0'),
    );
  });

  it('ends with the error a token’s end gives', async () => {
    await start();
    const token = JSON.stringify({ expiresAt: new Date(Date.now() + 150).toISOString() });
    const { next } = await stream('subscription { changed { id } }', { authorization: `Bearer ${token}` });
    expect(await next()).toMatchObject(['next', { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }]);
    expect(await next()).toEqual(['complete', undefined]);
    await until('no subscriber is left', () => open.size === 0);
  });

  it('ends with a code that asks to subscribe again when the gateway stops', async () => {
    await start();
    const { next } = await stream('subscription { changed { id } }');
    await until('the subgraph has a subscriber', () => open.size === 1);
    const stopping = graph.gateway.stop();
    expect(await next()).toMatchObject(['next', { errors: [{ extensions: { code: 'UNAVAILABLE' } }] }]);
    expect(await next()).toEqual(['complete', undefined]);
    await stopping;
    expect(open.size).toBe(0);
  });

  it('says that it is there while nothing happens', async () => {
    await start({ eventStreamKeepAliveMs: 10 });
    const { next, seen, leave } = await stream('subscription { changed { id } }');
    const reading = next().catch(() => 'gone');
    await until('three comments came', () => seen.comments >= 3);
    leave();
    expect(await reading).toBe('gone');
  });

  it('holds a bounded number of events for a client that does not read', async () => {
    await start({ maxBufferedEvents: 5 });
    const { next } = await stream('subscription { changed { text } }');
    await until('the subgraph has a subscriber', () => open.size === 1);
    const text = 'x'.repeat(1_000_000);
    // Nobody reads, so the sockets fill; what they do not take stays in the buffer until that is full.
    await until('the subscription was ended', () => {
      publish({ id: '1', text });
      return open.size === 0;
    });
    let last: unknown;
    for (let step = await next(); step !== 'end' && step[0] !== 'complete'; step = await next()) last = step;
    expect(last).toMatchObject(['next', { errors: [{ extensions: { code: 'SUBSCRIPTION_BUFFER_FULL' } }] }]);
  });
});

describe('an event stream', () => {
  it('carries one answer of a query or a mutation, and every refusal, as events', async () => {
    await start();
    for (const [query, expected] of [
      ['{ hello }', { data: { hello: 'hello' } }],
      ['mutation { add }', { data: { add: 1 } }],
      ['{ nope }', { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }],
      ['{ hello', { errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] }],
      ['subscription { secret }', { data: null, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }],
    ] as const) {
      const { next } = await stream(query);
      expect(await next()).toMatchObject(['next', expected]);
      expect(await next()).toEqual(['complete', undefined]);
      expect(await next()).toBe('end');
    }
  });

  it('is not opened for a bad token, a body without a query, or one stream too many', async () => {
    await start({ maxEventStreams: 1 });
    expect((await stream('{ hello }', { authorization: 'Bearer nonsense' })).response.status).toBe(401);
    const headers = { accept: 'text/event-stream' };
    expect((await graph.post('{"variables": {}}', headers)).status).toBe(400);
    expect((await graph.post('{"query": "{ hello }", "variables": []}', headers)).status).toBe(400);
    const first = await stream('subscription { changed { id } }');
    const second = await stream('subscription { changed { id } }');
    expect(second.response.status).toBe(503);
    expect(second.response.headers.get('retry-after')).toBe('1');
    first.leave();
    await until('there is room again', async () => (await stream('{ hello }')).response.status === 200);
  });

  it('is not counted as a request that is worked on while it carries a subscription', async () => {
    await start({ maxConcurrentRequests: 1 });
    await stream('subscription { changed { id } }');
    await stream('subscription { changed { text } }');
    await until('both are open', () => open.size === 2);
    expect(await graph.ask('{ hello }')).toEqual({ data: { hello: 'hello' } });
  });

  it('is counted like any other request while it carries a query', async () => {
    await start({ maxConcurrentRequests: 1 });
    await stream('{ slow }');
    await until('the subgraph was asked', () => releases.length === 1);
    expect((await stream('{ hello }')).response.status).toBe(503);
    releases[0]?.();
    await until(
      'there is room again',
      async () => (await graph.post('{"query": "{ hello }"}')).status === 200,
    );
  });

  it('is for clients that would rather have events than JSON', async () => {
    await start();
    const typeFor = async (accept: string) =>
      (await graph.post('{"query": "{ hello }"}', { accept })).headers.get('content-type')?.split(';')[0];
    expect(await typeFor('application/json, text/event-stream, multipart/mixed')).toBe('application/json');
    expect(await typeFor('text/event-stream;q=0.5, application/json')).toBe('application/json');
    expect(await typeFor('text/event-stream, multipart/mixed')).toBe('text/event-stream');
    expect(await typeFor('text/event-stream, application/json;q=0.9')).toBe('text/event-stream');
  });
});
