import type { FeedPage } from '../../../platform/feed/poller.ts';

type Read<T> = (
  cursor: string | null,
  options: { limit: number; signal: AbortSignal },
) => Promise<FeedPage<T>>;

/** Tells when a feed has been read to its end, and applied, once more. */
export interface CatchUp<T> {
  /** To be given to the poller in place of the feed's own. */
  readonly read: Read<T>;
  /** Resolves when everything that the feed had at this moment is applied. */
  next(): Promise<void>;
}

export function createCatchUp<T>(read: Read<T>): CatchUp<T> {
  let waiting: { sinceTurn: number; resolve: () => void }[] = [];
  let turn = 0;
  let wasLastPage = false;

  return {
    async read(cursor, options) {
      // A poller reads again only when it has applied the page before.
      if (wasLastPage) {
        for (const { sinceTurn, resolve } of waiting) if (sinceTurn < turn) resolve();
        waiting = waiting.filter(({ sinceTurn }) => sinceTurn >= turn);
      }
      turn += 1;
      wasLastPage = false;
      const page = await read(cursor, options);
      wasLastPage = !page.more;
      return page;
    },
    next: () => new Promise((resolve) => waiting.push({ sinceTurn: turn, resolve })),
  };
}
