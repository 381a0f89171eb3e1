import type { Clock } from '../../../platform/clock.ts';
import type { FeedPage, GoodChange } from '../../../platform/feed/feed.ts';

export interface AsOfFeed<T> {
  read(cursor: string | null, options: { limit: number; signal: AbortSignal }): Promise<FeedPage<T>>;
  apply(changes: readonly GoodChange<T>[]): Promise<readonly never[]>;
  /** The moment up to which we know everything the system had to say; null until the feed was read to its end. */
  readonly knownAsOf: () => Date | null;
}

/**
 * Remembers when a feed was last read to its end. Our own store may be fresh to the millisecond while the system behind it has
 * not answered for an hour: an honest age counts from its last word.
 */
export function knownAsOf<T>(
  clock: Clock,
  feed: {
    read(cursor: string | null, options: { limit: number; signal: AbortSignal }): Promise<FeedPage<T>>;
    apply(changes: readonly GoodChange<T>[]): Promise<void>;
  },
): AsOfFeed<T> {
  let knownAsOf: Date | null = null;
  /** When the page in hand was asked for, if it was the last one. */
  let endAskedAt: Date | null = null;
  return {
    async read(cursor, options) {
      const askedAt = clock.now();
      const page = await feed.read(cursor, options);
      endAskedAt = page.more ? null : askedAt;
      if (!page.changes.some((change) => change.record !== undefined)) knownAsOf = endAskedAt ?? knownAsOf;
      return page;
    },
    async apply(changes) {
      await feed.apply(changes);
      knownAsOf = endAskedAt ?? knownAsOf;
      return [];
    },
    knownAsOf: () => knownAsOf,
  };
}
