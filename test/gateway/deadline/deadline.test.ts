import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_CONTAINMENT } from '../../../gateway/transports/contained.ts';
import { startTinyGraph, type TinyGraph, type TinySubgraph, WAYS } from '../tiny-graph.ts';

const slow: TinySubgraph = {
  typeDefs: 'type Query { never: Int soon: Int } type Mutation { act: Int }',
  resolvers: {
    Query: { never: () => new Promise(() => undefined), soon: () => 1 },
    Mutation: { act: () => 1 },
  },
};
const good: TinySubgraph = { typeDefs: 'type Query { fine: Int }', resolvers: { Query: { fine: () => 0 } } };

const within = (timeoutMs: number | string) => ({ headers: { 'x-request-timeout-ms': String(timeoutMs) } });

let graph: TinyGraph;
afterEach(() => graph.stop());

describe.each(WAYS)('a client that says how long it waits, %s', (way) => {
  it('gets what is there by then, and DEADLINE_EXCEEDED where nothing is', async () => {
    graph = await startTinyGraph({ slow, good }, { way });
    const startedMs = performance.now();
    const answer = await graph.ask('{ never fine }', within(120));
    const tookMs = performance.now() - startedMs;
    expect(answer.data).toEqual({ never: null, fine: 0 });
    expect(answer.errors).toMatchObject([
      { path: ['never'], extensions: { code: 'DEADLINE_EXCEEDED', serviceName: 'slow' } },
    ]);
    expect(tookMs).toBeGreaterThanOrEqual(110);
    expect(tookMs).toBeLessThan(5000);
  });

  it('is not counted against the subgraph, as running into the gateway’s own deadline is', async () => {
    const containment = {
      minPatienceMs: 1,
      circuit: { ...DEFAULT_CONTAINMENT.circuit, window: 2, failuresToOpen: 2 },
    };
    graph = await startTinyGraph({ slow, good }, { way, containment, requestTimeoutMs: 150 });
    const reasonAfter = async (headers: object) => {
      for (let time = 0; time < 3; time += 1) await graph.ask('{ never }', headers);
      return (await graph.ask('{ soon }')).errors?.[0]?.extensions['reason'];
    };
    expect(await reasonAfter(within(40))).toBeUndefined();
    expect(await reasonAfter({})).toBe('CIRCUIT_OPEN');
  });
});

it('tells the subgraph how much of the client’s time is left', async () => {
  graph = await startTinyGraph({ slow, good }, { way: 'over HTTP' });
  const left = async (headers: object) => {
    await graph.ask('{ fine }', headers);
    return Number(graph.calls['good']?.at(-1)?.headers['x-request-timeout-ms']);
  };
  const ofTheClient = await left(within(4000));
  expect(ofTheClient).toBeGreaterThan(1000);
  expect(ofTheClient).toBeLessThanOrEqual(4000);
  expect(await left({})).toBeGreaterThan(10_000);
});

it('never waits longer than the gateway does', async () => {
  graph = await startTinyGraph({ slow }, { requestTimeoutMs: 60 });
  const answer = await graph.ask('{ never }', within(9_999_999));
  expect(answer.errors?.[0]).toMatchObject({
    message: 'no answer within 60 ms',
    extensions: { code: 'DEADLINE_EXCEEDED' },
  });
});

it.each(['0', '-5', '1.5', 'soon', '1e3', '99999999999', '100, 200'])(
  'refuses %s, naming the header',
  async (value) => {
    graph = await startTinyGraph({ slow });
    const response = await graph.post('{"query":"mutation { act }"}', { 'x-request-timeout-ms': value });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [
        { message: expect.stringContaining('x-request-timeout-ms'), extensions: { code: 'BAD_REQUEST' } },
      ],
    });
    expect(graph.calls['slow']).toEqual([]);
  },
);
