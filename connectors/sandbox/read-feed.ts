import { z } from 'zod';
import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';
import type { Change, ChangePage, FeedName, FeedRecord } from '../feeds.ts';
import { parseRecord } from '../parse-record.ts';
import type { ReadChangesOptions } from '../port.ts';
import type { Desk } from './document-desk.ts';
import { brokenAnswer, refusalCode, rejection } from './stored-document.ts';

/** How the stand-ins name their feeds in addresses. */
const FEED_PATHS: Record<FeedName, string> = {
  items: 'items',
  prices: 'prices',
  locations: 'locations',
  channels: 'channels',
  customers: 'customers',
  stockMovements: 'stock-movements',
  expectedSupplies: 'expected-supplies',
  locationSignals: 'location-signals',
  invoices: 'invoices',
  shipments: 'shipments',
  trackingEvents: 'tracking-events',
};

const pageSchema = z.object({
  changes: z.array(
    z.object({
      sequence: z.number().int().positive(),
      eventId: z.string().min(1),
      occurredAt: z.iso.datetime({ offset: true }),
      record: z.unknown(),
    }),
  ),
  more: z.boolean(),
});

/** Where a feed's records are written in bulk. */
export function bulkPath(feed: FeedName): string {
  return `/erp/${FEED_PATHS[feed]}:bulk`;
}

/**
 * One page of a feed that is numbered by the system. The cursor is the last number seen, so whatever order and however often
 * the page's entries arrive, they are given on once and in their order.
 */
export async function readFeed<F extends FeedName>(
  { http, system, face }: Desk,
  feed: F,
  cursor: string | null,
  { limit, signal }: ReadChangesOptions,
): Promise<ChangePage<FeedRecord[F]>> {
  const after = cursor ?? '0';
  const foreign = (message: string) =>
    new ConnectorError('refused', { system, code: CONNECTOR_CODES.invalidCursor, message });
  if (!/^\d{1,15}$/.test(after)) throw foreign('the cursor is none of this feed');
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) {
    throw new RangeError('limit: a page has between 1 and 1,000 entries');
  }
  const path = `/${face}/changes/${FEED_PATHS[feed]}?after=${after}&limit=${limit}`;
  const answer = await http.call({ method: 'GET', path, signal });
  // Waiting for the numbers to catch up would pass over what they now stand for.
  if (refusalCode(answer) === 'CURSOR_AHEAD') throw foreign('the cursor is of other books than these');
  if (answer.status !== 200) throw rejection(system, answer);
  const parsed = pageSchema.safeParse(answer.body);
  if (!parsed.success) throw brokenAnswer(system, `a page of ${feed} that cannot be read`);

  const bySequence = new Map(
    parsed.data.changes
      .filter(({ sequence }) => sequence > Number(after))
      .map((entry) => [entry.sequence, entry]),
  );
  const entries = [...bySequence.values()].sort((a, b) => a.sequence - b.sequence);
  const last = entries.at(-1)?.sequence;
  if (entries.length > limit || (last === undefined && parsed.data.more)) {
    throw brokenAnswer(system, `a page of ${feed} with ${entries.length} entries for a limit of ${limit}`);
  }
  const changes = entries.map(
    ({ sequence, eventId, occurredAt, record }): Change<FeedRecord[F]> => ({
      sequence: String(sequence),
      eventId,
      occurredAt,
      ...parseRecord(feed, record),
    }),
  );
  return { changes, cursor: last === undefined ? after : String(last), more: parsed.data.more };
}
