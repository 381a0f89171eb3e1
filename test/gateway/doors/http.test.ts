import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTinyGraph, type TinyGraph, type TinySubgraph, until } from '../tiny-graph.ts';

const shop: TinySubgraph = {
  typeDefs: `type Query { hello(name: String): String } type Mutation { add: Int }
    enum Colour { RED PINK @inaccessible } type Secret @inaccessible { id: ID! }
    extend type Query { hidden: String @inaccessible colour: Colour secret: Secret @inaccessible old: Int @deprecated(reason: "see hello") }`,
  resolvers: {
    Query: {
      hello: (_: unknown, { name }: { name?: string }) => `hello ${name ?? 'you'}`,
      colour: () => 'PINK',
    },
    Mutation: { add: () => 1 },
  },
};

describe('the gateway’s HTTP door', () => {
  let graph: TinyGraph;
  beforeAll(async () => {
    graph = await startTinyGraph(
      { shop },
      {
        maxBodyBytes: 2048,
        routes: [{ prefix: '/extra', handle: (_request, response) => void response.end('extra') }],
        parts: () => [{ name: 'store', ready: true }],
      },
    );
  });
  afterAll(() => graph.stop());

  const bodyOf = async (response: Response) =>
    (await response.json()) as {
      data?: unknown;
      errors?: { message: string; extensions: Record<string, unknown> }[];
    };

  it.each([
    ['a body that is not JSON', '{"query": ', 400, 'BAD_REQUEST'],
    ['a JSON body that is no object', '[1]', 400, 'BAD_REQUEST'],
    ['an object without a query', '{"variables": {}}', 400, 'BAD_REQUEST'],
    ['variables that are a string', '{"query": "{ hello }", "variables": "{}"}', 400, 'BAD_REQUEST'],
    ['a query with a syntax error', '{"query": "{ hello"}', 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{"query": "{ nope }"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a body over the limit',
      JSON.stringify({ query: `{ hello }${' '.repeat(3000)}` }),
      413,
      'REQUEST_TOO_LARGE',
    ],
  ])('refuses %s', async (_name, body, status, code) => {
    const response = await graph.post(body);
    expect(response.status).toBe(status);
    const { errors } = await bodyOf(response);
    expect(errors?.[0]?.extensions['code']).toBe(code);
    expect(JSON.stringify(errors)).not.toMatch(/node_modules|\.ts:|stacktrace/);
  });

  it('refuses a body whose length it only learns while reading', async () => {
    const { port } = new URL(graph.url);
    const upload = request({
      port,
      host: '127.0.0.1',
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    const answered = once(upload, 'response');
    upload.write(`{"query":"{ hello }${' '.repeat(3000)}`);
    const [response] = await answered;
    expect(response.statusCode).toBe(413);
    upload.destroy();
  });

  it('reads JSON only', async () => {
    const response = await graph.post('query=%7Bhello%7D', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(response.status).toBe(415);
    expect((await bodyOf(response)).errors?.[0]?.extensions['code']).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it('refuses a bad token with 401 and takes none for an anonymous caller', async () => {
    const bad = await graph.post('{"query": "{ hello }"}', { authorization: 'Bearer nonsense' });
    expect(bad.status).toBe(401);
    expect((await bodyOf(bad)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect(await graph.ask('{ hello }')).toEqual({ data: { hello: 'hello you' } });
  });

  it('keeps a client’s correlation id, replaces a bad one, and puts it into errors', async () => {
    const kept = await graph.post('{"query": "{ nope }"}', { 'x-correlation-id': 'my.id-1' });
    expect(kept.headers.get('x-correlation-id')).toBe('my.id-1');
    expect((await bodyOf(kept)).errors?.[0]?.extensions['correlationId']).toBe('my.id-1');
    const replaced = await graph.post('{"query": "{ hello }"}', { 'x-correlation-id': 'a b' });
    expect(replaced.headers.get('x-correlation-id')).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
  });

  it('answers GET for queries that a browser could not send by accident, and never for mutations', async () => {
    const ask = (query: string, headers = {}) =>
      fetch(`${graph.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
    expect((await ask('{ hello }')).status).toBe(400);
    const allowed = await ask('{ hello }', { 'apollo-require-preflight': '1' });
    expect(await bodyOf(allowed)).toEqual({ data: { hello: 'hello you' } });
    expect((await ask('mutation { add }', { 'apollo-require-preflight': '1' })).status).toBe(405);
  });

  it('shows a browser the sandbox', async () => {
    const response = await fetch(`${graph.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('sandbox');
  });

  it('tells that a subscription needs a WebSocket, and that the graph is elsewhere', async () => {
    expect((await fetch(`${graph.url}/`)).status).toBe(404);
    expect(
      (await fetch(`${graph.url}/graphql`, { method: 'PUT', headers: { 'apollo-require-preflight': '1' } }))
        .status,
    ).toBe(405);
  });

  it('never shows what is inaccessible', async () => {
    const { data } = await graph.ask(
      '{ __type(name: "Query") { fields(includeDeprecated: true) { name deprecationReason } } colours: __type(name: "Colour") { enumValues { name } } secret: __type(name: "Secret") { name } directives: __schema { directives { name } } }',
    );
    expect(data).toMatchObject({
      __type: { fields: expect.arrayContaining([{ name: 'old', deprecationReason: 'see hello' }]) },
      colours: { enumValues: [{ name: 'RED' }] },
      secret: null,
    });
    expect(JSON.stringify(data)).not.toMatch(/hidden|join__|link|"inaccessible/);
    expect(await graph.ask('{ colour }')).toEqual({ data: { colour: null } });
  });

  it('serves health, readiness, figures and injected routes', async () => {
    expect((await fetch(`${graph.url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${graph.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      ready: true,
      parts: [
        { name: 'gateway', ready: true },
        {
          name: 'supergraph',
          ready: true,
          detail: expect.stringMatching(/^serving [0-9a-f]{12} since \d{4}-/),
        },
        { name: 'subgraph shop', ready: true },
        { name: 'store', ready: true },
      ],
    });
    expect(await (await fetch(`${graph.url}/extra/thing`)).text()).toBe('extra');
    await graph.ask('query Made_up_name { hello }');
    const figures = await (await fetch(`${graph.url}/metrics`)).text();
    expect(figures).toMatch(/gateway_requests_total\{type="query",outcome="ok"\} [1-9]/);
    expect(figures).toMatch(/gateway_requests_total\{type="unknown",outcome="refused"\} [1-9]/);
    expect(figures).toMatch(/gateway_subgraph_fetches_total\{subgraph="shop",outcome="ok"\} [1-9]/);
    expect(figures).not.toContain('Made_up_name');
  });
});

describe('a gateway that stops', () => {
  it('finishes running requests, takes no new ones, and is not ready meanwhile', async () => {
    let release: (value: string) => void = () => undefined;
    let asked = false;
    const slow: TinySubgraph = {
      typeDefs: 'type Query { slow: String }',
      resolvers: {
        Query: {
          slow: () => {
            asked = true;
            return new Promise<string>((resolve) => {
              release = resolve;
            });
          },
        },
      },
    };
    const graph = await startTinyGraph({ slow });
    const running = graph.ask('{ slow }');
    await until('the subgraph was asked', () => asked);
    const stopping = graph.stop();
    expect((await graph.gateway.readiness()).ready).toBe(false);
    await until('new connections are refused', () =>
      fetch(`${graph.url}/healthz`).then(
        () => false,
        () => true,
      ),
    );
    release('done');
    expect(await running).toEqual({ data: { slow: 'done' } });
    await stopping;
  });

  it('cuts off what does not finish in time', async () => {
    let asked = false;
    const stuck: TinySubgraph = {
      typeDefs: 'type Query { stuck: String }',
      resolvers: {
        Query: {
          stuck: () => {
            asked = true;
            return new Promise(() => undefined);
          },
        },
      },
    };
    const graph = await startTinyGraph({ stuck }, { drainTimeoutMs: 100 });
    const running = graph.ask('{ stuck }').then(
      () => 'answered',
      () => 'cut off',
    );
    await until('the subgraph was asked', () => asked);
    await graph.stop();
    expect(await running).toBe('cut off');
  });
});

describe('a gateway at its limit', () => {
  it('refuses one request more with a code that says to come again, and answers when there is room', async () => {
    const releases: (() => void)[] = [];
    const shop: TinySubgraph = {
      typeDefs: 'type Query { slow: Int }',
      resolvers: { Query: { slow: () => new Promise<number>((resolve) => releases.push(() => resolve(1))) } },
    };
    const graph = await startTinyGraph({ shop }, { maxConcurrentRequests: 1 });
    const running = graph.ask('{ slow }');
    await until('the subgraph was asked', () => releases.length === 1);
    const refused = await graph.post('{"query": "{ slow }"}');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }] });
    releases[0]?.();
    expect(await running).toEqual({ data: { slow: 1 } });
    const later = graph.ask('{ slow }');
    await until('the subgraph was asked again', () => releases.length === 2);
    releases[1]?.();
    expect(await later).toEqual({ data: { slow: 1 } });
    await graph.stop();
  });
});

describe('a client that goes before its answer', () => {
  const start = async (way: 'in process' | 'over HTTP') => {
    const begun: string[] = [];
    const releases: (() => void)[] = [];
    const wait = (name: string) => {
      begun.push(name);
      return new Promise<string>((resolve) => releases.push(() => resolve(name)));
    };
    const shop: TinySubgraph = {
      typeDefs:
        'type Query { slow: Item } type Mutation { one: String two: String } type Item @key(fields: "id") { id: ID! }',
      resolvers: {
        Query: { slow: () => wait('slow').then((id) => ({ id })) },
        Mutation: { one: () => wait('one'), two: () => wait('two') },
      },
    };
    const stock: TinySubgraph = {
      typeDefs:
        'type Query { s: Int } type Item @key(fields: "id") { id: ID! left: Int } type Mutation { three: String }',
      resolvers: {
        Mutation: { three: () => wait('three') },
        Item: { __resolveReference: async () => ({ left: 1 }) },
      },
    };
    return { begun, releases, graph: await startTinyGraph({ shop, stock }, { way }) };
  };
  const askAndLeave = (graph: TinyGraph, query: string) => {
    const controller = new AbortController();
    const asked = fetch(`${graph.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: controller.signal,
    }).catch(() => undefined);
    return async () => {
      controller.abort();
      await asked;
    };
  };

  it('is not asked on for', async () => {
    const { begun, graph } = await start('over HTTP');
    const leave = askAndLeave(graph, '{ slow { id left } }');
    await until('the subgraph was asked', () => begun.length === 1);
    await leave();
    const failed = /gateway_subgraph_fetches_total\{subgraph="shop",outcome="failed"\} 1/;
    await until('the call was given up', async () =>
      failed.test(await (await fetch(`${graph.url}/metrics`)).text()),
    );
    expect(graph.calls['stock']).toEqual([]);
    await graph.stop();
  });

  it('still has its mutation carried through', async () => {
    const { begun, releases, graph } = await start('in process');
    const leave = askAndLeave(graph, 'mutation { one three two }');
    await until('the first field has begun', () => begun.length === 1);
    await leave();
    releases[0]?.();
    await until('the second field has begun', () => begun.length === 2);
    releases[1]?.();
    await until('the third field has begun', () => begun.length === 3);
    expect(begun).toEqual(['one', 'three', 'two']);
    releases[2]?.();
    await graph.stop();
  });
});
