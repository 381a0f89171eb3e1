import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsumer } from '../../platform/events/consumer.ts';
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
