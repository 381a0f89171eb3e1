import type { Change, ChangeTail } from '../store/change-tail.ts';
import { createTopic, type Told, type Topic } from './topic.ts';

/** A topic whose events are changes that a tail sees. */
export interface TailTopic<T> extends Topic<T> {
  /** To be called with every change, in order. */
  take(change: Change<unknown>): void;
}

/**
 * A topic that can be resumed for as long as the store keeps its history, also in another process than the one an event was told by.
 * `eventOf` says what a change means to the topic; null: nothing.
 */
export function createTailTopic<T>(
  tail: () => Pick<ChangeTail, 'position' | 'history'>,
  eventOf: (change: Change<unknown>) => T | null,
): TailTopic<T> {
  const topic = createTopic<T>({
    position: () => tail().position(),
    async history(after, upTo) {
      const changes = await tail().history(after, upTo);
      if (changes === null) return null;
      return changes.flatMap((change): Told<T>[] => {
        const event = eventOf(change);
        return event === null ? [] : [{ event, position: change.position }];
      });
    },
  });
  return {
    ...topic,
    get subscribers() {
      return topic.subscribers;
    },
    take(change) {
      const event = eventOf(change);
      if (event !== null) topic.publish(event, change.position);
    },
  };
}
