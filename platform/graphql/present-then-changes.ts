import type { Topic } from './topic.ts';

export interface PresentThenChangesOptions<T> {
  readonly topic: Topic<T>;
  /** Which events this subscription is about; the present ones have to pass as well. */
  readonly wanted: (event: T) => boolean;
  /** Reads what there is now. Called once, when listening has begun, so that nothing falls between the two. */
  present(): Promise<readonly T[]>;
  /**
   * What an event is the state of, and its place among the states of that thing. A change that is not newer than what was handed out
   * of the same thing is dropped. Only things that were there at first are compared. Absent: every change is handed out.
   */
  readonly versionOf?: (event: T) => { readonly key: string; readonly version: number };
  /** Asked before each event is handed out, the present ones too; false drops that one event. For rights that may end meanwhile. */
  readonly admits?: (event: T) => Promise<boolean>;
}

/**
 * `presentThenChanges({ topic, wanted, present, versionOf?, admits? }): Promise<AsyncIterableIterator<T>>`: the present state, then
 * each change, as a subscription's `subscribe` answers it. Rejects when the present cannot be read, which the subscriber is told
 * as an error of the subscription. `return()` ends it at once, also while it waits for a change; it ends too when the topic closes.
 */
export async function presentThenChanges<T>(
  options: PresentThenChangesOptions<T>,
): Promise<AsyncIterableIterator<T>> {
  const { versionOf, admits } = options;
  const changes = options.topic.subscribe(options.wanted);
  let ended = false;
  const end = async (): Promise<IteratorResult<T>> => {
    ended = true;
    await changes.return?.();
    return { done: true, value: undefined };
  };
  const endingOnError = <R>(work: Promise<R>): Promise<R> =>
    work.catch(async (error: unknown) => {
      await end();
      throw error;
    });

  const present = (await endingOnError(options.present())).filter(options.wanted);
  const versions = new Map(
    versionOf === undefined ? [] : present.map(versionOf).map(({ key, version }) => [key, version]),
  );

  function isNews(change: T): boolean {
    if (versionOf === undefined) return true;
    const { key, version } = versionOf(change);
    const known = versions.get(key);
    if (known === undefined) return true;
    if (version <= known) return false;
    versions.set(key, version);
    return true;
  }

  async function nextEvent(): Promise<IteratorResult<T>> {
    const first = present.shift();
    if (first !== undefined) return { done: false, value: first };
    for (;;) {
      const step = await changes.next();
      if (step.done === true || isNews(step.value)) return step;
    }
  }

  // Not a generator: one that waits for its next event would notice only at that event that its reader has gone.
  const events: AsyncIterableIterator<T> = {
    [Symbol.asyncIterator]: () => events,
    async next() {
      while (!ended) {
        const step = await nextEvent();
        if (step.done === true) return end();
        if (admits === undefined) return step;
        const isAdmitted = await endingOnError(admits(step.value));
        // Whoever left while we asked is not handed anything any more.
        if (isAdmitted && !ended) return step;
      }
      return { done: true, value: undefined };
    },
    return: end,
    async throw(error: unknown) {
      await end();
      throw error;
    },
  };
  return events;
}
