import type { ClientSession } from 'mongoose';
import { createFreshCache, type FreshCache } from '../../../platform/cache/fresh-cache.ts';
import type { Clock } from '../../../platform/clock.ts';
import { MAX_STALENESS_MS } from '../domain/freshness.ts';
import type { Stock, StockItem } from '../domain/stock.ts';
import type { Supply } from '../domain/supply.ts';
import type { Collections } from './collections.ts';
import type { ItemRecord, LevelRecord, SupplyRecord } from './records.ts';

/** Variants remembered; one entry is a few hundred bytes for each place that holds the variant. */
const MAX_CACHED_VARIANTS = 50_000;

/** What is known of variants: their item and their levels at all places. */
export interface StockReader {
  /** From memory where the change stream vouches for it. */
  readonly cached: FreshCache<Stock>;
  /** From the store; with a session, as its transaction sees it. Variants that nobody knows are left out. */
  read(variantIds: readonly string[], session?: ClientSession): Promise<Map<string, Stock>>;
}

export function createStockReader(options: {
  collections: Pick<Collections, 'levels' | 'items' | 'supplies'>;
  clock: Clock;
  currentAsOf(): Date | null;
  maxStalenessMs?: number | undefined;
}): StockReader {
  const { levels, items, supplies } = options.collections;

  async function read(
    variantIds: readonly string[],
    session: ClientSession | null = null,
  ): Promise<Map<string, Stock>> {
    const ids = [...new Set(variantIds)];
    // One after the other: a transaction carries one command at a time.
    const levelRecords = await levels
      .find({ variantId: { $in: ids } })
      .session(session)
      .lean<LevelRecord[]>();
    const itemRecords = await items
      .find({ _id: { $in: ids } })
      .session(session)
      .lean<ItemRecord[]>();
    const supplyRecords = await supplies
      .find({ variantId: { $in: ids }, quantity: { $gt: 0 } })
      .session(session)
      .lean<SupplyRecord[]>();
    const suppliesOf = Map.groupBy(supplyRecords.map(supplyOf), ({ variantId }) => variantId);
    const levelsOf = Map.groupBy(levelRecords, ({ variantId }) => variantId);
    const itemOf = new Map<string, StockItem>(
      itemRecords.map(({ _id, ...item }) => [_id, { variantId: _id, ...item }]),
    );
    return new Map(
      ids.flatMap((id) => {
        const stock = {
          item: itemOf.get(id) ?? null,
          levels: levelsOf.get(id) ?? [],
          supplies: suppliesOf.get(id) ?? [],
        };
        return stock.item === null && stock.levels.length === 0 ? [] : [[id, stock] as const];
      }),
    );
  }

  return {
    read,
    cached: createFreshCache<Stock>({
      maxEntries: MAX_CACHED_VARIANTS,
      maxStalenessMs: options.maxStalenessMs ?? MAX_STALENESS_MS,
      clock: options.clock,
      load: (keys) => read(keys),
      currentAsOf: () => options.currentAsOf(),
      versionOf: (stock, locationId) =>
        stock?.levels.find((level) => level.locationId === locationId)?.version ?? 0,
    }),
  };
}

function supplyOf({ _id, ...rest }: SupplyRecord): Supply {
  return { id: _id, ...rest };
}
