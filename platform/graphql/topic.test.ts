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

  it('tells what has no place to all who listen, also to one that came back to the latest place, and forgets it', async () => {
    const topic = createTopic<string>({ position: () => '02', history: () => Promise.resolve(null) });
    topic.publish('first', '01');
    topic.publish('second', '02');
    const fromNow = topic.subscribe(() => true);
    const cameBack = await topic.resume('02', () => true);
    topic.tell('look');
    topic.publish('third', '03');
    for (const reader of [fromNow, cameBack])
      for (const event of ['look', 'third']) expect(await reader?.next()).toMatchObject({ value: { event } });
    const later = await topic.resume('02', () => true);
    expect(await later?.next()).toMatchObject({ value: { event: 'third' } });
  });
});
