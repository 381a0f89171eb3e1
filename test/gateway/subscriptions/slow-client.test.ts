import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestStore, type TestStore } from '../../kit/store.ts';
import { startTinyGraph, type TinyGraph, type TinySubgraph, until } from '../tiny-graph.ts';
import { type CountedStock, countOne, createCountedStock, levelsOf } from './counted-stock.ts';

/** More than the sockets between two processes hold of some tens of events. */
const TEXT = 'x'.repeat(400_000);
const texts: TinySubgraph = {
  typeDefs: 'type Query { n: Int } type Level @key(fields: "sku") { sku: ID! text: String }',
  resolvers: { Level: { __resolveReference: async ({ sku }: { sku: string }) => ({ sku, text: TEXT }) } },
};
const CHANGES = 'subscription { levelChanged { sku version text } }';
const MAX_BUFFERED = 6;

describe('a client whose socket takes less than its events bring', () => {
  let store: TestStore;
  let stock: CountedStock;
  let graph: TinyGraph;
  const sockets: WebSocket[] = [];
  beforeAll(async () => {
    store = await startTestStore();
  });
  afterAll(() => store.stop());
  beforeEach(async () => {
    await levelsOf(store).deleteMany({});
    stock = createCountedStock(store);
    await stock.start();
    graph = await startTinyGraph(
      { stock: stock.subgraph, texts },
      { maxBufferedEvents: MAX_BUFFERED, limits: { maxTokens: 100_000 } },
    );
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate();
    await graph.stop();
    await stock.stop();
  });

  /** A client without a library between it and the socket, which it can stop reading. */
  async function open(resumeFrom: string | null = null) {
    const socket = new WebSocket(`${graph.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    sockets.push(socket);
    const told: { sku: string; version: number }[] = [];
    const seen = { told, cursor: '', isOpen: false, errors: [] as unknown[], closed: null as string | null };
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('close', (code, reason) => {
      seen.closed = `${code} ${reason}`;
    });
    socket.on('message', (raw) => {
      const { type, payload } = JSON.parse(String(raw));
      if (type === 'connection_ack') {
        const subscribe = {
          id: '1',
          type: 'subscribe',
          payload: { query: CHANGES, extensions: { resumeFrom } },
        };
        socket.send(JSON.stringify(subscribe));
      }
      if (type === 'error') seen.errors.push(...payload);
      if (type !== 'next') return;
      seen.cursor = payload.extensions.cursor;
      if (payload.extensions.opening !== undefined) seen.isOpen = true;
      else told.push({ sku: payload.data.levelChanged.sku, version: payload.data.levelChanged.version });
    });
    await until('it is open', () => seen.isOpen);
    return { seen, socket };
  }

  it('is told of each thing its latest state, in order, and stays', async () => {
    const { seen, socket } = await open();
    socket.pause();
    for (let n = 1; n <= 40; n += 1) {
      await countOne(store, 'a');
      await countOne(store, 'b');
    }
    await countOne(store, 'last');
    socket.resume();
    await until('the last is told', () => seen.told.at(-1)?.sku === 'last', 20_000);
    expect(seen.errors).toEqual([]);
    expect(seen.closed).toBeNull();
    expect(seen.told.length).toBeLessThan(81);
    for (const sku of ['a', 'b']) {
      const versions = seen.told.filter((level) => level.sku === sku).map(({ version }) => version);
      expect(versions.at(-1)).toBe(40);
      expect(versions).toEqual([...new Set(versions)].sort((one, other) => one - other));
    }
  });

  it('is closed with a code of its own where no state makes another outdated, and misses nothing when it comes back', async () => {
    const { seen, socket } = await open();
    socket.pause();
    const skus = Array.from({ length: 60 }, (_, n) => `s${n}`);
    for (const sku of skus) await countOne(store, sku);
    await until('the subgraph is left although nobody reads', () => stock.subscribers() === 0, 20_000);
    socket.resume();
    await until('the client is told why', () => seen.closed !== null, 20_000);
    expect(seen.closed).toBe('4510 SUBSCRIPTION_BUFFER_FULL');
    expect(seen.told.length).toBeGreaterThan(0);
    expect(seen.told.length).toBeLessThan(60);

    // It is told as many at once as it may be behind; one that missed more comes back again.
    const rounds = [seen];
    const told = () => rounds.flatMap((round) => round.told.map(({ sku }) => sku));
    while (told().length < skus.length) {
      const { seen: round } = await open(rounds.at(-1)?.cursor);
      rounds.push(round);
      const isOver = () => round.errors.length > 0 || round.closed !== null || told().length === skus.length;
      await until('it is told what it missed, or as much as it may', isOver, 10_000);
    }
    expect(told()).toEqual(skus);
  });
});
