import type { Clock } from '../../../platform/clock.ts';
import type { FeedName } from '../../feeds.ts';
import { type Answer, badRequest, ok } from './answer.ts';
import { disturbPage, type FaultMode } from './fault-switch.ts';
import { readPageQuery } from './page-query.ts';
import type { Storage, StoredChange } from './storage.ts';

/** The change feeds of the stand-in systems, each numbered from 1 without holes. */
export interface ChangeLog {
  /** Adds a change. Inside `storage.transact` only. */
  append(feed: FeedName, record: unknown): void;
  /** The page that `query` (`after`, `limit`) asks for, as it looks under `fault`. */
  answer(feed: FeedName, query: URLSearchParams, fault: FaultMode): Answer;
}

type NumberedChange = StoredChange & { sequence: number };

export function createChangeLog(storage: Storage, clock: Clock): ChangeLog {
  const { changes, counters } = storage;

  function read(feed: FeedName, after: number, limit: number): NumberedChange[] {
    const start: [string, number] = [feed, after + 1];
    const end: [string, number] = [feed, Number.MAX_SAFE_INTEGER];
    return [...changes.getRange({ start, end, limit })].map(({ key: [, sequence], value }) => ({
      sequence,
      ...value,
    }));
  }

  return {
    append(feed, record) {
      const sequence = storage.next(`changes/${feed}`);
      changes.put([feed, sequence], {
        eventId: `${feed}-${sequence}`,
        occurredAt: clock.now().toISOString(),
        record,
      });
    },

    answer(feed, query, fault) {
      const asked = readPageQuery(query);
      if ('refused' in asked) return asked.refused;
      const { after, limit } = asked;
      const last = counters.get(`changes/${feed}`) ?? 0;
      // Somebody remembers more than there is: these are other books than the ones they read.
      if (after > last) return badRequest('CURSOR_AHEAD', `the feed ends at ${last}, before ${after}`);
      const page = read(feed, after, limit);
      const before = after === 0 ? [] : read(feed, Math.max(0, after - 3), Math.min(3, after));
      const more = (page.at(-1)?.sequence ?? after) < last;
      return ok({ changes: disturbPage(fault, page, before), more });
    },
  };
}
