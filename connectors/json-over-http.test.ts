import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createJsonOverHttp, type JsonOverHttp } from './json-over-http.ts';

describe('a JSON call over HTTP', () => {
  let server: Server | undefined;
  let http: JsonOverHttp | undefined;
  afterEach(async () => {
    await http?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
    server = undefined;
    http = undefined;
  });

  function open(url: string): JsonOverHttp {
    http = createJsonOverHttp({
      system: 'erp',
      url,
      headers: { 'x-key': 'k' },
      timeoutMs: 300,
      maxConnections: 2,
    });
    return http;
  }
  async function answeredBy(listener: RequestListener): Promise<JsonOverHttp> {
    const listening = createServer(listener);
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never the name of a pipe.
    return open(`http://127.0.0.1:${(listening.address() as AddressInfo).port}/base/`);
  }
  const post = (client: JsonOverHttp) =>
    client.call({ method: 'POST', path: '/orders', body: { a: 1 }, signal: AbortSignal.timeout(5_000) });

  it('keeps the path of the address, its headers and gives what the system answered', async () => {
    const client = await answeredBy((request, response) => {
      const body = JSON.stringify({ path: request.url, key: request.headers['x-key'] });
      response.writeHead(422).end(body);
    });
    expect(await post(client)).toMatchObject({ status: 422, body: { path: '/base/orders', key: 'k' } });
  });

  it.each([
    ['401', { status: 401 }, { outcome: 'refused', code: 'UNAUTHORIZED' }],
    ['403', { status: 403 }, { outcome: 'refused', code: 'UNAUTHORIZED' }],
    ['429 in seconds', { status: 429, wait: '7' }, { outcome: 'throttled', retryAfterMs: 7_000 }],
    ['429 without a wait', { status: 429 }, { outcome: 'throttled', retryAfterMs: 1_000 }],
    [
      '429 until a time that is past',
      { status: 429, wait: 'Wed, 21 Oct 2015 07:28:00 GMT' },
      { retryAfterMs: 0 },
    ],
    ['503 with a wait', { status: 503, wait: '1' }, { outcome: 'throttled', code: 'THROTTLED' }],
    ['503 without a wait', { status: 503 }, { outcome: 'in-doubt', code: 'SYSTEM_ERROR' }],
    ['500', { status: 500 }, { outcome: 'in-doubt', code: 'SYSTEM_ERROR' }],
    [
      '200 that is no JSON',
      { status: 200, body: '<html>' },
      { outcome: 'in-doubt', code: 'CONTRACT_VIOLATION' },
    ],
  ])(
    'sorts %s',
    async (_, { status, wait, body = '{}' }: { status: number; wait?: string; body?: string }, means) => {
      const client = await answeredBy((_request, response) => {
        response.writeHead(status, wait === undefined ? {} : { 'retry-after': wait }).end(body);
      });
      await expect(post(client)).rejects.toMatchObject({ system: 'erp', ...means });
    },
  );

  it('is in doubt when the answer breaks off in the middle', async () => {
    const client = await answeredBy((_request, response) => {
      response.writeHead(201, { 'content-length': '100' });
      response.write('{"number":');
      setImmediate(() => response.destroy());
    });
    await expect(post(client)).rejects.toMatchObject({ outcome: 'in-doubt', code: 'CONNECTION_LOST' });
  });

  it('is in doubt when no answer comes in its time', async () => {
    const client = await answeredBy(() => undefined);
    await expect(post(client)).rejects.toMatchObject({ outcome: 'in-doubt', code: 'TIMEOUT' });
  });

  it('certainly did not happen when nobody listens, or the name is nobody', async () => {
    const closed = await answeredBy(() => undefined);
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    await expect(post(closed)).rejects.toMatchObject({ outcome: 'not-sent', code: 'CONNECTION_REFUSED' });
  });
});
