import { describe, expect, it } from 'vitest';
import { TestClock } from '../clock.ts';
import { GraphError } from '../errors.ts';
import { createFreshCache } from './fresh-cache.ts';

function given(streamAsOf: () => Date | null) {
  const clock = new TestClock();
  const store = new Map<string, number>([['a', 1]]);
  const state = { loads: 0, down: false, hangs: false };
  const cache = createFreshCache<number>({
    maxEntries: 10,
    maxStalenessMs: 5_000,
    clock,
    currentAsOf: streamAsOf,
    // Here the value is its version as well.
    versionOf: (value) => value ?? 0,
    async load(keys) {
      state.loads += 1;
      if (state.down) throw new Error('store down');
      if (state.hangs) await new Promise(() => {});
      return new Map(keys.flatMap((key) => (store.has(key) ? [[key, store.get(key) ?? 0] as const] : [])));
    },
  });
  return { clock, store, state, cache };
}

describe('fresh cache', () => {
  it('answers from memory, with no store read, while the change stream is alive', async () => {
    const { clock, cache, state } = given(() => clock.now());
    expect(await cache.read(['a', 'b'])).toMatchObject([
      { value: 1, basis: 'CONFIRMED' },
      { value: null, basis: 'CONFIRMED' },
    ]);
    clock.advance(60_000);
    expect(await cache.read(['a', 'b', 'a'])).toMatchObject([
      { value: 1, basis: 'CACHED', asOf: clock.now() },
      { value: null },
      { value: 1 },
    ]);
    expect(state.loads).toBe(1);
  });

  it('reads again what a change dropped', async () => {
    const { clock, cache, store } = given(() => clock.now());
    await cache.read(['a']);
    store.set('a', 2);
    cache.invalidate('a');
    expect(await cache.read(['a'])).toMatchObject([{ value: 2, basis: 'CONFIRMED' }]);
  });

  it('asks the store when the stream has stood still for longer than the bound, and says FALLBACK when it cannot', async () => {
    const { clock, cache, state } = given(() => null);
    await cache.read(['a']);
    const loadedAt = clock.now();
    clock.advance(4_999);
    expect(await cache.read(['a'])).toMatchObject([{ basis: 'CACHED' }]);
    clock.advance(2);
    state.down = true;
    expect(await cache.read(['a'])).toMatchObject([{ value: 1, basis: 'FALLBACK', asOf: loadedAt }]);
  });

  it('says of what it does not remember that it is not to be had now, and answers the rest', async () => {
    const { clock, cache, state } = given(() => null);
    await cache.read(['a']);
    clock.advance(5_001);
    state.down = true;
    const [a, unknown] = await cache.read(['a', 'never seen']);
    expect(a).toMatchObject({ value: 1, basis: 'FALLBACK' });
    expect(unknown).toBeInstanceOf(GraphError);
    const extensions = { code: 'UNAVAILABLE', reason: 'STORE_UNAVAILABLE', retryable: true };
    expect(unknown).toMatchObject({ extensions, cause: { message: 'store down' } });
    state.down = false;
    state.hangs = true;
    const late = cache.read(['never seen']);
    clock.advance(3_000);
    expect(await late).toMatchObject([{ extensions }]);
    state.hangs = false;
    expect(await cache.read(['never seen'])).toMatchObject([{ value: null, basis: 'CONFIRMED' }]);
  });

  it('leaves an error that has a code already as it is', async () => {
    const refusal = new GraphError('FORBIDDEN', 'not for you');
    const cache = createFreshCache<number>({
      maxEntries: 1,
      maxStalenessMs: 1,
      clock: new TestClock(),
      currentAsOf: () => null,
      load: () => Promise.reject(refusal),
    });
    expect(await cache.read(['a'])).toEqual([refusal]);
  });

  it('answers from what it remembers, and says so, when the store takes too long', async () => {
    const { clock, cache, state } = given(() => null);
    await cache.read(['a']);
    const asOf = clock.now();
    clock.advance(5_001);
    state.hangs = true;
    const slow = cache.read(['a']);
    clock.advance(3_000);
    expect(await slow).toMatchObject([{ value: 1, basis: 'FALLBACK', asOf }]);
  });

  it('falls back on what it had before a change when the store cannot tell what it became', async () => {
    const { clock, cache, state } = given(() => clock.now());
    const loadedAt = clock.now();
    await cache.read(['a']);
    clock.advance(60_000);
    cache.invalidate('a');
    state.down = true;
    expect(await cache.read(['a'])).toMatchObject([{ value: 1, basis: 'FALLBACK', asOf: loadedAt }]);
  });

  it('does not believe a copy of the store that lags behind what the stream has shown', async () => {
    const { clock, cache, store } = given(() => clock.now());
    await cache.read(['a']);
    cache.invalidate('a', { part: 'only', version: 2 });
    expect(await cache.read(['a'])).toMatchObject([{ value: 1, basis: 'FALLBACK' }]);
    store.set('a', 2);
    expect(await cache.read(['a'])).toMatchObject([{ value: 2, basis: 'CONFIRMED' }]);
    expect(await cache.read(['a'])).toMatchObject([{ value: 2, basis: 'CACHED' }]);
  });

  it('trusts nothing that its clock says is still to come', async () => {
    const start = new Date('2026-01-01T00:00:00Z');
    const { clock, cache, state } = given(() => start);
    await cache.read(['a']);
    clock.advance(-3_600_000);
    expect(await cache.read(['a'])).toMatchObject([{ basis: 'CONFIRMED' }]);
    expect(state.loads).toBe(2);
    const readAt = clock.now();
    clock.advance(5_001);
    state.down = true;
    expect(await cache.read(['a'])).toMatchObject([{ basis: 'FALLBACK', asOf: readAt }]);
  });

  it('does not keep what was loaded before a change that arrived meanwhile', async () => {
    const clock = new TestClock();
    const gate = Promise.withResolvers<void>();
    const values = [1, 2];
    const cache = createFreshCache<number>({
      maxEntries: 10,
      maxStalenessMs: 5_000,
      clock,
      currentAsOf: () => clock.now(),
      async load() {
        const value = values.shift() ?? 0;
        if (value === 1) await gate.promise;
        return new Map([['a', value]]);
      },
    });
    const slow = cache.read(['a']);
    cache.invalidate('a');
    gate.resolve();
    expect(await slow).toMatchObject([{ value: 1 }]);
    expect(await cache.read(['a'])).toMatchObject([{ value: 2 }]);
  });
});
