import DataLoader from 'dataloader';
import type { Fresh } from '../../platform/cache/fresh-cache.ts';
import type { Allocation } from './domain/allocation.ts';
import type { Reservation } from './domain/reservation.ts';
import type { Stock } from './domain/stock.ts';
import type { InventoryStore } from './store/inventory-store.ts';
import type { LedgerRecord, LevelRecord } from './store/records.ts';

/** Made anew for each request; each answers one question, once for all that ask it in the same tick. */
export interface Loaders {
  /** From memory where that is fresh enough. */
  readonly stockByVariant: DataLoader<string, Fresh<Stock>>;
  readonly levelById: DataLoader<string, LevelRecord | null>;
  readonly reservationById: DataLoader<string, Reservation | null>;
  readonly allocationById: DataLoader<string, Allocation | null>;
  readonly allocationsByWorkOrder: DataLoader<string, Allocation[]>;
  readonly transactionById: DataLoader<string, LedgerRecord | null>;
}

/** The most ids one query carries. */
const MAX_BATCH = 1_000;

export function createLoaders(store: InventoryStore): Loaders {
  return {
    stockByVariant: new DataLoader<string, Fresh<Stock>>((ids) => store.stock.cached.read(ids), {
      maxBatchSize: MAX_BATCH,
    }),
    levelById: byKey(async (ids) => {
      const records = await store.collections.levels.find({ _id: { $in: [...ids] } }).lean<LevelRecord[]>();
      return new Map(records.map((record) => [record._id, record]));
    }),
    reservationById: byKey((ids) => store.claims.byIds(ids)),
    allocationById: byKey((ids) => store.allocations.byIds(ids)),
    allocationsByWorkOrder: new DataLoader(
      async (ids) => {
        const found = await store.allocations.byWorkOrders(ids);
        return ids.map((id) => found.get(id) ?? []);
      },
      { maxBatchSize: MAX_BATCH },
    ),
    transactionById: byKey((ids) => store.transactionsByIds(ids)),
  };
}

function byKey<V>(
  load: (ids: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): DataLoader<string, V | null> {
  return new DataLoader(
    async (ids) => {
      const found = await load(ids);
      return ids.map((id) => found.get(id) ?? null);
    },
    { maxBatchSize: MAX_BATCH },
  );
}
