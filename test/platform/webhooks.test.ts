import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../connectors/canonical/item.ts';
import { polledFeed } from '../../connectors/polled-feed.ts';
import type { Connector } from '../../connectors/port.ts';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { createPoller, type Poller } from '../../platform/feed/poller.ts';
import { signWebhook } from '../../platform/inbox/standard-webhooks.ts';
import { createWebhookDoor } from '../../platform/inbox/webhook-door.ts';
import { item } from '../connectors/sandbox-erp-records.ts';
import { startSandboxUnderTest, TOKEN } from '../connectors/sandbox-under-test.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';

const secretOf = (fill: number) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`;
const SECRET = secretOf(7);
/** Longer than a test: what is seen before was pushed, not polled. */
const NEVER_MS = 10 * 60_000;

describe('what a system pushes', () => {
  let test: TestStore;
  let sandbox: Awaited<ReturnType<typeof startSandboxUnderTest>>;
  let erp: Connector;
  let door: { url: string; stop(): void };
  const pollers: Poller[] = [];

  beforeAll(async () => {
    test = await startTestStore();
    sandbox = await startSandboxUnderTest();
    erp = createSandboxErpConnector({
      url: sandbox.systems.erpUrl,
      token: TOKEN,
      webhookSecrets: [SECRET, secretOf(8)],
    });
    door = await openDoor();
    await pushTo(`${door.url}/webhooks/erp`);
  });
  afterEach(async () => {
    await sandbox.setFault('erp', 'none');
    await Promise.all(pollers.splice(0).map((poller) => poller.stop()));
  });
  afterAll(async () => {
    door.stop();
    await erp.close();
    await sandbox.stop();
    await test.stop();
  });

  async function openDoor() {
    const { integration, clock, logger } = test.dependencies;
    const readers = new Map(erp.webhooks === undefined ? [] : [['erp', erp.webhooks.read]]);
    const handle = createWebhookDoor({ readers, inbox: integration.webhooks, clock, logger });
    const server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never the name of a pipe.
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
  }

  /** A reader of the ERP's items that has read them once and polls no more. */
  async function readItems(name: string, gapMs = 100) {
    const { integration, clock, logger } = test.dependencies;
    const applied: string[] = [];
    const state = { reads: 0 };
    const poller = createPoller<Item>({
      name,
      ...polledFeed(erp, 'items', integration),
      clock,
      logger,
      everyMs: NEVER_MS,
      gapMs,
      read(cursor, options) {
        state.reads += 1;
        return erp.readChanges('items', cursor, options);
      },
      async apply(changes) {
        applied.push(...changes.map(({ record }) => record.title));
        return [];
      },
    });
    pollers.push(poller);
    await poller.start();
    await until('the feed was read once', () => poller.caughtUp());
    applied.splice(0);
    state.reads = 0;
    return { applied, state };
  }

  const change = (...titles: string[]) =>
    erp.loadMasterData?.(
      'items',
      titles.map((title) => ({ ...item('LAMP-1'), title })),
      { signal: AbortSignal.timeout(5_000) },
    );
  const itemsInbox = () => test.dependencies.integration.webhooks.model.find({ feed: 'items' });

  it('is applied as it arrives, by every reader of the feed, without a poll', async () => {
    const one = await readItems('push/one');
    const other = await readItems('push/other');
    await change('pushed 1', 'pushed 2');
    await until('both have them', () => one.applied.length === 2 && other.applied.length === 2);
    expect(one.applied).toEqual(['pushed 1', 'pushed 2']);
    expect(other.applied).toEqual(['pushed 1', 'pushed 2']);
    expect(one.state.reads + other.state.reads).toBe(0);
  });

  it('delivered again and again it is applied once, and each repetition is counted', async () => {
    const reader = await readItems('push/again');
    const before = await itemsInbox().countDocuments();
    await sandbox.setFault('erp', 'duplicating');
    await change('twice 1', 'twice 2', 'twice 3');
    await until(
      'each came twice',
      async () => (await itemsInbox().countDocuments({ deliveries: { $gte: 2 } })) >= 3,
    );
    expect(reader.applied).toEqual(['twice 1', 'twice 2', 'twice 3']);
    expect((await itemsInbox().countDocuments()) - before).toBe(3);
  });

  it('delivered in the wrong order it is applied in the right one', async () => {
    const reader = await readItems('push/turned', NEVER_MS);
    await sandbox.setFault('erp', 'reordering');
    await change('turned 1', 'turned 2', 'turned 3', 'turned 4');
    await until('all are there', () => reader.applied.length === 4);
    expect(reader.applied).toEqual(['turned 1', 'turned 2', 'turned 3', 'turned 4']);
    expect(reader.state.reads).toBe(0);
  });

  it('where one was never delivered the feed is read, and what was early is not applied again', async () => {
    const reader = await readItems('push/hole');
    await change('before the hole');
    await until('the first is there', () => reader.applied.length === 1);
    const swallower = await openSwallower();
    try {
      await pushTo(swallower.url);
      await change('in the hole');
      await until('it went astray', () => swallower.swallowed() === 1);
    } finally {
      swallower.stop();
      await pushTo(`${door.url}/webhooks/erp`);
    }
    await change('behind the hole');
    await until('the hole is filled', () => reader.applied.includes('behind the hole'));
    expect(reader.state.reads).toBeGreaterThan(0);
    await change('after the hole');
    await until('it goes on', () => reader.applied.includes('after the hole'));
    expect(reader.applied).toEqual(['before the hole', 'in the hole', 'behind the hole', 'after the hole']);
  });

  async function pushTo(url: string) {
    const answer = await sandbox.post(`${sandbox.systems.url}/webhook-endpoint`, { url, secret: SECRET });
    expect(answer.status).toBe(200);
  }

  /** Says that it took what it was sent, and did not. */
  async function openSwallower() {
    let swallowed = 0;
    const server = createServer((request, response) => {
      swallowed += 1;
      request.resume();
      response.writeHead(202).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never the name of a pipe.
    const { port } = server.address() as AddressInfo;
    const stop = () => {
      server.closeAllConnections();
      server.close();
    };
    return { url: `http://127.0.0.1:${port}/`, swallowed: () => swallowed, stop };
  }

  const event = ({ id, position, title }: { id: string; position: number; title: string }) =>
    JSON.stringify({
      specversion: '1.0',
      id,
      source: '/sandbox/erp',
      type: 'erp.items.changed',
      time: new Date().toISOString(),
      dataschema: 'urn:sandbox:erp:items:1',
      sequence: String(position),
      data: { ...item('LAMP-1'), title },
    });

  async function deliver(rawBody: string, secret = SECRET, sent = rawBody, path = '/webhooks/erp') {
    const headers = signWebhook({ secret, id: 'delivery', at: new Date(), rawBody });
    const answer = await fetch(`${door.url}${path}`, { method: 'POST', headers, body: sent });
    const body: unknown = await answer.json();
    return { status: answer.status, code: Reflect.get(Object(body), 'code') };
  }

  it('is refused at the door by its own reason', async () => {
    const good = event({ id: 'refusals', position: 900_001, title: 'x' });
    expect(await deliver(good)).toEqual({ status: 202, code: 'STORED' });
    expect(await deliver(good)).toEqual({ status: 200, code: 'DELIVERED_BEFORE' });
    expect(await deliver(good, secretOf(8))).toEqual({ status: 200, code: 'DELIVERED_BEFORE' });
    expect(await deliver(good, secretOf(9))).toEqual({ status: 401, code: 'SIGNATURE_INVALID' });
    expect(await deliver(good, SECRET, `${good} `)).toEqual({ status: 401, code: 'SIGNATURE_INVALID' });
    expect(await deliver('{"no": "event"}')).toEqual({ status: 422, code: 'INVALID_EVENT' });
    expect(await deliver('no json')).toEqual({ status: 422, code: 'INVALID_EVENT' });
    expect(await deliver(good.replace('erp.items.changed', 'erp.items.eaten'))).toEqual({
      status: 422,
      code: 'UNKNOWN_TYPE',
    });
    expect(await deliver(good.replace('items:1', 'items:2'))).toEqual({
      status: 422,
      code: 'UNKNOWN_SCHEMA',
    });
    expect(await deliver(good, SECRET, good, '/webhooks/pos')).toEqual({
      status: 404,
      code: 'UNKNOWN_SYSTEM',
    });
    expect(await deliver('x'.repeat(300_000))).toEqual({ status: 413, code: 'REQUEST_TOO_LARGE' });
  });
});
