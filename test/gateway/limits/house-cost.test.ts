import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../../../gateway/index.ts';
import type { SubgraphTransport } from '../../../gateway/transports/transport.ts';
import { GraphError } from '../../../platform/errors.ts';
import { silentLogger } from '../../../platform/telemetry/logger.ts';
import { authenticateByJson } from '../tiny-graph.ts';

/** The graph of this house, whose own contracts say how long its lists are; subgraphs are only counted, for nothing should reach them. */

let gateway: Gateway;
let url: string;
let asked = 0;

beforeAll(async () => {
  const absent = (name: string): SubgraphTransport => ({
    name,
    async fetch() {
      asked += 1;
      throw new GraphError('SUBGRAPH_UNAVAILABLE', 'not here');
    },
    subscribe: () => ({ close: () => undefined }),
    check: async () => undefined,
    stop: async () => undefined,
  });
  gateway = await createGateway({
    supergraphSdl: readFileSync(new URL('../../../supergraph.graphql', import.meta.url), 'utf8'),
    transports: ['product', 'inventory', 'order', 'customer', 'finance', 'operations'].map(absent),
    policies: { 'pii.read': () => true, 'finance.reopen': () => true },
    authenticate: authenticateByJson,
    identityToken: async () => 'token',
    logger: silentLogger,
    port: 0,
  });
  ({ url } = await gateway.start());
});
afterAll(() => gateway.stop());

const ask = async (query: string, variables: object = {}) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${JSON.stringify({ scopes: [] })}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  const { errors } = (await response.json()) as { errors?: { extensions: Record<string, unknown> }[] };
  return { status: response.status, extensions: errors?.[0]?.extensions ?? {} };
};

const LINES = 'lines { variant { availability(channelId: "web") { byLocation { location { name } } } } }';

describe('the cost limit on this house’s own graph', () => {
  it('refuses a wide and nested question, with the figure and the limit, before any subgraph is asked', async () => {
    asked = 0;
    const query = `query($n: Int) { orders(first: $n) { edges { node { ${LINES} } } } }`;
    const { status, extensions } = await ask(query, { n: 100 });
    expect(status).toBe(400);
    // The connection 1, and a hundred times: edge 1, order 1, and twenty times: line 1, variant 1, availability 3, forty places of 2.
    expect(extensions).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
      limit: 'cost',
      actual: 1 + 100 * (1 + 1 + 20 * (1 + 1 + 3 + 40 * 2)),
      allowed: 100_000,
    });
    expect(asked).toBe(0);
  });

  it('lets the same question pass for a page that a person can read', async () => {
    const query = `query($n: Int) { orders(first: $n) { edges { node { ${LINES} } } } }`;
    expect((await ask(query, { n: 20 })).extensions['code']).not.toBe('QUERY_TOO_COMPLEX');
    // Twenty is what a page has when nobody says.
    expect((await ask(query)).extensions['code']).not.toBe('QUERY_TOO_COMPLEX');
  });

  it('refuses orders of the customers of orders, however small each page looks', async () => {
    const query = `{ orders(first: 100) { nodes { customer { orders(first: 100) { nodes { lines { id } } } } } } }`;
    expect((await ask(query)).extensions).toMatchObject({
      limit: 'cost',
      actual: 1 + 100 * (1 + 1 + 1 + 100 * (1 + 20)),
    });
  });

  it('refuses a page of 101', async () => {
    expect((await ask('{ products(first: 101) { nodes { id } } }')).extensions).toMatchObject({
      code: 'PAGE_TOO_LARGE',
      actual: 101,
      allowed: 100,
    });
  });
});
