import type { Connection } from 'mongoose';
import type { Clock } from '../clock.ts';
import type { PushedChanges } from '../inbox/pushed-changes.ts';
import type { SystemHealth } from '../outbox/system-health.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { FeedPage, FeedRejection, GoodChange } from './feed.ts';

export interface PollerOptions<T> {
  /** `product/erp/items`: its place is kept under it. */
  readonly name: string;
  readonly system: string;
  /** The integration database. */
  readonly connection: Connection;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly health: SystemHealth;
  /** Default 1,000. */
  readonly everyMs?: number;
  /** Records a page. Default 500. */
  readonly pageSize?: number;
  read(cursor: string | null, options: { limit: number; signal: AbortSignal }): Promise<FeedPage<T>>;
  /**
   * What the system pushes of this feed. It is applied as it arrives, in the order of the feed; where one is missing the rest waits
   * `gapMs` for it and the feed is read then. Polling goes on all the same: it finds what was never delivered.
   */
  readonly pushed?: PushedChanges<T> | undefined;
  /** Default 300: longer than deliveries overtake each other, shorter than anybody notices. */
  readonly gapMs?: number;
  /** What names a record in its feed, so that a good one ends the matter of a bad one told before. Left out: each record is an event of its own. */
  readonly keyOf?: (record: T) => string | null;
  /**
   * Applies good records, oldest first; it must be harmless to apply one again. Answers the records it could not accept (unknown SKU,
   * say): they are quarantined with their reason and the rest goes on. A throw applies the page again later.
   */
  apply(
    changes: readonly GoodChange<T>[],
  ): Promise<readonly { readonly eventId: string; readonly rejected: FeedRejection }[]>;
}
