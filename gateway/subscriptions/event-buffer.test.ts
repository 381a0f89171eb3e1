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
