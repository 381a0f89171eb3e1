import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';
import type { Change, ChangePage, FeedName, FeedRecord } from '../feeds.ts';
import { parseRecord } from '../parse-record.ts';
import type { ReadChangesOptions } from '../port.ts';
import {
  advance,
  type FeedCursor,
  formatFeedCursor,
  parseFeedCursor,
  placeKey,
  startOf,
} from './feed-cursor.ts';
import type { TrytonCalls, TrytonRpc } from './rpc.ts';
import { type Touch, type TouchSource, touchesAfter } from './touches.ts';
import { instantOf, momentOf } from './wire.ts';

/** One kind of canonical record and where Tryton keeps it. */
export interface TrytonFeed {
  /** The first is where the record itself is; the others hold parts of it. */
  readonly sources: readonly TouchSource[];
  /** What beside the rows decides which entries there are. Default: nothing. */
  scope?(calls: TrytonCalls): Promise<string>;
  /** The records as they stand now, by id; one that is gone is left out. */
  read(calls: TrytonCalls, ids: readonly number[]): Promise<ReadonlyMap<number, RecordNow>>;
}

export interface RecordNow {
  /** When the row in the first source was last written. */
  readonly at: string;
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** Names the entry among all of its feed, for ever. */
  readonly key: string;
  /** In the canonical record's form; whether it is one is judged by its schema. */
  readonly raw: unknown;
}

/** One page of a feed that is polled by write time. Each row counts once per write, however late that write becomes visible within the overlap. */
export async function readFeed<F extends FeedName>(
  rpc: TrytonRpc,
  about: { readonly system: string; readonly overlapMs: number },
  name: F,
  feed: TrytonFeed,
  from: string | null,
  { limit, signal }: ReadChangesOptions,
): Promise<ChangePage<FeedRecord[F]>> {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) {
    throw new RangeError('limit: a page has between 1 and 1,000 entries');
  }
  const asked = from === null ? null : parseFeedCursor(from);
  if (from !== null && asked === null) {
    const message = 'the cursor is none of this feed';
    throw new ConnectorError('refused', {
      system: about.system,
      code: CONNECTOR_CODES.invalidCursor,
      message,
    });
  }
  const calls = rpc.within(signal);
  const scope = (await feed.scope?.(calls)) ?? '';
  const cursor = asked?.scope === scope ? asked : startOf(scope);

  const window = await touchesAfter(calls, feed.sources, cursor, limit + cursor.seen.length + 1);
  const seen = new Set(cursor.seen.map(placeKey));
  const fresh = window.filter((touch) => !seen.has(placeKey(touch)));
  const taken = fresh.slice(0, limit);
  if (taken.length === 0) return { changes: [], cursor: formatFeedCursor(cursor), more: false };

  const page = await fill(calls, feed, cursor, taken, limit);
  const finalBefore = momentOf(new Date(rpc.serverNow().getTime() - about.overlapMs));
  const left = fresh[page.given.length] ?? null;
  const next = advance(cursor, page.given, { left, cut: page.cut, finalBefore });
  return {
    changes: page.entries.map(({ touch, entry }): Change<FeedRecord[F]> => {
      const eventId = `${entry.key}@${touch.at}`;
      const head = { sequence: placeKey(touch), eventId, occurredAt: instantOf(touch.at) };
      return { ...head, ...parseRecord(name, entry.raw) };
    }),
    cursor: formatFeedCursor(next),
    more: left !== null,
  };
}

interface FilledPage {
  readonly entries: readonly { readonly touch: Touch; readonly entry: FeedEntry }[];
  /** Touches whose entries are all on this page or an earlier one. */
  readonly given: readonly Touch[];
  readonly cut: FeedCursor['cut'];
}

/** Reads what the touches changed, up to `limit` entries. */
async function fill(
  calls: TrytonCalls,
  feed: TrytonFeed,
  cursor: FeedCursor,
  touches: readonly Touch[],
  limit: number,
): Promise<FilledPage> {
  const records = await feed.read(calls, [...new Set(touches.flatMap(({ records: ids }) => ids))]);
  const entries: { touch: Touch; entry: FeedEntry }[] = [];
  const given: Touch[] = [];
  const named = new Set<string>();
  for (const touch of touches) {
    const wanted = entriesOf(touch, records).filter(({ key }) => !named.has(`${key}@${touch.at}`));
    const before =
      cursor.cut !== null && placeKey(cursor.cut.touch) === placeKey(touch) ? cursor.cut.given : 0;
    const rest = wanted.slice(before);
    const room = limit - entries.length;
    for (const entry of rest.slice(0, room)) {
      named.add(`${entry.key}@${touch.at}`);
      entries.push({ touch, entry });
    }
    if (rest.length > room) {
      const place = { at: touch.at, source: touch.source, row: touch.row };
      const count = before + room;
      return { entries, given, cut: count === 0 ? null : { touch: place, given: count } };
    }
    given.push(touch);
  }
  return { entries, given, cut: null };
}

function entriesOf(touch: Touch, records: ReadonlyMap<number, RecordNow>): FeedEntry[] {
  return touch.records.flatMap((id) => {
    const record = records.get(id);
    // Written together with the record itself, which has its own touch of that moment.
    if (record === undefined || (touch.source > 0 && record.at === touch.at)) return [];
    return record.entries;
  });
}
