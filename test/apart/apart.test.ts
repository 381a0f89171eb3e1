import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemoShop } from '../../app/demo/load.ts';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { startSandboxSystems } from '../../connectors/sandbox/system/start-sandbox-systems.ts';
import { startEmbeddedMongo } from '../../embedded-mongo/start.ts';
import { SUBGRAPH_NAMES } from '../../platform/subgraph.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { startProcess } from '../kit/house.ts';
import { buy } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

const SECRET = 'known-to-every-part-of-this-test-house';
const TOKEN = 'token-of-the-stand-in-systems';

type Process = Awaited<ReturnType<typeof startProcess>>;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Gateway and six subgraphs as processes of their own, over HTTP and WebSocket, on one shared store. */
describe('the house, run apart', () => {
  const undo: (() => Promise<unknown>)[] = [];
  const subgraphs = new Map<string, Process>();
  let gateway: Process;
  let admin: Client;
  let url = '';

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'ucg-apart-'));
    undo.push(() => rm(directory, { recursive: true, force: true }));
    const mongo = await startEmbeddedMongo({
      directory: join(directory, 'store'),
      listen: { host: '127.0.0.1', port: await freePort() },
    });
    undo.push(() => mongo.stop());
    const systems = await startSandboxSystems({
      directory: join(directory, 'sandbox'),
      host: '127.0.0.1',
      port: 0,
      token: TOKEN,
    });
    undo.push(() => systems.stop());
    const erp = createSandboxErpConnector({ url: systems.erpUrl, token: TOKEN });
    await loadDemoShop(erp, silentLogger);
    await erp.close();

    const urls = await Promise.all(
      SUBGRAPH_NAMES.map(async (name) => [
        `${name.toUpperCase()}_URL`,
        `http://127.0.0.1:${await freePort()}/graphql`,
      ]),
    );
    const environment = {
      ...process.env,
      ...Object.fromEntries(urls),
      DATA_DIR: directory,
      LOG_LEVEL: 'error',
      PORT: '0',
      INTERNAL_TOKEN_SECRET: SECRET,
      MONGODB_URI: process.env['MONGODB_URI'] ?? mongo.uri,
      ERP_URL: systems.erpUrl,
      ERP_TOKEN: TOKEN,
      PAYMENTS_URL: systems.paymentsUrl,
      PAYMENTS_TOKEN: TOKEN,
    };
    await Promise.all(
      SUBGRAPH_NAMES.map(async (name) => {
        const started = await startProcess(['app/subgraph-alone.ts', name], environment, / ready at (\S+)/);
        subgraphs.set(name, started);
        undo.push(started.stop);
      }),
    );
    gateway = await startProcess(['app/gateway-alone.ts'], environment, / ready at (\S+)/);
    undo.push(gateway.stop);
    url = gateway.match;
    admin = await sandboxClient(url, { role: 'admin' });
    await until(
      'the gateway and every subgraph can serve',
      async () => (await fetch(new URL('/readyz', url))).ok,
      20_000,
    );
  }, 90_000);
  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  }, 60_000);

  it('takes an order through all of its processes, and tells a subscriber of each step', async () => {
    await until(
      'the feeds have been read',
      async () => {
        const answer = await admin.ask<{
          productVariantBySku: { price: unknown; availability: { status: string } | null } | null;
        }>(
          'query { channelByCode(code: "web-uk") { id } productVariantBySku(sku: "HP903-PINE-LARGE") { id } }',
        );
        return answer.data?.productVariantBySku != null;
      },
      20_000,
    );
    const { order } = await until(
      'it can be bought',
      async () => {
        const bought = await buy(admin, 'HP903-PINE-LARGE').catch(() => null);
        return bought?.order != null && bought;
      },
      20_000,
    );
    const subscription = admin.listen<{
      orderUpdated: { erpSync: { state: string }; lines: { variant: { title: string } }[] };
    }>(
      'subscription ($id: ID!) { orderUpdated(id: $id) { erpSync { state } lines { variant { title } } } }',
      { id: order?.id },
    );
    await until(
      'the ERP has it',
      () => subscription.events.some((event) => event.data?.orderUpdated.erpSync.state === 'ACKNOWLEDGED'),
      20_000,
    );
    expect(subscription.events[0]?.data?.orderUpdated.lines[0]?.variant.title).toBe(
      'Beeswax candle, Pine, Large',
    );
    await subscription.stop();
  });

  it('refuses to answer anybody but the graph', async () => {
    const address = subgraphs.get('order')?.match ?? '';
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ orders { nodes { id } } }"}',
    });
    expect(response.status).toBe(401);
    expect(JSON.stringify(await response.json())).toContain('UNAUTHENTICATED');
  });

  it('answers the rest when one subgraph is gone, and says which', async () => {
    const { order } = await buy(admin, 'HP903-CEDAR-SMALL');
    await subgraphs.get('finance')?.kill();
    const answer = await admin.ask<{
      order: { number: string; payments: unknown; lines: { variant: { title: string } }[] };
    }>('query ($id: ID!) { order(id: $id) { number payments { id } lines { variant { title } } } }', {
      id: order?.id,
    });
    expect(answer.data?.order).toMatchObject({
      number: order?.number,
      payments: null,
      lines: [{ variant: { title: 'Beeswax candle, Cedar, Small' } }],
    });
    expect(answer.errors?.[0]).toMatchObject({
      path: ['order', 'payments'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'finance' },
    });
    await until(
      'the gateway says that it is not whole',
      async () => (await fetch(new URL('/readyz', url))).status === 503,
    );
  });

  it('stops within ten seconds with exit code 0', async () => {
    const began = Date.now();
    expect(await gateway.stop()).toBe(0);
    expect(dataOf({ data: await subgraphs.get('product')?.stop() })).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
  });
});
