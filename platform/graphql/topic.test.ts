import { describe, expect, it } from 'vitest';
import { createTopic } from './topic.ts';

describe('topic', () => {
  it('gives each reader the events that pass its filter, also those that came before it asked', async () => {
    const topic = createTopic<number>();
    const even = topic.subscribe((n) => n % 2 === 0);
    const waiting = topic.subscribe(() => true).next();
    for (const n of [1, 2, 4]) topic.publish(n);
    expect(await waiting).toMatchObject({ value: { event: 1 } });
    expect(await even.next()).toMatchObject({ value: { event: 2 } });
    expect(await even.next()).toMatchObject({ value: { event: 4 } });
  });

  it('tells a reader that fell behind, after what it still has', async () => {
    const topic = createTopic<number>();
    const slow = topic.subscribe(() => true, { maxBuffered: 2 });
    for (const n of [1, 2, 3, 4]) topic.publish(n);
    expect((await slow.next()).value.event).toBe(1);
    expect((await slow.next()).value.event).toBe(2);
    await expect(slow.next()).rejects.toMatchObject({ extensions: { reason: 'SUBSCRIPTION_OVERFLOW' } });
    expect(await slow.next()).toMatchObject({ done: true });
    expect(topic.subscribers).toBe(0);
  });

  it('lets go of a reader that returns, is aborted, or when it closes', async () => {
    const topic = createTopic<number>();
    const abort = new AbortController();
    const readers = [
      topic.subscribe(() => true),
      topic.subscribe(() => true, { signal: abort.signal }),
      topic.subscribe(() => true),
    ];
    const last = readers[2]?.next();
    await readers[0]?.return?.();
    abort.abort();
    expect(topic.subscribers).toBe(1);
    topic.close();
    expect(await last).toMatchObject({ done: true });
    expect(topic.subscribers).toBe(0);
  });
});
