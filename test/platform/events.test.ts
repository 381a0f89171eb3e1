import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createConsumer } from '../../platform/events/consumer.ts';
import { EventRefused } from '../../platform/events/event-refused.ts';
import { quarantineModel } from '../../platform/feed/quarantine.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';

describe('a consumer of events', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.stop());

  function given(name: string) {
    const { integration, clock, logger, store } = test.dependencies;
    const seen: number[] = [];
    const troubles: Error[] = [];
    const applied: number[] = [];
    const make = () =>
      createConsumer({
        name,
        ...integration,
        clock,
        logger,
        onApplied: () => applied.push(seen.length),
        handlers: {
          async [`${name}.happened`](_session, event) {
            const trouble = troubles.shift();
            if (trouble !== undefined) throw trouble;
            // Published below with this shape.
            seen.push((event.data as { n: number }).n);
          },
        },
      });
    const publish = (n: number) =>
      store.transaction((session) =>
        integration.events.publish(session, {
          source: '/test',
          type: `${name}.happened`,
          subject: String(n),
          correlationId: 'c',
          data: { n },
        }),
      );
    return { seen, troubles, applied, make, publish };
  }

  it('applies what was there before it began, then each event once and in order', async () => {
    const { seen, make, publish } = given('fresh');
    await publish(1);
    const consumer = make();
    await consumer.start();
    for (const n of [2, 3, 4]) await publish(n);
    await until('all are seen', () => seen.length === 4);
    expect(seen).toEqual([1, 2, 3, 4]);
    await consumer.stop();
  });

  it('sets an event aside that can never be applied, keeps nothing of it, and goes on with the next', async () => {
    const { seen, make, publish } = given('refused');
    const { integration, clock, logger } = test.dependencies;
    const notes = integration.connection.collection<{ _id: string }>('notes');
    await notes.insertOne({ _id: 'before' });
    const strict = createConsumer({
      name: 'refused/strict',
      ...integration,
      clock,
      logger,
      handlers: {
        async 'refused.happened'(session, event) {
          const { n } = z.object({ n: z.number().max(3) }).parse(event.data);
          await notes.insertOne({ _id: `n${n}` }, { session });
          if (n === 2) throw new EventRefused('UNEVEN', 'two is not wanted', 'n');
        },
      },
    });
    const lenient = make();
    await strict.start();
    await lenient.start();
    for (const n of [1, 2, 4, 3]) await publish(n);
    await until('the last is applied', async () => (await notes.findOne({ _id: 'n3' })) !== null);
    await until('all are seen', () => seen.length === 4);
    await strict.stop();
    await lenient.stop();
    expect((await notes.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual([
      'before',
      'n1',
      'n3',
    ]);
    const aside = await quarantineModel(integration.connection)
      .find({ feed: 'refused/strict/events/refused.happened' })
      .sort({ raw: 1 })
      .lean();
    expect(aside.map(({ code, field, raw }) => [code, field, raw])).toEqual([
      ['UNEVEN', 'n', '{"n":2}'],
      ['INVALID_VALUE', 'n', '{"n":4}'],
    ]);
  });

  it('misses nothing that was published while it was away, and repeats nothing', async () => {
    const { seen, make, publish } = given('away');
    const first = make();
    await first.start();
    await publish(1);
    await until('the first is seen', () => seen.length === 1);
    await first.stop();
    for (const n of [2, 3]) await publish(n);
    const second = make();
    await second.start();
    await publish(4);
    await until('all are seen', () => seen.length >= 4);
    expect(seen).toEqual([1, 2, 3, 4]);
    await second.stop();
  });

  it('comes back to an event that could not be applied', async () => {
    const { seen, troubles, applied, make, publish } = given('trouble');
    const consumer = make();
    await consumer.start();
    troubles.push(new Error('the store was busy'));
    for (const n of [1, 2]) await publish(n);
    await until('both are applied', () => applied.length === 2);
    expect(seen).toEqual([1, 2]);
    // Told once for each event, when its handler had done its work; never for the one that failed.
    expect(applied).toEqual([1, 2]);
    await consumer.stop();
  });

  it('is not told of what was rolled back', async () => {
    const { seen, make, publish } = given('rolledback');
    const { integration, store } = test.dependencies;
    const consumer = make();
    await consumer.start();
    await store
      .transaction(async (session) => {
        await integration.events.publish(session, {
          source: '/test',
          type: 'rolledback.happened',
          subject: '0',
          correlationId: 'c',
          data: { n: 0 },
        });
        throw new Error('no');
      })
      .catch(() => undefined);
    await publish(1);
    await until('the committed one is seen', () => seen.length === 1);
    expect(seen).toEqual([1]);
    await consumer.stop();
  });
});
