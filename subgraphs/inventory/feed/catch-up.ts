import type { PollerOptions } from '../../../platform/feed/poller-options.ts';

type Feed<T> = Pick<PollerOptions<T>, 'read' | 'apply'>;

/** A feed that tells when it has been read to its end. */
export interface CatchUp<T> extends Feed<T> {
  /** Resolves when a page that is the last for now has been applied. A page whose reading had begun before counts as well. */
  next(): Promise<void>;
}

export function createCatchUp<T>(feed: Feed<T>): CatchUp<T> {
  let waiting: (() => void)[] = [];
  let isLastPage = false;

  function caughtUp(): void {
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  return {
    async read(cursor, options) {
      const page = await feed.read(cursor, options);
      isLastPage = !page.more;
      if (isLastPage && page.changes.every(({ record }) => record === undefined)) caughtUp();
      return page;
    },
    async apply(changes) {
      const refusals = await feed.apply(changes);
      if (isLastPage) caughtUp();
      return refusals;
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
  };
}
