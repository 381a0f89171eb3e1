import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../platform/clock.ts';
import { startTestStore, type TestStore } from '../../kit/store.ts';
import { startTinyGraph, type TinyGraph, type TinySubgraph, until, WAYS } from '../tiny-graph.ts';
import { type CountedStock, countOne, createCountedStock, levelsOf } from './counted-stock.ts';

interface Seen {
  readonly data?: Record<string, { sku: string; version: number; name?: string } | null> | null;
  readonly errors?: readonly { readonly extensions?: Record<string, unknown> }[];
  readonly extensions?: Record<string, unknown>;
}

let pii = true;
const names: TinySubgraph = {
  typeDefs: `type Query { n: Int } type Level @key(fields: "sku") {
    sku: ID! name: String secret: String @policy(policies: [["pii"]])
  }`,
  resolvers: {
    Level: {
      __resolveReference: async ({ sku }: { sku: string }) => ({ sku, name: `name of ${sku}`, secret: 'x' }),
    },
  },
};
const CHANGES = 'subscription { levelChanged { sku version name } }';
const ONE = 'subscription { levelUpdated(sku: "a") { sku version name } }';

describe.each(WAYS)('subscriptions at the gateway, %s', (way) => {
  let store: TestStore;
  let stock: CountedStock;
  let graph: TinyGraph;
  beforeAll(async () => {
    store = await startTestStore();
  });
  afterAll(() => store.stop());
  beforeEach(async () => {
    pii = true;
    await levelsOf(store).deleteMany({});
    stock = createCountedStock(store);
    await stock.start();
    graph = await startTinyGraph(
      { stock: stock.subgraph, names },
      { way, policies: { pii: () => pii }, resumeForMs: 20_000 },
    );
  });
  afterEach(async () => {
    await graph.stop();
    await stock.stop();
  });

  /** Collects what a subscriber is told. */
  function listen(
    query: string,
    connectionParams: Record<string, unknown> = {},
    resumeFrom: string | null = null,
  ) {
    const seen: Seen[] = [];
    const ended: unknown[] = [];
    const client = graph.socketClient(connectionParams);
    const stop = client.subscribe(
      { query, extensions: { resumeFrom } },
      {
        next: (event) => void seen.push(event as Seen),
        error: (cause) => void ended.push(cause),
        complete: () => void ended.push('complete'),
      },
    );
    const versions = () =>
      seen.flatMap(({ data }) => Object.values(data ?? {}).flatMap((level) => level?.version ?? []));
    return { seen, ended, stop, versions, isOpen: () => seen[0]?.extensions?.['opening'] !== undefined };
  }
  const as = (identity: object) => ({ authorization: `Bearer ${JSON.stringify(identity)}` });
  const namesAsked = () => graph.calls['names']?.length ?? 0;

  it('that ask the same for equal callers share one at the subgraph, and each event’s other fields are fetched once', async () => {
    const many = Array.from({ length: 20 }, () => listen(CHANGES));
    await until('all are open', () => many.every(({ isOpen }) => isOpen()));
    expect(stock.subscribers()).toBe(1);
    await countOne(store, 'a');
    await until('all are told', () => many.every(({ versions }) => versions().length === 1));
    expect(many[7]?.seen[1]).toMatchObject({ data: { levelChanged: { sku: 'a', name: 'name of a' } } });
    expect(namesAsked()).toBe(1);

    for (const { stop } of many.slice(1)) stop();
    await countOne(store, 'a');
    await until('who stayed is told', () => many[0]?.versions().length === 2);
    many[0]?.stop();
    await until('none is left at the subgraph', () => stock.subscribers() === 0);
  });

  it('of different callers, or of other fields of the subgraph, do not share', async () => {
    const some = [
      listen(CHANGES),
      listen(CHANGES, as({ subject: 'ada' })),
      listen(CHANGES, as({ subject: 'ada', expiresAt: '2100-01-01T00:00:00Z' })),
      listen(CHANGES, as({ subject: 'ben' })),
      listen('subscription { levelChanged { sku units version name } }'),
    ];
    await until('all are open', () => some.every(({ isOpen }) => isOpen()));
    expect(stock.subscribers()).toBe(4);
    await countOne(store, 'a');
    await until('all are told', () => some.every(({ versions }) => versions().length === 1));
  });

  it('that begin with the present each get it, and share from the first change on', async () => {
    await countOne(store, 'a');
    const early = listen(ONE);
    await until('the first has the present', () => early.versions().length === 1);
    await countOne(store, 'a');
    await until('and a change', () => early.versions().length === 2);
    const late = listen(ONE);
    await until('the second has the present', () => late.versions().length === 1);
    expect(late.versions()).toEqual([2]);
    await countOne(store, 'a');
    await until('they share', () => stock.subscribers() === 1);
    await countOne(store, 'a');
    await until('both are told', () => late.versions().length === 3 && early.versions().length === 4);
    expect(early.versions()).toEqual([1, 2, 3, 4]);
    expect(late.versions()).toEqual([2, 3, 4]);
  });

  it('that come back while others listen are told what they missed, then share with them', async () => {
    const stays = listen(CHANGES);
    const leaves = listen(CHANGES);
    await until('both are open', () => stays.isOpen() && leaves.isOpen());
    await countOne(store, 'a');
    await until('both are told', () => leaves.versions().length === 1 && stays.versions().length === 1);
    leaves.stop();
    await countOne(store, 'a');
    await until('who stayed is told', () => stays.versions().length === 2);
    const back = listen(CHANGES, {}, String(leaves.seen[1]?.extensions?.['cursor']));
    await until('who left is told what was missed', () => back.versions().length === 1);
    await until('they share', () => stock.subscribers() === 1);
    const same = listen(CHANGES, {}, String(stays.seen.at(-1)?.extensions?.['cursor']));
    await until('who stands where the others are joins at once', () => same.isOpen());
    expect(stock.subscribers()).toBe(1);
    await countOne(store, 'a');
    await until('all are told', () => [stays, back, same].every(({ versions }) => versions().at(-1) === 3));
    expect(stays.versions()).toEqual([1, 2, 3]);
    expect(back.versions()).toEqual([2, 3]);
    expect(same.versions()).toEqual([3]);
  });

  it('end with a coded error at the event after their rights have changed', async () => {
    const some = listen('subscription { levelChanged { sku version secret } }', as({}));
    await until('it is open', () => some.isOpen());
    await countOne(store, 'a');
    await until('it is told', () => some.versions().length === 1);
    pii = false;
    await countOne(store, 'a');
    await until('it has ended', () => some.ended.length > 0);
    expect(some.ended[0]).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(some.versions()).toEqual([1]);
    await until('none is left at the subgraph', () => stock.subscribers() === 0);
  });
});

