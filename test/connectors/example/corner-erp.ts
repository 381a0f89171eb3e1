import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConformanceFault } from '../../../connectors/conformance/harness.ts';

const SLOW_MS = 2_000;

interface Article {
  readonly rev: number;
  readonly no: string;
  readonly descr: string | null;
  readonly unit: string;
  readonly vat: 'H' | 'L';
  readonly gone: boolean;
  readonly changed: string;
}

interface OrderRequest {
  readonly yourRef: string;
  readonly shop: string;
  readonly lines: readonly { readonly article: string; readonly pieces: number; readonly cents: number }[];
  readonly totalCents: number;
}

interface Order extends OrderRequest {
  readonly id: number;
  readonly booked: string;
}

/**
 * The ERP of a corner shop, as the page "Connect your ERP in an afternoon" connects it: articles with a revision number, orders that are unique by the
 * customer's reference, money in cents, and its own words for everything.
 */
export async function startCornerErp() {
  const articles = new Map<string, Article>();
  const orders: Order[] = [];
  let revision = 0;
  let nonsense = 0;
  let fault: ConformanceFault = 'none';

  function put(article: Partial<Article> & Pick<Article, 'no'>): void {
    revision += 1;
    const plain = { descr: 'An article', unit: 'pcs', vat: 'H', gone: false } as const;
    articles.set(article.no, { ...plain, ...article, rev: revision, changed: new Date().toISOString() });
  }

  function book(request: OrderRequest): [number, unknown] {
    const existing = orders.find(({ yourRef }) => yourRef === request.yourRef);
    if (existing !== undefined) return [409, { fault: { reason: 'DUPLICATE_REF' }, order: existing }];
    const stranger = request.lines.findIndex(({ article }) => !articles.has(article));
    if (stranger >= 0)
      return [422, { fault: { reason: 'NO_SUCH_ARTICLE', at: `lines.${stranger}.article` } }];
    const order = { ...request, id: orders.length + 1, booked: new Date().toISOString() };
    orders.push(order);
    return [201, { order }];
  }

  function answerTo(method: string, url: URL, body: string): [number, unknown] {
    if (url.pathname === '/health') return [200, { alive: true }];
    if (url.pathname === '/articles') {
      const after = Number(url.searchParams.get('after'));
      const max = Number(url.searchParams.get('max'));
      const found = [...articles.values()].filter(({ rev }) => rev > after).sort((a, b) => a.rev - b.rev);
      return [200, { articles: found.slice(0, max), last: found.length <= max }];
    }
    if (url.pathname === '/orders' && method === 'POST') return book(JSON.parse(body) as OrderRequest);
    const wanted = url.searchParams.get('yourRef');
    return [200, { orders: orders.filter(({ yourRef }) => yourRef === wanted) }];
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const send = (status: number, answer: unknown, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { connection: 'close', ...headers })
        .end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    if (incoming.headers.authorization !== 'Key corner') return void send(401, {});
    if (fault === 'throttled') return void send(429, {}, { 'retry-after': '2' });
    if (fault === 'wrong') {
      nonsense += 1;
      return void send(200, ['<html>', '{}', '{"orders":[{}],"order":7}'][nonsense % 3]);
    }
    const [status, answer] = answerTo(
      incoming.method ?? 'GET',
      new URL(incoming.url ?? '/', 'http://corner'),
      body,
    );
    if (fault === 'lossy-ack') return void incoming.socket.destroy();
    if (fault === 'slow') setTimeout(() => send(status, answer), SLOW_MS);
    else send(status, answer);
  }

  const server = createServer((incoming, response) => void serve(incoming, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return {
    url: `http://127.0.0.1:${port}`,
    put,
    countOrders: (reference: string) => orders.filter(({ yourRef }) => yourRef === reference).length,
    async setFault(next: ConformanceFault) {
      fault = next;
      if (next === 'down') return stop();
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    stop,
  };
}
