import type { Connection } from 'mongoose';
import type { Clock } from '../../../platform/clock.ts';
import { createTailTopic, type TailTopic } from '../../../platform/graphql/tail-topic.ts';
import { type Change, type ChangeTail, createChangeTail } from '../../../platform/store/change-tail.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import { type AnswerChange, answerChangeOf } from './answer-changes.ts';
import type { InventoryStore } from './inventory-store.ts';
import type { ItemRecord, LevelRecord, LocationRecord, SupplyRecord } from './records.ts';

type Watched = LevelRecord | ItemRecord | LocationRecord | SupplyRecord;

/** The tail, and what it tells. */
export interface StockTail extends ChangeTail {
  /** Every change of a level by any process, after it was committed. */
  readonly levelChanges: TailTopic<LevelRecord>;
  /** Whatever may make an answer about availability another one. */
  readonly answerChanges: TailTopic<AnswerChange>;
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

  const names = { levels: levelsName, supplies: suppliesName, items: itemsName };
  const answerChanges: TailTopic<AnswerChange> = createTailTopic(
    () => tail,
    (change) => answerChangeOf(change, names),
  );
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
      // First forgotten, then told: whoever is told reads the new figures.
      forget(change.collection, change.id, change.document);
      levelChanges.take(change);
      answerChanges.take(change);
    },
    async onGap() {
      levelChanges.interrupt();
      answerChanges.interrupt();
      await forgetAll();
    },
  });
  return { ...tail, levelChanges, answerChanges };

  /** Which collection a change is of says which document it carries. */
  function forget(collection: string, id: string, document: Watched): void {
    if (collection === itemsName) stock.cached.invalidate(id);
    else if (collection === suppliesName) stock.cached.invalidate((document as SupplyRecord).variantId);
    else if (collection === locationsName) {
      const servesOtherwise = locations.put(document as LocationRecord);
      if (servesOtherwise) answerChanges.tell({ what: 'places', locationIds: new Set([id]) });
    } else {
      const level = document as LevelRecord;
      stock.cached.invalidate(level.variantId, { part: level.locationId, version: level.version });
    }
  }

  async function forgetAll(): Promise<void> {
    stock.cached.invalidateAll();
    await locations.reload();
  }
}
