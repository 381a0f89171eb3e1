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
