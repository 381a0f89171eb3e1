import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTailTopic, type TailTopic } from '../../platform/graphql/tail-topic.ts';
import { positionAt } from '../../platform/store/change.ts';
import { readChanges } from '../../platform/store/change-history.ts';
import { type ChangeTail, createChangeTail } from '../../platform/store/change-tail.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';

interface Numbered {
  readonly n: number;
}

describe('a topic fed by a change stream', () => {
  let test: TestStore;
  const running: ChangeTail[] = [];
  beforeAll(async () => {
    test = await startTestStore();
    await numbers().insertOne({ n: 0 });
  });
  afterAll(async () => {
    await Promise.all(running.map((tail) => tail.stop()));
    await test.stop();
  });

  const numbers = () => test.dependencies.store.database('history').collection('numbers');
  const others = () => test.dependencies.store.database('history').collection('others');

  /** As another process has it: nothing in memory, the same store. */
  async function started() {
    const { store, clock, logger } = test.dependencies;
    let reads = 0;
    const topic: TailTopic<number> = createTailTopic(
      () => ({
        ...tail,
        history(after, upTo) {
          reads += 1;
          return tail.history(after, upTo);
        },
      }),
      ({ document }) => (document as Numbered | null)?.n ?? null,
    );
    const tail = createChangeTail<Numbered>({
      name: 'numbers',
      connection: store.database('history'),
      collections: ['numbers'],
      clock,
      logger,
      onChange: topic.take,
    });
    running.push(tail);
    await tail.start();
    return { topic, tail, reads: () => reads };
  }

  async function take(events: AsyncIterableIterator<{ event: number; position: string }>, count: number) {
    const taken: { event: number; position: string }[] = [];
    while (taken.length < count) taken.push((await events.next()).value);
    return taken;
  }

  it('is resumed in a process that was started later, and reads back once for many', async () => {
    const first = await started();
    const all = first.topic.subscribe(() => true);
    for (const n of [1, 2, 3, 4]) {
      await numbers().insertOne({ n });
      await others().insertOne({ n });
    }
    const told = await take(all, 4);
    expect(told.map(({ event }) => event)).toEqual([1, 2, 3, 4]);

    const second = await started();
    await numbers().insertOne({ n: 5 });
    const readers = await Promise.all(
      told.map(async ({ position }, index) => {
        const reader = await second.topic.resume(position, () => true);
        if (reader === null) throw new Error('the history is gone');
        return (await take(reader, 4 - index)).map(({ event }) => event);
      }),
    );
    expect(readers).toEqual([[2, 3, 4, 5], [3, 4, 5], [4, 5], [5]]);
    expect(second.reads()).toBe(1);
  });

  it('is not resumed over more changes than reading back is worth', async () => {
    const first = await started();
    const all = first.topic.subscribe(() => true);
    await numbers().insertOne({ n: 6 });
    const [told] = await take(all, 1);
    const position = told?.position ?? '';
    expect(await first.tail.history(position, position)).toEqual([]);
    await numbers().insertMany(Array.from({ length: 10_050 }, (_, n) => ({ n: 1_000 + n })));
    const later = await started();
    expect(await later.topic.resume(position, () => true)).toBeNull();
  });

  it('is not resumed from a place the store has forgotten', async () => {
    const { clock, store } = test.dependencies;
    const real = store.database('history');
    const gone = new mongo.MongoServerError({ message: 'history is gone', code: 286 });
    const stream = { tryNext: () => Promise.reject(gone), close: async () => undefined };
    const command = async () => ({ operationTime: new mongo.Timestamp({ t: 3, i: 1 }) });
    const forgetful = { db: { watch: () => stream, command } };
    // Only what reading back uses of a connection.
    const connection = forgetful as unknown as typeof real;
    const after = positionAt(new mongo.Timestamp({ t: 1, i: 1 }));
    const upTo = positionAt(new mongo.Timestamp({ t: 2, i: 1 }));
    expect(await readChanges({ connection, collections: ['numbers'], clock }, after, upTo)).toBeNull();
  });
});
