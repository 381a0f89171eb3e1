import { describe, expect, it } from 'vitest';
import { TestClock } from '../../../platform/clock.ts';
import { createLanes } from './lanes.ts';

const NEVER = Number.MAX_SAFE_INTEGER;

describe('lanes', () => {
  it('let those that share a key through one after the other, and others at once', async () => {
    const lanes = createLanes({ clock: new TestClock() });
    const gate = Promise.withResolvers<void>();
    const seen: string[] = [];
    const first = lanes.run(['a', 'b'], NEVER, async () => {
      await gate.promise;
      seen.push('first');
    });
    const second = lanes.run(['b', 'a'], NEVER, async () => void seen.push('second'));
    await lanes.run(['c'], NEVER, async () => void seen.push('other'));
    gate.resolve();
    await Promise.all([first, second]);
    expect(seen).toEqual(['other', 'first', 'second']);
  });

  it('go on after one that failed', async () => {
    const lanes = createLanes({ clock: new TestClock() });
    const failed = lanes.run(['a'], NEVER, () => Promise.reject(new Error('no')));
    const next = lanes.run(['a'], NEVER, async () => 'yes');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });

  it('send home whose turn comes too late', async () => {
    const clock = new TestClock();
    const lanes = createLanes({ clock });
    const gate = Promise.withResolvers<void>();
    const first = lanes.run(['a'], NEVER, () => gate.promise);
    const late = lanes.run(['a'], clock.now().getTime() + 1_000, async () => 'done');
    clock.advance(1_001);
    gate.resolve();
    await first;
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });
});
