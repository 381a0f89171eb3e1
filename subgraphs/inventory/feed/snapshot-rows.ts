import type { SnapshotRow } from '../../../connectors/csv/snapshot-files.ts';
import type { FeedRejection } from '../../../platform/feed/feed.ts';
import { idFromKey } from '../../../platform/ids.ts';
import type { NewCount } from '../domain/counting.ts';
import type { SnapshotHead } from '../domain/snapshot.ts';
import { type StockItem, variantId } from '../domain/stock.ts';
import { inBaseUnits } from '../domain/units.ts';

export interface RefusedRow {
  readonly line: number;
  readonly rejected: FeedRejection;
}

/** What rows say, as counts of their variants; the ones that cannot be taken with the reason. `items` knows the variants of the rows. */
export function readRows(
  head: SnapshotHead,
  rows: readonly SnapshotRow[],
  items: ReadonlyMap<string, StockItem>,
  seen: Set<string>,
): { readonly counts: NewCount[]; readonly refused: RefusedRow[] } {
  const counts: NewCount[] = [];
  const refused: RefusedRow[] = [];
  for (const { line, count, rejected } of rows) {
    if (count === undefined) {
      refused.push({ line, rejected });
      continue;
    }
    const refuse = (code: string, message: string, field: string) =>
      refused.push({ line, rejected: { code, message, field: [field], raw: JSON.stringify(count) } });
    const id = variantId(count.sku);
    const item = items.get(id);
    if (item === undefined) {
      refuse('VARIANT_UNKNOWN', `no system has told us of ${count.sku}`, 'sku');
      continue;
    }
    if (seen.has(id)) {
      refuse('DUPLICATE_ROW', `${count.sku} was counted further up already`, 'sku');
      continue;
    }
    const unit = count.unit ?? item.baseUnit;
    const units = inBaseUnits({ value: count.quantity, unit }, item);
    if (units === null) {
      refuse(
        'QUANTITY_INVALID',
        `${count.quantity} ${unit} is no whole number of ${item.baseUnit}`,
        'quantity',
      );
      continue;
    }
    seen.add(id);
    counts.push({
      id: idFromKey('snapshot-row', head.sourceSystem, head.sourceSequence, head.locationId, id),
      variantId: id,
      locationId: head.locationId,
      unit: item.baseUnit,
      countedAt: head.asOf,
      counted: units,
    });
  }
  return { counts, refused };
}
