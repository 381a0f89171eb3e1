import type { Connection } from 'mongoose';
import type { SnapshotFiles, SnapshotRow } from '../../../connectors/csv/snapshot-files.ts';
import type { Clock } from '../../../platform/clock.ts';
import { createQuarantine } from '../../../platform/feed/quarantine.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { NewCount } from '../domain/counting.ts';
import type { SnapshotHead, SnapshotIngestion, SnapshotReport } from '../domain/snapshot.ts';
import { type StockItem, variantId } from '../domain/stock.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import type { ItemRecord } from '../store/records.ts';
import { differences } from '../store/snapshot-differences.ts';
import { readRows } from './snapshot-rows.ts';

/** Rows compared at once: one read of levels. */
const ROWS_COMPARED = 1_000;
/** Rows applied in one transaction: so few that a claim on one of them does not wait long, so many that commits do not dominate. */
const ROWS_APPLIED = 250;
/** Two transactions at once: while the store works on one, the other is prepared. */
const AT_ONCE = 2;
const MAX_QUARANTINED = 1_000;

export function createSnapshotIngestion(options: {
  store: Pick<InventoryStore, 'collections' | 'counts' | 'transaction' | 'stock'>;
  files: SnapshotFiles;
  /** The integration database, for the quarantine. */
  integration: Connection;
  clock: Clock;
  logger: Logger;
}): SnapshotIngestion {
  const { store, files, clock, logger } = options;
  const { collections, counts: books } = store;
  const underWay = new Map<string, Promise<SnapshotReport>>();
  const stopping = new AbortController();

  async function itemsOf(rows: readonly SnapshotRow[]): Promise<Map<string, StockItem>> {
    const ids = rows.flatMap(({ count }) => (count === undefined ? [] : [variantId(count.sku)]));
    const records = await collections.items.find({ _id: { $in: ids } }).lean<ItemRecord[]>();
    return new Map(records.map(({ _id, ...item }) => [_id, { variantId: _id, ...item }]));
  }

  async function run(head: SnapshotHead): Promise<SnapshotReport> {
    const quarantine = createQuarantine({
      feed: `inventory/${head.sourceSystem}/snapshot`,
      system: head.sourceSystem,
      connection: options.integration,
      clock,
      logger,
    });
    const report = { acceptedRows: 0, unchangedRows: 0, rejectedRows: 0 };
    const seen = new Set<string>();

    async function take(rows: readonly SnapshotRow[]): Promise<void> {
      const { counts, refused } = readRows(head, rows, await itemsOf(rows), seen);
      for (const { line, rejected } of refused) {
        if (report.rejectedRows < MAX_QUARANTINED)
          await quarantine.setAside(`${head.sourceSequence}:${line}`, rejected);
        report.rejectedRows += 1;
      }
      if (counts.length === 0) return;
      const changes = await differences(collections, counts);
      report.unchangedRows += counts.length - changes.length;
      let from = 0;
      const lane = async () => {
        while (from < changes.length) {
          stopping.signal.throwIfAborted();
          const part = changes.slice(from, from + ROWS_APPLIED);
          from += ROWS_APPLIED;
          await apply(part);
        }
      };
      const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
      for (const one of ended) if (one.status === 'rejected') throw one.reason;
    }

    async function apply(part: readonly NewCount[]): Promise<void> {
      const changed = await store.transaction(async (session) => {
        // Once more, as this transaction sees it: somebody may have booked since, or applied the same rows.
        const still = await differences(collections, part, session);
        await books.record(session, still, clock.now());
        return still.length;
      });
      report.acceptedRows += changed;
      report.unchangedRows += part.length - changed;
      for (const { variantId: id } of part) store.stock.cached.invalidate(id);
    }

    let rows: SnapshotRow[] = [];
    for await (const row of files.rows(head.url, stopping.signal)) {
      rows.push(row);
      if (rows.length < ROWS_COMPARED) continue;
      await take(rows);
      rows = [];
    }
    if (rows.length > 0) await take(rows);
    return report;
  }

  return {
    ingest(head) {
      const id = JSON.stringify([head.sourceSystem, head.sourceSequence, head.locationId]);
      const running = underWay.get(id) ?? run(head).finally(() => underWay.delete(id));
      underWay.set(id, running);
      return running;
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(underWay.values());
    },
  };
}
