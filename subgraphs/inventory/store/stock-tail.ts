import type { Connection } from 'mongoose';
import type { Clock } from '../../../platform/clock.ts';
import { createTailTopic, type TailTopic } from '../../../platform/graphql/tail-topic.ts';
import { type Change, type ChangeTail, createChangeTail } from '../../../platform/store/change-tail.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { ItemRecord, LevelRecord, LocationRecord, SupplyRecord } from './collections.ts';
import type { InventoryStore } from './inventory-store.ts';

type Watched = LevelRecord | ItemRecord | LocationRecord | SupplyRecord;

/** The tail, and what it tells. */
export interface StockTail extends ChangeTail {
  /** Every change of a level by any process, after it was committed. */
  readonly levelChanges: TailTopic<LevelRecord>;
}

/** Keeps this process's memory true to the store, whoever changed it, and tells subscribers of levels that changed. */
export function createStockTail(options: {
  connection: Connection;
  store: Pick<InventoryStore, 'collections' | 'locations' | 'stock'>;
  clock: Clock;
  logger: Logger;
}): StockTail {
  const { stock, locations, collections } = options.store;
  const levelsName = collections.levels.collection.collectionName;
  const locationsName = collections.locations.collection.collectionName;
  const itemsName = collections.items.collection.collectionName;
  const suppliesName = collections.supplies.collection.collectionName;

  const levelChanges: TailTopic<LevelRecord> = createTailTopic(
    () => tail,
    // Which collection a change is of says which document it carries.
    ({ collection, document }) => (collection === levelsName ? (document as LevelRecord | null) : null),
  );
  const tail = createChangeTail<Watched>({
    name: 'inventory stock',
    connection: options.connection,
    collections: [levelsName, locationsName, itemsName, suppliesName],
    clock: options.clock,
    logger: options.logger,
    async onChange(change: Change<Watched>) {
      if (change.document === null) return forgetAll();
      if (change.collection === itemsName) return stock.cached.invalidate(change.id);
      // Which collection a change is of says which document it carries.
      if (change.collection === locationsName) return locations.put(change.document as LocationRecord);
      if (change.collection === suppliesName)
        return stock.cached.invalidate((change.document as SupplyRecord).variantId);
      const level = change.document as LevelRecord;
      // First forgotten, then told: whoever is told reads the new figures.
      stock.cached.invalidate(level.variantId, { part: level.locationId, version: level.version });
      levelChanges.take(change);
    },
    async onGap() {
      levelChanges.interrupt();
      await forgetAll();
    },
  });
  return { ...tail, levelChanges };

  async function forgetAll(): Promise<void> {
    stock.cached.invalidateAll();
    await locations.reload();
  }
}
