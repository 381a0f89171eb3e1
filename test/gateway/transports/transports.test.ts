import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpTransport } from '../../../gateway/transports/http.ts';
import { createInProcessTransport } from '../../../gateway/transports/in-process.ts';
import type {
  SubgraphCall,
  SubgraphRequest,
  SubgraphTransport,
} from '../../../gateway/transports/transport.ts';
import { GraphError } from '../../../platform/errors.ts';
import { contractOf, serveOverHttp, until, WAYS } from '../tiny-graph.ts';

const query = (operation: string, rest: Partial<SubgraphRequest> = {}): SubgraphRequest => ({
  operation,
  operationKind: 'query',
  variables: {},
  ...rest,
});
const callWith = (signal: AbortSignal = AbortSignal.timeout(5000)): SubgraphCall => ({
  identityToken: 'token',
  correlationId: 'c-1',
  timeoutMs: 4321.9,
  signal,
});

describe.each(WAYS)('a transport, %s', (way) => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  const headersSeen: Record<string, string>[] = [];
  const connect = async (): Promise<SubgraphTransport> => {
    const schema = buildSubgraphSchema([
      {
        typeDefs: contractOf(
          's',
          `type Query { hello(name: String = "you"): String never: String fails: String }
           type Thing @key(fields: "id") { id: ID! twice: Int }`,
        ).typeDefs,
        resolvers: {
          Query: {
            hello: (_: unknown, { name }: { name: string }, context: { headers: Record<string, string> }) => {
              headersSeen.push(context.headers);
              return `hello ${name}`;
            },
            never: () => new Promise(() => undefined),
            fails: () => {
              throw new GraphError('FORBIDDEN', 'not you', { hint: 'ask' });
            },
          },
          Thing: {
            __resolveReference: async ({ id }: { id: string }) => ({ id }),
            twice: ({ id }: { id: string }) => Number(id) * 2,
          },
        },
      },
    ]);
    let transport: SubgraphTransport;
    if (way === 'in process') {
      transport = createInProcessTransport({
        name: 's',
        schema,
        contextFor: async (headers) => ({ headers }),
      });
    } else {
      const served = await serveOverHttp(schema, () => undefined);
      closers.push(served.close);
      transport = createHttpTransport({ name: 's', url: served.url });
    }
    closers.push(() => transport.stop());
    return transport;
  };

  it('answers with data, uses variables and defaults', async () => {
    const transport = await connect();
    const operation = 'query($name: String){hello(name: $name)}';
    expect(await transport.fetch(query(operation), callWith())).toMatchObject({
      data: { hello: 'hello you' },
    });
    const given = query(operation, { variables: { name: 'ada' } });
    expect(await transport.fetch(given, callWith())).toMatchObject({ data: { hello: 'hello ada' } });
  });

  it('carries representations beside other variables', async () => {
    const transport = await connect();
    const values = [
      { __typename: 'Thing', id: '1' },
      { __typename: 'Thing', id: '2' },
    ];
    const request = query(
      'query($name: String, $representations: [_Any!]!){hello(name: $name) _entities(representations: $representations){... on Thing{twice}}}',
      {
        variables: { name: 'x' },
        representations: [{ variable: 'representations', values }],
      },
    );
    expect(await transport.fetch(request, callWith())).toMatchObject({
      data: { hello: 'hello x', _entities: [{ twice: 2 }, { twice: 4 }] },
    });
  });

  it('tells the subgraph who asks, under which id and how long an answer is of use', async () => {
    const transport = await connect();
    headersSeen.length = 0;
    await transport.fetch(query('{hello}'), callWith());
    expect(headersSeen[0]).toMatchObject({
      'x-graph-identity': 'token',
      'x-correlation-id': 'c-1',
      'x-request-timeout-ms': '4321',
    });
  });

  it('hands over coded errors with their paths', async () => {
    const transport = await connect();
    expect(await transport.fetch(query('{fails}'), callWith())).toMatchObject({
      data: { fails: null },
      errors: [{ message: 'not you', path: ['fails'], extensions: { code: 'FORBIDDEN', hint: 'ask' } }],
    });
  });

  it('stops waiting when it is told to, with the reason it was told', async () => {
    const transport = await connect();
    const controller = new AbortController();
    const asked = transport.fetch(query('{never}'), callWith(controller.signal));
    const reason = new GraphError('DEADLINE_EXCEEDED', 'too late');
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
    await expect(transport.fetch(query('{hello}'), callWith(controller.signal))).rejects.toBe(reason);
  });

  it('says whether the subgraph is there', async () => {
    const transport = await connect();
    await expect(transport.check(AbortSignal.timeout(2000))).resolves.toBeUndefined();
  });
});

