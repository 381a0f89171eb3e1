import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTinyGraph, type TinyGraph } from '../tiny-graph.ts';

let graph: TinyGraph;
beforeAll(async () => {
  graph = await startTinyGraph({
    shop: {
      typeDefs: 'type Query { hello: String list: [Int!] }',
      resolvers: { Query: { hello: () => 'hello' } },
    },
  });
});
afterAll(() => graph.stop());

const refusal = (directive: string) =>
  expect.objectContaining({
    message: expect.stringContaining(`@${directive} is not supported`),
    extensions: expect.objectContaining({ code: 'GRAPHQL_VALIDATION_FAILED' }),
  });

it.each([
  ['defer', '{ hello ... @defer { list } }'],
  ['stream', '{ list @stream(initialCount: 1) }'],
])('says over HTTP what to do without @%s, whatever the client accepts', async (directive, query) => {
  for (const accept of ['application/json', 'multipart/mixed;deferSpec=20220824, application/json']) {
    const response = await graph.post(JSON.stringify({ query }), { accept });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: expect.arrayContaining([refusal(directive)]) });
  }
  expect(graph.calls['shop']).toEqual([]);
});

it('says it over a WebSocket as well, first of all', async () => {
  const events = graph.socketClient().iterate({ query: '{ hello ... @defer { list } }' });
  await expect(events.next()).rejects.toMatchObject([refusal('defer'), expect.anything()]);
});
