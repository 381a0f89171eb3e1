import type { Clock } from '../../../platform/clock.ts';
import { createIdempotency, type Idempotency } from '../../../platform/idempotency/idempotency.ts';
import type { NewId } from '../../../platform/ids.ts';
import { prepareModels, type Store } from '../../../platform/store/store.ts';
import { type Allocations, createAllocations } from './allocations.ts';
import { type Audits, createAudits } from './audits.ts';
import { type Claims, createClaims } from './claims.ts';
import { type Collections, createCollections } from './collections.ts';
import { type Counts, createCounts } from './counts.ts';
import { createDiscrepancies, type Discrepancies } from './discrepancies.ts';
import { createDisputedShelves, type DisputedShelves } from './disputed-shelves.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createLocationBook, type LocationBook } from './location-book.ts';
import { createOversoldLevels, type OversoldLevels } from './oversold.ts';
import type { LedgerRecord } from './records.ts';
import { createSourcingDecisions, type SourcingDecisions } from './sourcing-decisions.ts';
import { createStockReader, type StockReader } from './stock-reader.ts';
import { createTransfers, type Transfers } from './transfers.ts';

/** Everything inventory keeps, in its own database. */
export interface InventoryStore {
  readonly collections: Collections;
  readonly ledger: Ledger;
  readonly claims: Claims;
  readonly allocations: Allocations;
  readonly transfers: Transfers;
  readonly oversold: OversoldLevels;
  readonly counts: Counts;
  readonly discrepancies: Discrepancies;
  readonly disputedShelves: DisputedShelves;
  readonly audits: Audits;
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
  newId: NewId;
  /** When the change stream behind the caches was last known to be complete. */
  currentAsOf(): Date | null;
  /** How old an answer about stock may be that comes from memory. Default 5,000. */
  maxStalenessMs?: number | undefined;
}): InventoryStore {
  const { store, clock } = options;
  const connection = store.database('inventory');
  const collections = createCollections(connection);
  const ledger = createLedger(collections);
  const claims = createClaims(collections, ledger);
  const allocations = createAllocations(collections);
  const discrepancies = createDiscrepancies(collections, options.newId);
  const disputedShelves = createDisputedShelves(connection);
  const locations = createLocationBook(collections.locations);
  const idempotency = createIdempotency({ store, connection, clock });

  return {
    collections,
    ledger,
    claims,
    allocations,
    oversold: createOversoldLevels(collections, claims),
    transfers: createTransfers(collections, { ledger, claims, allocations }),
    counts: createCounts(collections, ledger),
    discrepancies,
    disputedShelves,
    audits: createAudits({ collections, discrepancies, transaction: store.transaction, clock }),
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
    prepare: () =>
      prepareModels([...Object.values(collections), disputedShelves.model, ...idempotency.models]),
  };
}
