import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connector } from '../../connectors/port.ts';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { newId } from '../../platform/ids.ts';
import { signWebhook } from '../../platform/inbox/standard-webhooks.ts';
import { startSandboxUnderTest, TOKEN } from '../connectors/sandbox-under-test.ts';
import { randomFrom } from '../kit/random.ts';
import { LAST_STOCK, load, loadShop } from '../kit/shop-records.ts';
import { until } from '../kit/until.ts';
import { type Delivery, type Follower, startFollower } from './follower.ts';

const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const SEED = Number(process.env['SEED'] ?? 11);
/** Changes of each of four feeds in the day. */
const ROUNDS = 8;
/** How far a delivery is thrown from its place. */
const THROW = 7;
/** Added to the day's prices, so that the opening price is below them all. */
const FAR_FROM_OPENING = 100;
const DELIVERIES = ROUNDS * 4;

/** What a follower knows of the day, as numbers that only grow while nothing goes back. */
interface Known {
  readonly title: number;
  readonly price: number;
  readonly person: number;
  readonly movements: number;
}

describe(`what the ERP pushes in a day (seed ${SEED})`, () => {
  let sandbox: Awaited<ReturnType<typeof startSandboxUnderTest>>;
  let erp: Connector;
  let tap: Awaited<ReturnType<typeof startTap>>;
  let inOrder: Follower;
  let repeated: Follower;
  let thrown: Follower;
  let day: readonly Delivery[];

  beforeAll(async () => {
    sandbox = await startSandboxUnderTest();
    erp = createSandboxErpConnector({ url: sandbox.systems.erpUrl, token: TOKEN });
    await loadShop(erp);
    tap = await startTap();
    await sandbox.post(`${sandbox.systems.url}/webhook-endpoint`, { url: tap.url, secret: SECRET });
    const start = () => startFollower(sandbox, SECRET, hasReadAll);
    [inOrder, repeated, thrown] = await Promise.all([start(), start(), start()]);
    for (let round = 1; round <= ROUNDS; round += 1) await change(round);
    await until('all was delivered', () => tap.heard.length >= DELIVERIES);
    day = tap.heard.slice(0);
    expect(new Set(day.map(({ feed }) => feed))).toEqual(
      new Set(['items', 'prices', 'customers', 'stockMovements']),
    );
    for (const delivery of day) expect(await inOrder.deliver(delivery)).toBe(202);
    await knowsRound(inOrder, ROUNDS);
  });
  afterAll(async () => {
    await Promise.all([inOrder, repeated, thrown].map((follower) => follower.stop()));
    await tap.stop();
    await erp.close();
    await sandbox.stop();
  });

  async function change(round: number): Promise<void> {
    const sale = {
      id: `SALE-${round}`,
      sku: 'LAMP',
      locationCode: 'DC',
      quantity: String(-round),
      unit: 'C62',
      type: 'SALE',
      occurredAt: new Date(Date.UTC(2026, 1, 1, round)).toISOString(),
    } as const;
    await load(erp, 'items', [
      {
        sku: 'LAMP',
        title: `lamp ${round}`,
        baseUnit: 'C62',
        unitConversions: [],
        taxCategoryCode: 'STANDARD',
        trackInventory: true,
        categories: [],
        status: 'ACTIVE',
      },
    ]);
    await load(erp, 'prices', [
      {
        sku: 'LAMP',
        channelCode: 'web-uk',
        currencyCode: 'GBP',
        list: `${FAR_FROM_OPENING + round}.00`,
        taxIncluded: true,
        priceListCode: 'STANDARD',
      },
    ]);
    await load(erp, 'customers', [{ code: 'C-ADA', givenName: `Ada ${round}` }]);
    await load(erp, 'stockMovements', [sale]);
  }

  async function knownBy(follower: Pick<Follower, 'projection'>): Promise<Known> {
    const rooms = await follower.projection();
    const last = (collection: string, field: string, key: string, value: unknown) =>
      Number.parseFloat(
        String(rooms[collection]?.find((each) => each[key] === value)?.[field]).replace(/^\D+/, ''),
      );
    const lamp = rooms['product/variants']?.find(({ sku }) => sku === 'LAMP')?.['_id'];
    return {
      title: last('product/variants', 'title', 'sku', 'LAMP') || 0,
      price: Math.max(0, last('product/prices', 'list', 'variantId', lamp) - FAR_FROM_OPENING),
      person: last('customer/customers', 'givenName', 'code', 'C-ADA') || 0,
      movements:
        rooms['inventory/ledger']?.filter(({ sourceEventId }) => String(sourceEventId).startsWith('SALE-'))
          .length ?? 0,
    };
  }

  const knowsRound = (follower: Follower, round: number) =>
    until(`round ${round} is known`, async () => {
      const { title, price, person, movements } = await knownBy(follower);
      return [title, price, person, movements].every((each) => each === round);
    });

  it('F7: delivered out of order never goes back, and ends where the order would have led', async () => {
    const random = randomFrom(SEED + 1);
    let known = await knownBy(thrown);
    for (const delivery of nearby(day, random)) {
      expect(await thrown.deliver(delivery)).toBe(202);
      const next = await knownBy(thrown);
      for (const fact of ['title', 'price', 'person', 'movements'] as const)
        expect(next[fact], fact).toBeGreaterThanOrEqual(known[fact]);
      known = next;
    }
    await knowsRound(thrown, ROUNDS);
    expect(comparable(await thrown.projection())).toEqual(comparable(await inOrder.projection()));
    expect(await thrown.repetitions()).toBe(0);
  });

  it('F6: delivered 2 to 5 times each, and then all day again, changes nothing more, and each repetition is counted', async () => {
    const random = randomFrom(SEED);
    let repetitions = 0;
    for (const delivery of day) {
      expect(await repeated.deliver(delivery)).toBe(202);
      const more = 1 + Math.floor(random() * 4);
      repetitions += more;
      const answers = await Promise.all(Array.from({ length: more }, () => repeated.deliver(delivery)));
      expect(new Set(answers)).toEqual(new Set([200]));
    }
    await knowsRound(repeated, ROUNDS);
    expect(comparable(await repeated.projection())).toEqual(comparable(await inOrder.projection()));

    const before = settled(await repeated.projection());
    for (const delivery of inAnyOrder(day, random)) expect(await repeated.deliver(delivery)).toBe(200);
    repetitions += day.length;
    expect(JSON.stringify(settled(await repeated.projection()))).toBe(JSON.stringify(before));
    expect(await repeated.repetitions()).toBe(repetitions);

    // The same facts as news, under ids of their own: the inbox cannot know them, whoever applies them must.
    for (const delivery of day) expect(await repeated.deliver(asNews(delivery))).toBe(202);
    await change(ROUNDS + 1);
    const next = await until(
      'the next changes were delivered',
      () => tap.heard.length === DELIVERIES + 4 && tap.heard.slice(DELIVERIES),
    );
    for (const follower of [repeated, inOrder]) {
      for (const delivery of next) expect(await follower.deliver(delivery)).toBe(202);
      await knowsRound(follower, ROUNDS + 1);
    }
    expect(comparable(await repeated.projection())).toEqual(comparable(await inOrder.projection()));
  });
});

