import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createGraphClient, type GraphClient, Interrupted, ServerGone } from '../../app/uci/graph-client.ts';
import { createSubmit, userErrorSchema } from '../../app/uci/submit.ts';
import type { Clock } from '../../platform/clock.ts';
import { until } from '../kit/until.ts';

/** A clock whose pauses take no time, but count. */
class HastyClock implements Clock {
  #nowMs = Date.parse('2026-01-01T00:00:00Z');
  now = () => new Date(this.#nowMs);
  delay = async (ms: number) => {
    this.#nowMs += ms;
    await new Promise((resolve) => setImmediate(resolve));
  };
}

type Answer = { status?: number; body: unknown } | 'cut';

let server: Server;
let port: number;
let answers: Answer[];
let asked: { body: unknown; authorization: string | undefined }[];
let tokens: number;
let stop: AbortController;
const clients: GraphClient[] = [];

beforeEach(async () => {
  answers = [];
  asked = [];
  tokens = 0;
  stop = new AbortController();
  server = await listen(0);
  // A TCP server's address is an AddressInfo.
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await close(server);
});

async function listen(on: number): Promise<Server> {
  const made = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (request.url === '/sandbox/token') {
      tokens += 1;
      response.end(JSON.stringify({ token: `token-${tokens}` }));
      return;
    }
    asked.push({ body, authorization: request.headers.authorization });
    const answer = answers.shift() ?? { body: { data: { ok: true } } };
    if (answer === 'cut') request.socket.destroy();
    else response.writeHead(answer.status ?? 200).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => made.listen(on, '127.0.0.1', resolve));
  return made;
}

async function close(of: Server): Promise<void> {
  of.closeAllConnections();
  await new Promise((resolve) => of.close(resolve));
}

function client(): GraphClient {
  const made = createGraphClient({
    url: `http://127.0.0.1:${port}`,
    connections: 2,
    clock: new HastyClock(),
    signal: stop.signal,
  });
  clients.push(made);
  return made;
}

const okSchema = z.object({ ok: z.boolean() });
const failure = (code: string): Answer => ({ body: { errors: [{ message: code, extensions: { code } }] } });

test('asks with a token, made once', async () => {
  const graph = client();
  const both = await Promise.all([graph.ask('{ ok }', {}, okSchema), graph.ask('{ ok }', {}, okSchema)]);
  expect(both.map((answer) => answer.ok)).toEqual([true, true]);
  expect([tokens, asked[0]?.authorization, asked[1]?.authorization]).toEqual([
    1,
    'Bearer token-1',
    'Bearer token-1',
  ]);
});

