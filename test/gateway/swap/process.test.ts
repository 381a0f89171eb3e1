import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { composeSupergraph } from '../../../gateway/supergraph/compose.ts';
import { startProcess } from '../../kit/house.ts';
import { until } from '../../kit/until.ts';
import { contractOf, serveOverHttp, type TinySubgraph } from '../tiny-graph.ts';

/** `npm run gateway` as a process, over two subgraphs of which its first supergraph knows one. */

const shop: TinySubgraph = {
  typeDefs: 'type Query { hello: String version: Int! } type Subscription { ticked: Int }',
  resolvers: {
    Query: { hello: () => 'hello', version: () => 0 },
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
const moon: TinySubgraph = {
  typeDefs: 'type Query { phase: String }',
  resolvers: { Query: { phase: () => 'full' } },
};

const served: Record<string, Awaited<ReturnType<typeof serveOverHttp>>> = {};
let directory: string;
let file: string;
let gateway: Awaited<ReturnType<typeof startProcess>>;

const contract = (name: string, typeDefs: string) => contractOf(name, typeDefs, served[name]?.url);
/** As a deployment does it: the whole file at once. */
const put = async (sdl: string) => {
  await writeFile(`${file}.next`, sdl);
  await rename(`${file}.next`, file);
};
const ask = async (query: string) => {
  const response = await fetch(`${gateway.match}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: unknown; errors?: { message: string }[] };
};
const detail = async () => {
  const response = await fetch(`${gateway.match}/readyz`);
  const { parts } = (await response.json()) as { parts: { name: string; detail?: string }[] };
  return { status: response.status, text: parts.find(({ name }) => name === 'supergraph')?.detail ?? '' };
};

beforeAll(async () => {
  for (const [name, subgraph] of Object.entries({ shop, moon })) {
    const { typeDefs } = contractOf(name, subgraph.typeDefs);
    const schema = buildSubgraphSchema([{ typeDefs, resolvers: subgraph.resolvers ?? {} }]);
    served[name] = await serveOverHttp(schema, () => undefined);
  }
  directory = await mkdtemp(join(tmpdir(), 'ucg-swap-'));
  file = join(directory, 'supergraph.graphql');
  await put(composeSupergraph([contract('shop', shop.typeDefs)]));
  const manifest = join(directory, 'operations.json');
  const operations = [{ id: '1', type: 'query', name: 'Hello', body: 'query Hello { hello }' }];
  await writeFile(
    manifest,
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
  );
  const { MONGODB_URI: _, ...inherited } = process.env;
  gateway = await startProcess(
    ['app/gateway-alone.ts'],
    {
      ...inherited,
      PORT: '0',
      DATA_DIR: directory,
      LOG_LEVEL: 'info',
      SUPERGRAPH_FILE: file,
      OPERATION_MANIFEST: manifest,
      INTERNAL_TOKEN_SECRET: 'a-secret-of-more-than-32-characters',
    },
    / ready at (\S+)/,
  );
});
afterAll(async () => {
  expect(await gateway.stop()).toBe(0);
  for (const { close } of Object.values(served)) await close();
  await rm(directory, { recursive: true, force: true });
});

it('serves a changed file, a subgraph more in it, while requests run, and drops none of them', async () => {
  let stop = false;
  const answers: unknown[] = [];
  const traffic = [1, 2, 3, 4].map(async () => {
    while (!stop) answers.push(await ask('{ hello version }'));
  });
  await until('traffic flows', () => answers.length > 20);
  await put(composeSupergraph([contract('shop', shop.typeDefs), contract('moon', moon.typeDefs)]));
  await until('the new field is there', async () => (await ask('{ phase }')).data !== undefined);
  const atSwap = answers.length;
  await until('traffic goes on', () => answers.length > atSwap + 20);
  stop = true;
  await Promise.all(traffic);
  expect(await ask('{ phase }')).toEqual({ data: { phase: 'full' } });
  const good = JSON.stringify({ data: { hello: 'hello', version: 0 } });
  expect(answers.filter((answer) => JSON.stringify(answer) !== good)).toEqual([]);
  expect(gateway.output()).toContain('known operations are ready');
  expect(gateway.output()).toContain('another supergraph is served');
});

it('keeps what it has when the file is broken, says so, and is well again with a good file at SIGHUP', async () => {
  await put('type Query { half');
  await until('the refusal is told', async () => (await detail()).text.includes('refused'));
  expect(await detail()).toEqual({
    status: 200,
    text: expect.stringContaining('the supergraph does not load'),
  });
  expect(gateway.output()).toContain('a supergraph was refused');
  expect(await ask('{ phase }')).toEqual({ data: { phase: 'full' } });

  await put(composeSupergraph([contract('shop', shop.typeDefs)]));
  gateway.send('SIGHUP');
  await until('the file is read', async () => !(await detail()).text.includes('refused'));
  expect((await ask('{ phase }')).errors?.[0]?.message).toContain('Cannot query field "phase"');
});

it('refuses a file that would break a subscription that runs', async () => {
  const client = createClient({
    url: `${gateway.match.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
  });
  const events = client.iterate({ query: 'subscription Clock { ticked }' });
  expect((await events.next()).value).toMatchObject({ data: { ticked: 0 } });
  await put(composeSupergraph([contract('shop', 'type Query { hello: String }')]));
  gateway.send('SIGHUP');
  await until('the refusal is told', async () => (await detail()).text.includes('Clock (1 subscribed)'));
  await client.dispose();
  await until('it is taken when nobody subscribes any more', async () => {
    gateway.send('SIGHUP');
    return (await ask('{ version }')).errors !== undefined;
  });
});
