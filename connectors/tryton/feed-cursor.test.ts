import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  comparePlaces,
  type FeedCursor,
  formatFeedCursor,
  parseFeedCursor,
  placeKey,
  startOf,
  type TouchPlace,
} from './feed-cursor.ts';
import { momentOf } from './wire.ts';

const OVERLAP_MS = 60_000;
const BEGIN_MS = Date.parse('2026-03-01T00:00:00Z');
const moment = (ms: number) => momentOf(new Date(BEGIN_MS + ms));

/** Rows that are dated when their transaction began and become visible when it ends, and how often and how much of them is read. */
const history = fc.record({
  rows: fc.array(
    fc.record({
      beganMs: fc.integer({ min: 0, max: 300_000 }),
      tookMs: fc.integer({ min: 0, max: OVERLAP_MS - 1 }),
      source: fc.integer({ min: 0, max: 2 }),
    }),
    { maxLength: 60 },
  ),
  limit: fc.integer({ min: 1, max: 7 }),
  everyMs: fc.integer({ min: 500, max: 40_000 }),
});

/** What is there to give, as `readFeed` sees it: what comes after the settled place and was not seen yet. */
function freshAfter(cursor: FeedCursor, visible: readonly TouchPlace[]): TouchPlace[] {
  const seen = new Set(cursor.seen.map(placeKey));
  return visible
    .filter((place) => cursor.settled === null || comparePlaces(place, cursor.settled) > 0)
    .filter((place) => !seen.has(placeKey(place)))
    .sort(comparePlaces);
}

describe('the cursor of a feed that is polled by write time', () => {
  it('given rows that become visible late, within the overlap, gives each of them once', () => {
    fc.assert(
      fc.property(history, ({ rows, limit, everyMs }) => {
        const places = rows.map(({ beganMs, source, tookMs }, row) => ({
          place: { at: moment(beganMs), source, row },
          visibleMs: beganMs + tookMs,
        }));
        let cursor = startOf('');
        const given: string[] = [];
        for (let nowMs = 0; nowMs <= 300_000 + 2 * OVERLAP_MS; nowMs += everyMs) {
          const visible = places.filter(({ visibleMs }) => visibleMs <= nowMs).map(({ place }) => place);
          for (;;) {
            const fresh = freshAfter(cursor, visible);
            if (fresh.length === 0) break;
            const page = fresh.slice(0, limit);
            given.push(...page.map(placeKey));
            const left = fresh[limit] ?? null;
            const next = advance(cursor, page, { left, cut: null, finalBefore: moment(nowMs - OVERLAP_MS) });
            // What is kept between two pages is its text.
            cursor = parseFeedCursor(formatFeedCursor(next)) ?? startOf('never');
          }
        }
        expect([...given].sort()).toEqual(places.map(({ place }) => placeKey(place)).sort());
      }),
    );
  });

  it('given a late one that was given first, does not settle behind one that is left', () => {
    const [early, left, seen] = [1, 2, 3].map((row) => ({ at: moment(row), source: 0, row }));
    if (early === undefined || left === undefined || seen === undefined) throw new Error('three rows');
    const end = { left, cut: null, finalBefore: moment(500_000) };
    expect(advance({ ...startOf(''), seen: [seen] }, [early], end)).toMatchObject({
      settled: early,
      seen: [seen],
    });
  });

  it('given a touch that a page cut in two, does not settle behind it', () => {
    const [first, second, third] = [1, 2, 3].map((row) => ({ at: moment(row), source: 0, row }));
    if (first === undefined || second === undefined || third === undefined) throw new Error('three rows');
    const late = { at: moment(999), source: 0, row: 9 };
    const end = { left: second, cut: { touch: second, given: 2 }, finalBefore: moment(500_000) };
    const next = advance({ ...startOf(''), seen: [late] }, [first], end);
    expect(next.settled).toEqual(first);
    expect(next.seen).toEqual([late]);
    expect(next.cut).toEqual({ touch: second, given: 2 });
  });

  it('given a mass load, remembers the last of it and stays small', () => {
    const load = Array.from({ length: 8_000 }, (_, row) => ({ at: moment(1), source: 0, row }));
    const next = advance(startOf(''), load, { left: null, cut: null, finalBefore: moment(-OVERLAP_MS) });
    expect(next.seen).toHaveLength(5_000);
    expect(next.settled?.row).toBe(2_999);
    expect(parseFeedCursor(formatFeedCursor(next))).toEqual(next);
  });

  it.each([
    '',
    'never-given',
    '42',
    '{"v":2}',
    '{"v":1,"settled":["yesterday",0,1],"seen":[],"cut":null,"scope":""}',
  ])('given %j, is none', (text) => {
    expect(parseFeedCursor(text)).toBeNull();
  });
});
