import { describe, expect, it } from 'vitest';
import { TestClock } from '../clock.ts';
import { createIdleLoops } from './idle-loops.ts';

function given() {
  const clock = new TestClock();
  const stopping = new AbortController();
  const idle = createIdleLoops({ clock, lookEveryMs: 500, loops: 2 });
  const awake: string[] = [];
  const rest = (name: string) => void idle.rest(stopping.signal).then(() => awake.push(name));
  /** Lets everything go on that has nothing to wait for. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { clock, stopping, idle, awake, rest, settle };
}

describe('idle loops', () => {
  it('given work that comes due sooner than the next look, then one loop looks when it is due', async () => {
    const { clock, stopping, idle, awake, rest, settle } = given();
    rest('a');
    rest('b');
    idle.wakeIn(20, stopping.signal);
    clock.advance(19);
    await settle();
    expect(awake).toEqual([]);
    clock.advance(1);
    await settle();
    expect(awake).toEqual(['a']);
    clock.advance(480);
    await settle();
    expect(awake).toEqual(['a', 'b']);
  });

  it('given work that was announced while all were busy, then the next to rest looks at once, and no more often than there are loops', async () => {
    const { idle, awake, rest, settle } = given();
    for (let n = 0; n < 5; n += 1) idle.wake();
    for (const name of ['a', 'b', 'c']) rest(name);
    await settle();
    expect(awake).toEqual(['a', 'b']);
    idle.wake();
    await settle();
    expect(awake).toEqual(['a', 'b', 'c']);
  });

  it('when the dispatcher stops, then nobody rests on', async () => {
    const { stopping, idle, awake, rest, settle } = given();
    rest('a');
    idle.wakeIn(20, stopping.signal);
    stopping.abort();
    await settle();
    expect(awake).toEqual(['a']);
    rest('b');
    await settle();
    expect(awake).toEqual(['a', 'b']);
  });
});
