import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventBuffer } from './event-buffer.ts';

const bufferOf = (max: number) => {
  let ends = 0;
  const buffer = new EventBuffer<number>({ max, onEnd: () => (ends += 1) });
  return { buffer, ends: () => ends };
};

describe('an event buffer', () => {
  it('delivers what it accepted, in order, however pushes and reads alternate', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        async (moves, max) => {
          const { buffer } = bufferOf(max);
          const accepted: number[] = [];
          const read: Promise<IteratorResult<number>>[] = [];
          let next = 0;
          for (const isPush of moves) {
            if (isPush) {
              if (buffer.push(next)) accepted.push(next);
              next += 1;
            } else if (read.length < accepted.length) read.push(buffer.next());
          }
          buffer.complete();
          for (;;) {
            const step = buffer.next();
            if ((await step).done) break;
            read.push(step);
          }
          const values = (await Promise.all(read)).map((step) => step.value);
          expect(values).toEqual(accepted);
        },
      ),
    );
  });

  it('given a full buffer, when one more comes, then it is not accepted', () => {
    const { buffer } = bufferOf(2);
    expect([buffer.push(1), buffer.push(2), buffer.push(3)]).toEqual([true, true, false]);
  });

  it('given a waiting reader, when the reader returns, then the wait ends at once and the source is told once', async () => {
    const { buffer, ends } = bufferOf(2);
    const waiting = buffer.next();
    await buffer.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    buffer.complete();
    expect(ends()).toBe(1);
  });

  it('given events, when it fails in order, then they come before the error, which comes once', async () => {
    const { buffer } = bufferOf(2);
    buffer.push(1);
    buffer.fail(new Error('late'), 'in order');
    expect(await buffer.next()).toEqual({ done: false, value: 1 });
    await expect(buffer.next()).rejects.toThrow('late');
    expect((await buffer.next()).done).toBe(true);
  });

  it('given events, when it fails at once, then the error comes first', async () => {
    const { buffer } = bufferOf(2);
    buffer.push(1);
    buffer.fail(new Error('now'), 'at once');
    await expect(buffer.next()).rejects.toThrow('now');
  });
});

describe('an event buffer that knows what its events are the state of', () => {
  const keyOf = (event: string) => (event.startsWith('-') ? undefined : event[0]);
  const all = async (buffer: EventBuffer<string>) => {
    buffer.complete();
    const events: string[] = [];
    for await (const event of buffer) events.push(event);
    return events;
  };

  it('when it is full, keeps of each thing the latest, in the order of those', async () => {
    const buffer = new EventBuffer<string>({ max: 4, onEnd: () => undefined, keyOf });
    for (const event of ['a1', 'b1', 'a2', 'c1', 'b2']) expect(buffer.push(event)).toBe(true);
    expect(await all(buffer)).toEqual(['a2', 'c1', 'b2']);
  });

  it('keeps all as long as there is room', async () => {
    const buffer = new EventBuffer<string>({ max: 4, onEnd: () => undefined, keyOf });
    for (const event of ['a1', 'a2', 'a3', 'a4']) buffer.push(event);
    expect(await all(buffer)).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('never leaves out an event that is the state of nothing, and has no room when nothing is outdated', async () => {
    const buffer = new EventBuffer<string>({ max: 3, onEnd: () => undefined, keyOf });
    for (const event of ['-1', 'a1', '-2']) buffer.push(event);
    expect(buffer.push('-3')).toBe(false);
    expect(buffer.push('a2')).toBe(true);
    expect(buffer.push('b1')).toBe(false);
    expect(await all(buffer)).toEqual(['-1', '-2', 'a2']);
  });
});
