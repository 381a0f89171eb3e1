import { describe, expect, it } from 'vitest';
import type { Change, FeedName } from '../feeds.ts';
import type { Connector } from '../port.ts';
import { type ConformanceHarness, type FeedDriver, patience } from './harness.ts';

/** No test needs more pages than this; a feed that never ends would otherwise hang the suite. */
const MAX_PAGES = 500;

export function describeFeed(feed: FeedName, use: () => ConformanceHarness): void {
  const within = () => patience(use());
  const all = (cursor: string | null, limit: number) => {
    const { connector, patienceMs } = use();
    return readAll(connector, feed, cursor, limit, patienceMs);
  };
  describe(`feed ${feed}`, () => {
    it('gives what changed oldest first, in pages no longer than asked for', async () => {
      const { driver } = open(feed, use);
      const before = await all(null, 1_000);
      const names = ['ord-1', 'ord-2', 'ord-3', 'ord-4', 'ord-5'].map((name) => `${feed}-${name}`);
      for (const name of names) await driver.write(name);

      const after = await all(before.cursor, 2);
      expect(namesOf(driver, after.changes)).toEqual(names);
      expect(Math.max(...after.pageLengths)).toBeLessThanOrEqual(2);
    });

    it('goes on from any cursor, and gives the same again for the same cursor', async () => {
      const { connector, driver } = open(feed, use);
      const { cursor } = await all(null, 1_000);
      const names = ['res-1', 'res-2', 'res-3'].map((name) => `${feed}-${name}`);
      for (const name of names) await driver.write(name);

      const first = await connector.readChanges(feed, cursor, { limit: 1, signal: within() });
      if (connector.capabilities.feeds[feed]?.rereads === false) {
        const repeated = await readAgain(connector, feed, cursor, within());
        expect(repeated.changes).toEqual(first.changes);
        const { changes } = await all(repeated.cursor, 10);
        expect([...namesOf(driver, repeated.changes), ...namesOf(driver, changes)]).toEqual(names);
        return;
      }
      const rest = await all(first.cursor, 10);
      const again = await all(cursor, 10);
      expect([...namesOf(driver, first.changes), ...namesOf(driver, rest.changes)]).toEqual(names);
      expect(again.changes.map(({ eventId }) => eventId)).toEqual(
        [...first.changes, ...rest.changes].map(({ eventId }) => eventId),
      );
    });

    it('says that nothing is new, and keeps the place', async () => {
      const { connector } = open(feed, use);
      const { cursor } = await all(null, 1_000);
      const page = await connector.readChanges(feed, cursor, { limit: 10, signal: within() });
      expect(page).toEqual({ changes: [], cursor, more: false });
    });

    it('names each change once and for ever', async ({ skip }) => {
      if (use().connector.capabilities.feeds[feed]?.rereads === false)
        return skip('what was applied is gone from the system');
      const once = await all(null, 7);
      const twice = await all(null, 1_000);
      const ids = once.changes.map(({ eventId }) => eventId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(twice.changes.map(({ eventId }) => eventId)).toEqual(ids);
    });

    it('sets a bad record apart, with its field, and gives the ones around it', async ({ skip }) => {
      const { driver } = open(feed, use);
      if (driver.spoil === undefined) return skip('the system cannot hold a bad one');
      const { cursor } = await all(null, 1_000);
      await driver.write(`${feed}-good-before`);
      const field = await driver.spoil();
      await driver.write(`${feed}-good-after`);

      const { changes } = await all(cursor, 10);
      expect(namesOf(driver, changes)).toEqual([`${feed}-good-before`, `${feed}-good-after`]);
      const bad = changes.flatMap(({ rejected }) => rejected ?? []);
      expect(bad).toHaveLength(1);
      expect(bad[0]?.field).toContain(field);
      expect(bad[0]?.raw).not.toBe('');
    });

    it('refuses a cursor that is none of its own', async () => {
      const { connector } = open(feed, use);
      await expect(
        connector.readChanges(feed, 'never-given', { limit: 10, signal: within() }),
      ).rejects.toMatchObject({ outcome: 'refused', code: 'INVALID_CURSOR' });
    });
  });
}

/** The same page again of a system that looks more than once before it hands out again what it had begun to hand out. */
async function readAgain(connector: Connector, feed: FeedName, cursor: string | null, signal: AbortSignal) {
  for (;;) {
    const page = await connector.readChanges(feed, cursor, { limit: 1, signal });
    if (page.changes.length > 0) return page;
    signal.throwIfAborted();
  }
}

/** Everything of a feed after a cursor, page by page. */
export async function readAll(
  connector: Connector,
  feed: FeedName,
  cursor: string | null,
  limit: number,
  patienceMs?: number,
) {
  const within = () => patience(patienceMs === undefined ? {} : { patienceMs });
  const changes: Change<unknown>[] = [];
  const pageLengths: number[] = [];
  let at = cursor;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await connector.readChanges(feed, at, { limit, signal: within() });
    changes.push(...page.changes);
    pageLengths.push(page.changes.length);
    at = page.cursor;
    if (!page.more) return { changes, cursor: at, pageLengths };
  }
  throw new Error(`${feed} did not end within ${MAX_PAGES} pages`);
}

export function namesOf(driver: FeedDriver, changes: readonly Change<unknown>[]): string[] {
  return changes.flatMap(({ record }) => (record === undefined ? [] : [driver.nameOf(record)]));
}

function open(feed: FeedName, use: () => ConformanceHarness) {
  const { connector, feeds } = use();
  const driver = feeds[feed];
  if (driver === undefined) throw new Error(`the harness has no driver for ${feed}`);
  return { connector, driver };
}