test('given a token that ended, takes a new one and asks again', async () => {
  answers = [failure('UNAUTHENTICATED')];
  expect(await client().ask('{ ok }', {}, okSchema)).toEqual({ ok: true, value: { ok: true } });
  expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test('given lost answers and a server that is stopping, repeats the very same request', async () => {
  answers = ['cut', { status: 503, body: {} }, failure('SUBGRAPH_UNAVAILABLE'), 'cut'];
  expect((await client().ask('mutation', { input: { idempotencyKey: 'k' } }, okSchema)).ok).toBe(true);
  expect(asked).toHaveLength(5);
  expect(new Set(asked.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test('given a refusal, does not repeat', async () => {
  answers = [failure('FORBIDDEN')];
  expect(await client().ask('{ ok }', {}, okSchema)).toMatchObject({
    ok: false,
    errors: [{ code: 'FORBIDDEN' }],
  });
  expect(asked).toHaveLength(1);
});

test('given a server that keeps failing without a reason, gives up on the request after a few attempts', async () => {
  answers = Array.from({ length: 20 }, () => failure('INTERNAL_SERVER_ERROR'));
  expect(await client().ask('{ ok }', {}, okSchema)).toMatchObject({
    ok: false,
    errors: [{ code: 'INTERNAL_SERVER_ERROR' }],
  });
  expect(asked).toHaveLength(4);
});

test('given a server that went away and comes back, the request goes through', async () => {
  const graph = createGraphClient({
    url: `http://127.0.0.1:${port}`,
    connections: 1,
    clock: {
      now: () => new Date(),
      delay: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20))),
    },
    signal: stop.signal,
  });
  clients.push(graph);
  await graph.ask('{ ok }', {}, okSchema);
  await close(server);
  let answered = false;
  const late = graph.ask('{ ok }', {}, okSchema).then((answer) => {
    answered = true;
    return answer;
  });
  expect(answered).toBe(false);
  server = await listen(port);
  expect((await late).ok).toBe(true);
  await until('the second request arrived', () => asked.length === 2);
});

test('given a server that stays away, stops after a minute', async () => {
  await close(server);
  const clock = new HastyClock();
  const graph = createGraphClient({
    url: `http://127.0.0.1:${port}`,
    connections: 1,
    clock,
    signal: stop.signal,
  });
  clients.push(graph);
  const startedMs = clock.now().getTime();
  await expect(graph.ask('{ ok }', {}, okSchema)).rejects.toThrow(ServerGone);
  const waitedMs = clock.now().getTime() - startedMs;
  expect(waitedMs).toBeGreaterThanOrEqual(60_000);
  expect(waitedMs).toBeLessThan(70_000);
  server = await listen(port);
});

test('given a graph that answers and cannot yet, waits longer than for one that is away', async () => {
  answers = Array.from({ length: 60 }, () => failure('DEADLINE_EXCEEDED'));
  const clock = new HastyClock();
  const graph = createGraphClient({
    url: `http://127.0.0.1:${port}`,
    connections: 1,
    clock,
    signal: stop.signal,
  });
  clients.push(graph);
  const startedMs = clock.now().getTime();
  await expect(graph.ask('{ ok }', {}, okSchema)).rejects.toThrow(/DEADLINE_EXCEEDED/);
  expect(clock.now().getTime() - startedMs).toBeGreaterThanOrEqual(180_000);
});

test('given a stop, what would have to be repeated ends at once', async () => {
  answers = ['cut'];
  stop.abort();
  await expect(client().ask('{ ok }', {}, okSchema)).rejects.toThrow(Interrupted);
});

const payloadSchema = z.object({ userErrors: z.array(userErrorSchema) });
const payload = (...codes: [string, boolean][]): Answer => ({
  body: {
    data: {
      payload: {
        userErrors: codes.map(([code, retryable]) => ({
          code,
          retryable,
          message: code,
          field: ['input', 'lines'],
        })),
      },
    },
  },
});

test('given a payment in doubt, submits the same intent again until it is known', async () => {
  answers = [payload(['PAYMENT_IN_DOUBT', true]), payload(['SERVICE_UNAVAILABLE', true]), payload()];
  const submit = createSubmit({ client: client(), clock: new HastyClock(), signal: stop.signal });
  expect((await submit('mutation', { idempotencyKey: 'k' }, payloadSchema)).ok).toBe(true);
  expect(asked).toHaveLength(3);
  expect(new Set(asked.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test('given doubt that does not end, gives up with its code', async () => {
  answers = Array.from({ length: 20 }, () => payload(['PAYMENT_IN_DOUBT', true]));
  const submit = createSubmit({ client: client(), clock: new HastyClock(), signal: stop.signal });
  expect(await submit('mutation', {}, payloadSchema)).toMatchObject({
    errors: [{ code: 'PAYMENT_IN_DOUBT' }],
  });
  expect(asked).toHaveLength(10);
});

test('given too little stock, does not wait for more', async () => {
  answers = [payload(['INSUFFICIENT_STOCK', true])];
  const submit = createSubmit({ client: client(), clock: new HastyClock(), signal: stop.signal });
  expect(await submit('mutation', {}, payloadSchema)).toMatchObject({
    errors: [{ code: 'INSUFFICIENT_STOCK' }],
  });
  expect(asked).toHaveLength(1);
});

test('given a business no, says the first reason, its field, and how many more there are', async () => {
  answers = [payload(['VARIANT_UNKNOWN', false], ['QUANTITY_INVALID', false])];
  const submit = createSubmit({ client: client(), clock: new HastyClock(), signal: stop.signal });
  expect(await submit('mutation', {}, payloadSchema)).toMatchObject({
    ok: false,
    errors: [{ code: 'VARIANT_UNKNOWN', message: 'VARIANT_UNKNOWN (and 1 more)', field: ['input', 'lines'] }],
  });
  expect(asked).toHaveLength(1);
});