/** Whether a follower has read the shop that was there before the day. */
async function hasReadAll({ projection }: Pick<Follower, 'projection'>): Promise<boolean> {
  const rooms = await projection();
  const has = (collection: string, count: number) => (rooms[collection]?.length ?? 0) >= count;
  const last = rooms['inventory/items']?.find(({ sku }) => sku === LAST_STOCK)?.['_id'];
  return (
    has('product/prices', 8) &&
    has('customer/customers', 2) &&
    last !== undefined &&
    (rooms['inventory/levels']?.some(({ variantId }) => variantId === last) ?? false)
  );
}

/** Takes the deliveries and keeps them as they came. */
async function startTap() {
  const heard: Delivery[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        name.startsWith('webhook-') && typeof value === 'string' ? [[name, value]] : [],
      ),
    );
    const { type } = JSON.parse(body) as { type: string };
    heard.push({ feed: type.split('.')[1] ?? type, headers, body });
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    heard,
    // A TCP server's address is never the name of a pipe.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a delivery says, said again under an id that nobody has heard. */
function asNews({ feed, body }: Delivery): Delivery {
  const id = newId();
  const rawBody = JSON.stringify({ ...JSON.parse(body), id });
  const signed = signWebhook({ secret: SECRET, id, at: new Date(), rawBody });
  return { feed, headers: { ...signed }, body: rawBody };
}

/** Each somewhere else, and none far from its place: what a sender does that delivers in parallel. */
function nearby<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((each, index) => ({ each, at: index + random() * THROW }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each);
}

function inAnyOrder<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((each) => ({ each, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each);
}

type Projection = Awaited<ReturnType<Follower['projection']>>;

/** Without the marks of work that goes on by itself. */
function settled({ 'inventory/auditTurns': _turns, ...rooms }: Projection): Projection {
  return rooms;
}

/** When and in how many writes it was written down differs between two runs; what is known does not. */
const OF_THE_RUN = new Set(['version', 'position', 'updatedAt', 'recordedAt', 'lastTransactionId']);
/** A product is put together of its articles: its own time is ours. */
const isOfTheRun = (collection: string, field: string) =>
  OF_THE_RUN.has(field) || (collection === 'product/products' && field === 'sourceAt');

function comparable(projection: Projection): Projection {
  return Object.fromEntries(
    Object.entries(settled(projection)).map(([collection, documents]) => [
      collection,
      documents.map((document) =>
        Object.fromEntries(Object.entries(document).filter(([name]) => !isOfTheRun(collection, name))),
      ),
    ]),
  );
}
