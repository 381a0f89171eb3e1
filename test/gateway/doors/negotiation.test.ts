import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, startTinyGraph, type TinyGraph, type TinySubgraph } from '../tiny-graph.ts';

const LONG = 'words '.repeat(1000);
const shop: TinySubgraph = {
  typeDefs: 'type Query { short: String long: String }',
  resolvers: { Query: { short: () => 'word', long: () => LONG } },
};

describe('what a client and the gateway agree on', () => {
  let graph: TinyGraph;
  beforeAll(async () => {
    graph = await startTinyGraph({ shop }, { maxPersistedQueries: 2 });
  });
  afterAll(() => graph.stop());

  /** With node:http, for fetch would decompress by itself. */
  const raw = (query: string, acceptEncoding: string) =>
    new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'accept-encoding': acceptEncoding };
      const sent = request(`${graph.url}/graphql`, { method: 'POST', headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ query }));
    });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('is %s for a long answer', async (encoding, decompress) => {
    const { headers, body } = await raw('{ long }', encoding);
    expect(headers).toMatchObject({
      'content-encoding': encoding,
      'content-length': String(body.byteLength),
    });
    expect(headers['vary']).toContain('accept-encoding');
    expect(body.byteLength).toBeLessThan(1000);
    expect(JSON.parse(decompress(body).toString())).toEqual({ data: { long: LONG } });
  });

  it('is plain text for a short answer, and for a client that names no encoding', async () => {
    for (const [query, accepted] of [
      ['{ short }', 'br, gzip'],
      ['{ long }', 'identity'],
    ] as const) {
      const { headers, body } = await raw(query, accepted);
      expect(headers['content-encoding']).toBeUndefined();
      expect(headers['vary']).toContain('accept-encoding');
      expect(JSON.parse(body.toString())).toHaveProperty('data');
    }
  });

  it('is the content type of GraphQL where it is asked for, and 406 for one nobody speaks', async () => {
    const ask = (accept: string) => graph.post('{"query": "{ short }"}', { accept });
    expect((await ask('application/graphql-response+json')).headers.get('content-type')).toBe(
      'application/graphql-response+json; charset=utf-8',
    );
    expect((await ask('text/csv')).status).toBe(406);
  });

  it('is one operation per request', async () => {
    const response = await graph.post('[{"query": "{ short }"}, {"query": "{ short }"}]');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('can be an operation by its hash, of which the least recently asked are forgotten', async () => {
    const ask = async (text: string, withText: boolean) => {
      const sha256Hash = createHash('sha256').update(text).digest('hex');
      const extensions = { persistedQuery: { version: 1, sha256Hash } };
      const response = await graph.post(JSON.stringify({ extensions, ...(withText ? { query: text } : {}) }));
      const { data, errors } = (await response.json()) as Answer;
      return data ?? errors?.[0]?.extensions['code'];
    };
    expect(await ask('{ short }', false)).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(await ask('{ short }', true)).toEqual({ short: 'word' });
    expect(await ask('{ short }', false)).toEqual({ short: 'word' });
    await ask('{ a: short }', true);
    await ask('{ b: short }', true);
    expect(await ask('{ b: short }', false)).toEqual({ b: 'word' });
    expect(await ask('{ short }', false)).toBe('PERSISTED_QUERY_NOT_FOUND');
    await ask('{ nope }', true);
    expect(await ask('{ nope }', false)).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});