describe('a transport over HTTP, when the other side misbehaves', () => {
  let server: Server;
  let transport: SubgraphTransport;
  afterEach(async () => {
    await transport.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const serve = async (answer: (request: IncomingMessage, response: ServerResponse, nth: number) => void) => {
    let requests = 0;
    server = createServer((request, response) => {
      requests += 1;
      request.resume();
      answer(request, response, requests);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    transport = createHttpTransport({ name: 's', url, maxAnswerBytes: 1000, maxConnections: 4 });
    return () => requests;
  };
  const breakFirst = (request: IncomingMessage, response: ServerResponse, nth: number) =>
    nth === 1 ? request.socket.destroy() : response.end('{"data":{"a":1}}');

  it('asks a query once more when its connection broke', async () => {
    const requests = await serve(breakFirst);
    expect(await transport.fetch(query('{a}'), callWith())).toEqual({ data: { a: 1 } });
    expect(requests()).toBe(2);
  });

  it('asks once more and no oftener', async () => {
    const requests = await serve((request) => request.socket.destroy());
    await expect(transport.fetch(query('{a}'), callWith())).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
    });
    expect(requests()).toBe(2);
  });

  it('does not ask again when the time is over', async () => {
    const requests = await serve(() => undefined);
    const reason = new GraphError('DEADLINE_EXCEEDED', 'too late');
    const controller = new AbortController();
    const asked = transport.fetch(query('{a}'), callWith(controller.signal));
    await until('it is asked', () => requests() === 1);
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
    expect(requests()).toBe(1);
  });

  it('asks again a connection that was closed while it was idle, without telling anybody', async () => {
    const requests = await serve((_request, response) => response.end('{"data":{"a":1}}'));
    await transport.fetch(query('{a}'), callWith());
    server.closeAllConnections();
    expect(await transport.fetch(query('{a}'), callWith())).toEqual({ data: { a: 1 } });
    expect(requests()).toBe(2);
  });

  it('keeps its connections open, and has no more of them than it may', async () => {
    let connections = 0;
    await serve((_request, response) => setImmediate(() => response.end('{"data":{"a":1}}')));
    server.on('connection', () => {
      connections += 1;
    });
    for (let turn = 0; turn < 20; turn += 1) await transport.fetch(query('{a}'), callWith());
    // A second one, for an answer is handed over a moment before its connection is free.
    expect(connections).toBeLessThanOrEqual(2);
    await Promise.all(Array.from({ length: 40 }, () => transport.fetch(query('{a}'), callWith())));
    expect(connections).toBeLessThanOrEqual(4);
  });

  it.each([
    ['by its length', true],
    ['as it arrives', false],
  ])('says that an answer is too large, known %s', async (_how, announced) => {
    const body = JSON.stringify({ data: { a: 'x'.repeat(2000) } });
    await serve((_request, response) => {
      if (announced) response.setHeader('content-length', body.length);
      else response.setHeader('transfer-encoding', 'chunked');
      response.end(body);
    });
    await expect(transport.fetch(query('{a}'), callWith())).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      extensions: { reason: 'ANSWER_TOO_LARGE', maxAnswerBytes: 1000 },
    });
  });

  it('never sends a mutation twice', async () => {
    const requests = await serve(breakFirst);
    const mutation = query('mutation{a}', { operationKind: 'mutation' });
    await expect(transport.fetch(mutation, callWith())).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
    });
    expect(requests()).toBe(1);
  });

  it.each([
    ['is not JSON', '<html>502</html>'],
    ['is no GraphQL answer', '{"ok":true}'],
    ['is larger than agreed', JSON.stringify({ data: { a: 'x'.repeat(2000) } })],
  ])('takes no answer that %s, and does not ask again', async (_name, body) => {
    const requests = await serve((_request, response) => response.writeHead(502).end(body));
    await expect(transport.fetch(query('{a}'), callWith())).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
    });
    expect(requests()).toBe(1);
  });

  it.each([
    ['ready when its /readyz says so', 200, 500, true],
    ['not ready when its /readyz says so, although it answers', 503, 200, false],
    ['ready without a /readyz when it answers at all', 404, 401, true],
    ['not ready without a /readyz when it fails', 404, 502, false],
  ])('is %s', async (_name, readyzStatus, graphqlStatus, ready) => {
    await serve((request, response) => {
      response.writeHead(request.url === '/readyz' ? readyzStatus : graphqlStatus).end('{}');
    });
    const check = transport.check(AbortSignal.timeout(2000));
    await (ready ? expect(check).resolves.toBeUndefined() : expect(check).rejects.toThrow());
  });

  it('takes a GraphQL answer with any status', async () => {
    await serve((_request, response) =>
      response.writeHead(401).end('{"errors":[{"message":"who?","extensions":{"code":"UNAUTHENTICATED"}}]}'),
    );
    expect(await transport.fetch(query('{a}'), callWith())).toMatchObject({ errors: [{ message: 'who?' }] });
  });
});
