import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { type FollowOptions, follow } from './follow.ts';
import { createTopic } from './topic.ts';

interface State {
  readonly id: string;
  readonly version: number;
}

const state = (id: string, version: number): State => ({ id, version });
const stateOf = ({ id, version }: State) => ({ key: id, version });
const wanted = ({ id }: State) => id !== 'foreign';

/** What a test leaves out. */
const given = {
  clock: systemClock,
  caller: {},
  stream: { field: 'stateChanged', args: {} },
  wanted,
  events: (changed: State) => [changed],
} satisfies Partial<FollowOptions<State, State>>;

describe('the present, then each change', () => {
  it('given a change while the present is read, then it is handed out after the present', async () => {
    const topic = createTopic<State>();
    const events = await follow({
      ...given,
      topic,
      stateOf,
      async present() {
        topic.publish(state('a', 2));
        return [state('a', 1)];
      },
    });
    topic.publish(state('foreign', 2));
    expect((await events.next()).value).toEqual(state('a', 1));
    expect((await events.next()).value).toEqual(state('a', 2));
    const waiting = events.next();
    topic.publish(state('a', 3));
    expect((await waiting).value).toEqual(state('a', 3));
  });

  it('given changes the present already shows, then they are dropped; a thing that was not there is not compared', async () => {
    const topic = createTopic<State>();
    const events = await follow({
      ...given,
      topic,
      stateOf,
      async present() {
        for (const version of [3, 5]) topic.publish(state('a', version));
        topic.publish(state('b', 1));
        return [state('a', 5)];
      },
    });
    for (const version of [6, 6, 7]) topic.publish(state('a', version));
    const seen: State[] = [];
    for (let n = 0; n < 4; n += 1) seen.push((await events.next()).value);
    expect(seen).toEqual([state('a', 5), state('b', 1), state('a', 6), state('a', 7)]);
  });

  it('given no version, then every change is handed out', async () => {
    const topic = createTopic<State>();
    const events = await follow({ ...given, topic, present: async () => [state('a', 5)] });
    topic.publish(state('a', 4));
    expect((await events.next()).value).toEqual(state('a', 5));
    expect((await events.next()).value).toEqual(state('a', 4));
  });

  it('when its reader leaves while it waits, then it ends at once and lets go of the topic', async () => {
    const topic = createTopic<State>();
    const events = await follow({ ...given, topic, present: async () => [] });
    const waiting = events.next();
    await events.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await events.next()).toEqual({ done: true, value: undefined });
    expect(topic.subscribers).toBe(0);
  });

  it('when its reader leaves with the present half read, then nothing more comes', async () => {
    const topic = createTopic<State>();
    const events = await follow({
      ...given,
      topic,
      present: async () => [state('a', 1), state('b', 1)],
    });
    await events.next();
    await events.return?.();
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it('when the present cannot be read, then it rejects and lets go of the topic', async () => {
    const topic = createTopic<State>();
    const present = () => Promise.reject(new Error('the store is away'));
    await expect(follow({ ...given, topic, present })).rejects.toThrow('the store is away');
    expect(topic.subscribers).toBe(0);
  });

  it('when the topic closes, then it ends', async () => {
    const topic = createTopic<State>();
    const events = await follow({ ...given, topic, present: async () => [] });
    const waiting = events.next();
    topic.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('hands out only what is admitted, and nothing to a reader who left while that was asked', async () => {
    const topic = createTopic<State>();
    const asked: ((admitted: boolean) => void)[] = [];
    const events = await follow({
      ...given,
      topic,
      present: async () => [state('a', 1)],
      admits: () => new Promise<boolean>((resolve) => asked.push(resolve)),
    });
    const first = events.next();
    topic.publish(state('a', 2));
    topic.publish(state('a', 3));
    await expect.poll(() => asked.length).toBe(1);
    asked.shift()?.(false);
    await expect.poll(() => asked.length).toBe(1);
    asked.shift()?.(true);
    expect((await first).value).toEqual(state('a', 2));
    const second = events.next();
    await expect.poll(() => asked.length).toBe(1);
    await events.return?.();
    asked.shift()?.(true);
    expect(await second).toEqual({ done: true, value: undefined });
  });

  it('when it cannot be told whether an event is admitted, then it fails and lets go of the topic', async () => {
    const topic = createTopic<State>();
    const events = await follow({
      ...given,
      topic,
      present: async () => [state('a', 1)],
      admits: () => Promise.reject(new Error('the store is away')),
    });
    await expect(events.next()).rejects.toThrow('the store is away');
    expect(topic.subscribers).toBe(0);
  });
});

describe('a stream that goes on from a cursor', () => {
  /** Positions as a store gives them, long ago enough for any clock. */
  const at = (n: number) => `82${n.toString(16).padStart(16, '0')}`;
  const source = (published: () => number) => ({
    position: () => at(published()),
    history: async () => null,
  });
  const asked = (from: string | null) => ({ caller: { resume: { from } } });

  it('given changes of several events each, then it goes on within a change', async () => {
    let published = 0;
    const topic = createTopic<readonly State[]>(source(() => published));
    const publish = (...states: State[]) => {
      published += 1;
      topic.publish(states, at(published));
    };
    const options = { ...given, topic, wanted: () => true, events: (states: readonly State[]) => states };
    // The place of the first change is where what is known begins.
    publish();
    const events = await follow({ ...options, ...asked(null) });
    publish(state('a', 1), state('b', 1), state('c', 1));
    publish(state('d', 1));
    const cursors = [events.opening?.cursor];
    for (let n = 0; n < 4; n += 1) {
      await events.next();
      cursors.push(events.latest.cursor);
    }
    for (const [told, cursor] of cursors.entries()) {
      const again = await follow({ ...options, ...asked(cursor ?? null) });
      expect(again.opening?.resumed).toBe(true);
      const rest: string[] = [];
      for (let n = told; n < 4; n += 1) rest.push((await again.next()).value.id);
      expect(rest).toEqual(['a', 'b', 'c', 'd'].slice(told));
      await again.return?.();
    }
  });

  it('given events without a place of their own in between, then it goes on from the change before them', async () => {
    let published = 0;
    const topic = createTopic<readonly State[]>(source(() => published));
    const publish = (...states: State[]) => {
      published += 1;
      topic.publish(states, at(published));
    };
    const options = { ...given, topic, wanted: () => true, events: (states: readonly State[]) => states };
    publish();
    const first = await follow({ ...options, ...asked(null) });
    publish(state('a', 1), state('b', 1));
    await first.next();
    // Comes back within the change, and to a process that has something to say of its own.
    const events = await follow({ ...options, ...asked(first.latest.cursor ?? null) });
    topic.tell([state('x', 1), state('y', 1)]);
    publish(state('c', 1), state('d', 1));
    for (const id of ['b', 'x', 'y']) {
      expect((await events.next()).value.id).toBe(id);
      const again = await follow({ ...options, ...asked(events.latest.cursor ?? null) });
      expect((await again.next()).value.id).toBe('c');
      await again.return?.();
    }
    expect((await events.next()).value.id).toBe('c');
  });

  it('given a present that was told in part, then it is told again as a whole, and that is said', async () => {
    const topic = createTopic<State>(source(() => 1));
    const options = { ...given, topic, present: async () => [state('a', 1), state('b', 1)] };
    const events = await follow({ ...options, ...asked(null) });
    expect(events.opening).toMatchObject({ opening: 'present' });
    await events.next();
    const again = await follow({ ...options, ...asked(events.latest.cursor ?? null) });
    expect(again.opening).toMatchObject({ opening: 'present', resumed: false });
    expect([(await again.next()).value, (await again.next()).value]).toEqual([state('a', 1), state('b', 1)]);
    const rest = await follow({ ...options, ...asked(again.latest.cursor ?? null) });
    expect(rest.opening).toMatchObject({ opening: 'changes', resumed: true });
  });

  it('given states told before that come once more, then they are not told again', async () => {
    let published = 1;
    const topic = createTopic<State>(source(() => published));
    const publish = (changed: State) => {
      published += 1;
      topic.publish(changed, at(published));
    };
    const options = { ...given, topic, stateOf };
    publish(state('z', 1));
    const events = await follow({ ...options, ...asked(null) });
    // Looked up late: the first change already shows what the second did.
    publish(state('a', 2));
    publish(state('a', 2));
    publish(state('a', 3));
    expect((await events.next()).value).toEqual(state('a', 2));
    const again = await follow({ ...options, ...asked(events.latest.cursor ?? null) });
    expect((await again.next()).value).toEqual(state('a', 3));
    expect((await events.next()).value).toEqual(state('a', 3));
  });

  it('given a change that cannot be told, then it fails and lets go of the topic', async () => {
    const topic = createTopic<State>();
    const events = await follow({
      ...given,
      topic,
      events() {
        throw new Error('no such thing');
      },
    });
    topic.publish(state('a', 1));
    await expect(events.next()).rejects.toThrow('no such thing');
    expect(topic.subscribers).toBe(0);
  });

  it('given something to remember, then that comes back with the cursor', async () => {
    const topic = createTopic<State>(source(() => 1));
    const restored: unknown[] = [];
    const memory = { save: () => ['LOW'], restore: (saved: unknown) => void restored.push(saved) };
    let begun = 0;
    const begin = async () => {
      begun += 1;
    };
    const events = await follow({ ...given, topic, memory, begin, ...asked(null) });
    await follow({ ...given, topic, memory, begin, ...asked(events.opening?.cursor ?? null) });
    expect(restored).toEqual([['LOW']]);
    expect(begun).toBe(1);
  });

  it('given changes that may have been missed, then whoever listens is told, and older cursors begin anew', async () => {
    let published = 1;
    const topic = createTopic<State>(source(() => published));
    const events = await follow({ ...given, topic, ...asked(null) });
    const waiting = events.next();
    topic.interrupt();
    await expect(waiting).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      extensions: { reason: 'CHANGES_MISSED' },
    });
    published = 9;
    const again = follow({ ...given, topic, ...asked(events.opening?.cursor ?? null) });
    await expect(again).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    expect(topic.subscribers).toBe(0);
  });
});
