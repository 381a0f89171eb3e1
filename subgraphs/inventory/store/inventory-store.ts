import type { Clock } from '../../../platform/clock.ts';
import { createIdempotency, type Idempotency } from '../../../platform/idempotency/idempotency.ts';
import { prepareModels, type Store } from '../../../platform/store/store.ts';
import { type Allocations, createAllocations } from './allocations.ts';
import { type Claims, createClaims } from './claims.ts';
import { type Collections, createCollections, type LedgerRecord } from './collections.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createLocationBook, type LocationBook } from './location-book.ts';
import { createSourcingDecisions, type SourcingDecisions } from './sourcing-decisions.ts';
import { createStockReader, type StockReader } from './stock-reader.ts';

/** Everything inventory keeps, in its own database. */
export interface InventoryStore {
  readonly collections: Collections;
  readonly ledger: Ledger;
  readonly claims: Claims;
  readonly allocations: Allocations;
  readonly sourcingDecisions: SourcingDecisions;
  readonly locations: LocationBook;
  readonly stock: StockReader;
  readonly lanes: Lanes;
  readonly idempotency: Idempotency;
  readonly transaction: Store['transaction'];
  transactionsByIds(ids: readonly string[]): Promise<Map<string, LedgerRecord>>;
  /** Makes collections and indexes. */
  prepare(): Promise<void>;
}

export function createInventoryStore(options: {
  store: Store;
  clock: Clock;
  /** When the change stream behind the caches was last known to be complete. */
  currentAsOf(): Date | null;
  /** How old an answer about stock may be that comes from memory. Default 5,000. */
  maxStalenessMs?: number | undefined;
}): InventoryStore {
  const { store, clock } = options;
  const connection = store.database('inventory');
  const collections = createCollections(connection);
  const ledger = createLedger(collections);
  const locations = createLocationBook(collections.locations);
  const idempotency = createIdempotency({ store, connection, clock });

  return {
    collections,
    ledger,
    claims: createClaims(collections, ledger),
    allocations: createAllocations(collections),
    sourcingDecisions: createSourcingDecisions(collections),
    locations,
    stock: createStockReader({
      collections,
      clock,
      currentAsOf: options.currentAsOf,
      maxStalenessMs: options.maxStalenessMs,
    }),
    lanes: createLanes({ clock }),
    idempotency,
    transaction: store.transaction,
    async transactionsByIds(ids) {
      const records = await collections.ledger.find({ _id: { $in: [...ids] } }).lean<LedgerRecord[]>();
      return new Map(records.map((record) => [record._id, record]));
    },
    prepare: () => prepareModels([...Object.values(collections), ...idempotency.models]),
  };
}
