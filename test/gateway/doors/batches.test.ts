import { afterEach, expect, it } from 'vitest';
import { startTinyGraph, type TinyGraph, type TinySubgraph } from '../tiny-graph.ts';

const shop: TinySubgraph = {
  typeDefs: 'type Query { hello: String zero: Int } type Mutation { act: Int }',
  resolvers: { Query: { hello: () => 'hello', zero: () => 0 }, Mutation: { act: () => 1 } },
};
let graph: TinyGraph;
afterEach(() => graph.stop());

const post = async (body: unknown, headers: Record<string, string> = {}) => {
  const response = await graph.post(JSON.stringify(body), headers);
  return { status: response.status, body: await response.json() };
};
const hello = { query: '{ hello }' };

it('refuses lists of operations unless it is told otherwise', async () => {
  graph = await startTinyGraph({ shop });
  expect(await post([hello])).toMatchObject({
    status: 400,
    body: {
      errors: [{ message: expect.stringContaining('one operation'), extensions: { code: 'BAD_REQUEST' } }],
    },
  });
  expect(graph.calls['shop']).toEqual([]);
});

it('answers as many as it is told, each by itself and in their order', async () => {
  graph = await startTinyGraph({ shop }, { maxBatchSize: 3 });
  const { status, body } = await post([hello, { query: '{ nothing }' }, { query: '{ zero }' }]);
  // One that was refused shows in the status of the whole, as it would alone.
  expect(status).toBe(400);
  expect(body).toMatchObject([
    { data: { hello: 'hello' } },
    { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
    { data: { zero: 0 } },
  ]);
  expect(await post([hello, hello])).toEqual({
    status: 200,
    body: [{ data: { hello: 'hello' } }, { data: { hello: 'hello' } }],
  });
  expect(await post(hello)).toEqual({ status: 200, body: { data: { hello: 'hello' } } });
});

it('refuses a longer list, an empty one and one of something else, and runs nothing of it', async () => {
  graph = await startTinyGraph({ shop }, { maxBatchSize: 2 });
  const act = { query: 'mutation { act }' };
  for (const [batch, reason] of [
    [[act, act, act], 'at most 2 operations; this one has 3'],
    [[], 'each of the listed operations'],
    [[act, 'act'], 'each of the listed operations'],
  ] as const) {
    expect(await post(batch)).toMatchObject({
      status: 400,
      body: { errors: [{ message: expect.stringContaining(reason), extensions: { code: 'BAD_REQUEST' } }] },
    });
  }
  expect(graph.calls['shop']).toEqual([]);
});

it('opens no event stream for a list', async () => {
  graph = await startTinyGraph({ shop }, { maxBatchSize: 2 });
  const { status, body } = await post([hello], { accept: 'text/event-stream, application/json;q=0.5' });
  expect([status, (body as { errors: unknown[] }).errors]).toEqual([400, [expect.anything()]]);
});