describe('a subscription whose subgraph is gone for a while', () => {
  it('waits, and then tells what was missed, once', async () => {
    const store = await startTestStore();
    const stock = createCountedStock(store);
    await stock.start();
    const graph = await startTinyGraph(
      { stock: stock.subgraph, names },
      { way: 'over HTTP', policies: { pii: () => true } },
    );
    try {
      const events = graph.socketClient().iterate({ query: CHANGES, extensions: { resumeFrom: null } });
      const next = async () => (await events.next()).value as Seen;
      expect(await next()).toMatchObject({ extensions: { opening: 'changes' } });
      await countOne(store, 'a');
      expect(await next()).toMatchObject({ data: { levelChanged: { version: 1 } } });
      await graph.takeDown('stock');
      await countOne(store, 'a');
      await countOne(store, 'a');
      await graph.bringBack('stock');
      expect(await next()).toMatchObject({ data: { levelChanged: { version: 2 } } });
      await countOne(store, 'a');
      expect(await next()).toMatchObject({ data: { levelChanged: { version: 3 } } });
      expect(await next()).toMatchObject({ data: { levelChanged: { version: 4 } } });
    } finally {
      await graph.stop();
      await stock.stop();
      await store.stop();
    }
  });

  it('ends with a coded error when it does not come back in time', async () => {
    const store = await startTestStore();
    const stock = createCountedStock(store);
    await stock.start();
    const graph = await startTinyGraph(
      { stock: stock.subgraph, names },
      { way: 'over HTTP', policies: { pii: () => true }, resumeForMs: 200 },
    );
    try {
      const events = graph.socketClient().iterate({ query: CHANGES, extensions: { resumeFrom: null } });
      await events.next();
      const beganAt = systemClock.now().getTime();
      await graph.takeDown('stock');
      await expect(events.next()).rejects.toMatchObject([
        { extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'stock' } },
      ]);
      expect(systemClock.now().getTime() - beganAt).toBeGreaterThanOrEqual(200);
    } finally {
      await graph.stop();
      await stock.stop();
      await store.stop();
    }
  });
});
