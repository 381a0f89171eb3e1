import { type Connection, mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChangeTailOptions, createChangeTail } from '../../platform/store/change-tail.ts';
import type { Running } from '../../platform/subgraph.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';

describe('a change tail', () => {
  let test: TestStore;
  const running: Running[] = [];
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(async () => {
    await Promise.all(running.map((tail) => tail.stop()));
    await test.stop();
  });

  async function given(collection: string, change: Partial<ChangeTailOptions<{ n: number }>> = {}) {
    const { store, clock, logger } = test.dependencies;
    const connection = store.database('tails');
    await connection.createCollection(collection);
    const seen: number[] = [];
    const tail = createChangeTail<{ n: number }>({
      name: collection,
      connection,
      collections: [collection],
      clock,
      logger,
      onChange({ document }) {
        if (document !== null) seen.push(document.n);
      },
      ...change,
    });
    running.push(tail);
    const write = (n: number) => connection.collection(collection).insertOne({ n });
    return { tail, seen, write, clock };
  }

  it('starts without waiting for something to happen', async () => {
    const tails = await Promise.all(Array.from({ length: 8 }, (_, n) => given(`quick${n}`)));
    const beganAt = performance.now();
    for (const { tail } of tails) await tail.start();
    // An idle stream is answered after half a second; eight of those would be four seconds.
    expect(performance.now() - beganAt).toBeLessThan(2_000);
  });

  it('tells everything that is written from its start on, and nothing from before', async () => {
    const { tail, seen, write, clock } = await given('complete');
    await write(1);
    const before = clock.now();
    await tail.start();
    expect(tail.currentAsOf()?.getTime()).toBeGreaterThanOrEqual(before.getTime());
    for (const n of [2, 3]) await write(n);
    await until('both are seen', () => seen.length >= 2);
    expect(seen).toEqual([2, 3]);
  });

  it('comes back to its very first change when that could not be taken in', async () => {
    const seen: number[] = [];
    let trouble = true;
    const { tail, write } = await given('trouble', {
      onChange({ document }) {
        if (trouble) {
          trouble = false;
          throw new Error('not now');
        }
        if (document !== null) seen.push(document.n);
      },
    });
    await tail.start();
    for (const n of [1, 2]) await write(n);
    await until('both are seen', () => seen.length >= 2);
    expect(seen).toEqual([1, 2]);
  });

  it('when its place is lost, says so, and goes on from before it said so', async () => {
    const { store } = test.dependencies;
    let losses = 1;
    let gaps = 0;
    const { tail, seen, write } = await given('lost', {
      connection: losingItsPlace(store.database('tails'), () => losses-- > 0),
      async onGap() {
        gaps += 1;
        // What was read to fill the gap does not show this any more; the stream has to.
        if (gaps === 2) await write(1);
        else throw new Error('not now');
      },
    });
    await tail.start();
    await until('it is seen', () => seen.length >= 1);
    expect(seen).toEqual([1]);
    expect(gaps).toBe(2);
  });
});

/** The connection, but opening a change stream fails as it does when the history is gone, as often as `isLost` says. */
function losingItsPlace(connection: Connection, isLost: () => boolean): Connection {
  const { db } = connection;
  if (db === undefined) throw new Error('the store is not connected');
  const losing = new Proxy(db, {
    get(target, name) {
      if (name === 'watch' && isLost())
        throw new mongo.MongoServerError({ message: 'history is gone', code: 286 });
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return new Proxy(connection, {
    get: (target, name) => (name === 'db' ? losing : Reflect.get(target, name)),
  });
}
