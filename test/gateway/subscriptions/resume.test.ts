import { createClient } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestStore, type TestStore } from '../../kit/store.ts';
import { startTinyGraph, type TinyGraph, type TinySubgraph, until, WAYS } from '../tiny-graph.ts';
import { type CountedStock, countOne, createCountedStock, levelsOf } from './counted-stock.ts';

interface Event {
  readonly data?: { levelChanged?: LevelSeen; levelUpdated?: LevelSeen } | null;
  readonly extensions?: { cursor?: string; resumed?: boolean; opening?: string };
}
interface LevelSeen {
  readonly sku: string;
  readonly version: number;
  readonly name?: string | null;
}

const names: TinySubgraph = {
  typeDefs: 'type Query { n: Int } type Level @key(fields: "sku") { sku: ID! name: String }',
  resolvers: {
    Level: { __resolveReference: async ({ sku }: { sku: string }) => ({ sku, name: `name of ${sku}` }) },
  },
};
const CHANGES = 'subscription { levelChanged { sku version name } }';
const ONE = 'subscription ($sku: ID!) { levelUpdated(sku: $sku) { sku version } }';

describe.each(WAYS)('a subscription that comes back with its last cursor, %s', (way) => {
  let store: TestStore;
  let stock: CountedStock;
  let graph: TinyGraph;
  beforeAll(async () => {
    store = await startTestStore();
  });
  afterAll(() => store.stop());
  beforeEach(async () => {
    await levelsOf(store).deleteMany({});
    await begin();
  });
  afterEach(end);

  async function begin(options: Parameters<typeof createCountedStock>[1] = {}) {
    stock = createCountedStock(store, options);
    await stock.start();
    graph = await startTinyGraph({ stock: stock.subgraph, names }, { way });
  }
  async function end() {
    await graph.stop();
    await stock.stop();
  }

  /** Reads a number of events and leaves. */
  async function listen(
    query: string,
    options: { resumeFrom?: string | null; variables?: Record<string, unknown> } = {},
  ) {
    const client = graph.socketClient();
    const { resumeFrom, variables } = options;
    const events = client.iterate({
      query,
      ...(variables === undefined ? {} : { variables }),
      ...(resumeFrom === undefined ? {} : { extensions: { resumeFrom } }),
    });
    const next = async (): Promise<Event> => (await events.next()).value as Event;
    return { next, leave: () => client.dispose() };
  }
  const count = async (...skus: string[]) => {
    for (const sku of skus) await countOne(store, sku);
  };
  const seenIn = (event: Event) => {
    const level = event.data?.levelChanged ?? event.data?.levelUpdated;
    return `${level?.sku}${level?.version}`;
  };
  const cursorOf = (event: Event) => {
    const { cursor } = event.extensions ?? {};
    if (cursor === undefined) throw new Error(`no cursor beside ${JSON.stringify(event)}`);
    return cursor;
  };

  it('is told each change it missed, once, when the gateway and the subgraph were started again meanwhile', async () => {
    const before = await listen(CHANGES, { resumeFrom: null });
    expect(await before.next()).toMatchObject({ data: null, extensions: { opening: 'changes' } });
    await count('a', 'b');
    expect(seenIn(await before.next())).toBe('a1');
    const last = await before.next();
    expect(last).toMatchObject({ data: { levelChanged: { sku: 'b', version: 1, name: 'name of b' } } });
    await before.leave();

    await count('c');
    await end();
    await count('d');
    await begin();
    await count('e');

    const after = await listen(CHANGES, { resumeFrom: cursorOf(last) });
    expect(await after.next()).toMatchObject({ extensions: { resumed: true } });
    const events = [await after.next(), await after.next(), await after.next()];
    expect(events.map(seenIn)).toEqual(['c1', 'd1', 'e1']);
    await count('f');
    expect(seenIn(await after.next())).toBe('f1');
  });

  it('goes on from every event it was ever told, wherever that was', async () => {
    const first = await listen(CHANGES, { resumeFrom: null });
    const cursors = [cursorOf(await first.next())];
    await count('a', 'b', 'c', 'd', 'e');
    for (let n = 0; n < 5; n += 1) cursors.push(cursorOf(await first.next()));
    await end();
    await begin();
    for (const [told, cursor] of cursors.entries()) {
      const again = await listen(CHANGES, { resumeFrom: cursor });
      await again.next();
      const rest: string[] = [];
      for (let n = told; n < 5; n += 1) rest.push(seenIn(await again.next()));
      expect(rest).toEqual(['a1', 'b1', 'c1', 'd1', 'e1'].slice(told));
      await again.leave();
    }
  });

  it('by the retries of graphql-ws alone is told each change once, over a restart of the gateway', async () => {
    const { port } = new URL(graph.url);
    const client = createClient({
      url: `ws://127.0.0.1:${port}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 1_000,
      retryWait: () => new Promise((resolve) => setImmediate(resolve)),
      shouldRetry: () => true,
    });
    const subscription = { query: CHANGES, extensions: { resumeFrom: null as string | null } };
    const told: string[] = [];
    let openings = 0;
    client.subscribe(subscription, {
      next(event) {
        const { cursor, opening } = (event as Event).extensions ?? {};
        subscription.extensions.resumeFrom = cursor ?? null;
        if (opening === undefined) told.push(seenIn(event as Event));
        else openings += 1;
      },
      error: () => undefined,
      complete: () => undefined,
    });
    await until('it is open', () => openings === 1);
    await count('a');
    await until('it is told', () => told.length === 1);
    await graph.stop();
    await count('b');
    graph = await startTinyGraph({ stock: stock.subgraph, names }, { way, port: Number(port) });
    await until('it is open again', () => openings === 2);
    await count('c');
    await until('all is told', () => told.length >= 3);
    expect(told).toEqual(['a1', 'b1', 'c1']);
    await client.dispose();
  });

  it('that begins with the present is told only what it has not seen', async () => {
    await count('a');
    const variables = { sku: 'a' };
    const before = await listen(ONE, { variables });
    const present = await before.next();
    expect(seenIn(present)).toBe('a1');
    await before.leave();
    await count('b', 'a');
    const after = await listen(ONE, { variables, resumeFrom: cursorOf(present) });
    expect(await after.next()).toMatchObject({ extensions: { opening: 'changes', resumed: true } });
    const next = await after.next();
    expect(seenIn(next)).toBe('a2');
    await after.leave();
    const idle = await listen(ONE, { variables, resumeFrom: cursorOf(next) });
    await idle.next();
    await count('a');
    expect(seenIn(await idle.next())).toBe('a3');
  });

  it('is refused with a cursor that is none, or of other arguments, and told which', async () => {
    await count('a');
    const one = await listen(ONE, { variables: { sku: 'a' } });
    const cursor = cursorOf(await one.next());
    for (const [variables, resumeFrom] of [
      [{ sku: 'b' }, cursor],
      [{ sku: 'a' }, 'nonsense'],
      [{ sku: 'a' }, Buffer.from('["x","82ffffffffffffffff",0,false,null]').toString('base64url')],
    ] as const) {
      const refused = await listen(ONE, { variables, resumeFrom });
      await expect(refused.next()).rejects.toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', reason: 'CURSOR_INVALID', serviceName: 'stock' } },
      ]);
    }
  });

  it('of which no history is kept any more begins with the present again and says so, or ends with a code', async () => {
    await count('a');
    const variables = { sku: 'a' };
    const one = await listen(ONE, { variables });
    const oneCursor = cursorOf(await one.next());
    const changes = await listen(CHANGES, { resumeFrom: null });
    const changesCursor = cursorOf(await changes.next());
    await end();
    await count('a');
    await begin({ history: 'lost' });

    const again = await listen(ONE, { variables, resumeFrom: oneCursor });
    expect(await again.next()).toMatchObject({ extensions: { opening: 'present', resumed: false } });
    expect(await again.next()).toMatchObject({
      data: { levelUpdated: { version: 2 } },
      extensions: { resumed: false },
    });
    const expired = await listen(CHANGES, { resumeFrom: changesCursor });
    await expect(expired.next()).rejects.toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED' } }]);
  });

  it('over server-sent events hands back the last event’s id', async () => {
    const open = async (headers: Record<string, string>) => {
      const leaving = new AbortController();
      const response = await fetch(`${graph.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
        body: JSON.stringify({ query: CHANGES }),
        signal: leaving.signal,
      });
      const parts: string[] = [];
      void response.body
        ?.pipeThrough(new TextDecoderStream())
        .pipeTo(new WritableStream({ write: (chunk: string) => void parts.push(chunk) }))
        .catch(() => undefined);
      const told = () => [...parts.join('').matchAll(/^id: (.*)\nevent: next\ndata: (.*)$/gm)];
      return {
        ids: () => [...parts.join('').matchAll(/^id: (.*)$/gm)].map(([, id]) => id ?? ''),
        told,
        leave: () => leaving.abort(),
      };
    };
    const before = await open({});
    await until('the stream says where it begins', () => before.ids().length === 1);
    const [begin0] = before.ids();
    before.leave();
    await count('a', 'b');
    await end();
    await begin();
    const after = await open({ 'last-event-id': begin0 ?? '' });
    await until('what was missed is told', () => after.told().length === 2);
    expect(after.told().map(([, , data]) => seenIn(JSON.parse(data ?? '') as Event))).toEqual(['a1', 'b1']);
    after.leave();
    const [, id] = after.told()[0] ?? [];
    const again = await open({ 'last-event-id': id ?? '' });
    await until('the second is told again', () => again.told().length === 1);
    expect(again.told().map(([, , data]) => seenIn(JSON.parse(data ?? '') as Event))).toEqual(['b1']);
    again.leave();
  });
});
