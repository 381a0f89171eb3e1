import { PIECE } from '../../platform/quantity.ts';
import { emptyLevel, levelId } from '../../subgraphs/inventory/domain/level.ts';
import { transactionId } from '../../subgraphs/inventory/domain/movement.ts';
import { createInventoryStore } from '../../subgraphs/inventory/store/inventory-store.ts';
import type {
  ItemRecord,
  LedgerRecord,
  LevelRecord,
  LocationRecord,
} from '../../subgraphs/inventory/store/records.ts';
import { place, variant } from '../../test/inventory/erp-records.ts';
import { startTestStore } from '../../test/kit/store.ts';

export const PLACES = ['DC', 'NORTH', 'SOUTH'] as const;
export const skuOf = (index: number) => `SKU${index}`;

/** Plenty, so that a run ends with its time and not with the stock. */
const UNITS = 1_000_000;
/** Articles written at once by the preparation. */
const CHUNK = 2_000;

export interface StockedStore {
  readonly uri: string;
  readonly databasePrefix: string;
  stop(): Promise<void>;
}

/**
 * A store on disk with so many articles; the first `stocked` of them lie at every place. Written as the feeds would have written it,
 * but in bulk: what is measured comes afterwards.
 */
export async function startStockedStore(options: { skus: number; stocked: number }): Promise<StockedStore> {
  const started = await startTestStore();
  const { store, clock, newId } = started.dependencies;
  const inventory = createInventoryStore({ store, clock, newId, currentAsOf: () => null });
  await inventory.prepare();
  // Straight to the driver: the models would look at each of the hundred thousand fields.
  const database = store.database('inventory');
  const items = database.collection<ItemRecord>('items');
  const levels = database.collection<LevelRecord>('levels');
  const ledger = database.collection<LedgerRecord>('ledger');
  const at = clock.now();
  await database.collection<LocationRecord>('locations').insertMany(
    PLACES.map((code) => ({
      _id: place(code),
      code,
      gln: null,
      name: code,
      kind: 'DISTRIBUTION_CENTER' as const,
      capabilities: ['SHIP' as const],
      timeZone: 'UTC',
      position: null,
      openingHours: [],
      shipsTo: null,
      lastSeenAt: null,
    })),
  );
  for (let from = 0; from < options.skus; from += CHUNK) {
    const skus = Array.from({ length: Math.min(CHUNK, options.skus - from) }, (_, index) =>
      skuOf(from + index),
    );
    await items.insertMany(
      skus.map((sku) => ({ _id: variant(sku), sku, baseUnit: PIECE, trackInventory: true, units: [] })),
    );
    const lines = skus
      .filter((_, index) => from + index < options.stocked)
      .flatMap((sku) => PLACES.map((code) => openingStock(sku, code, at)));
    if (lines.length === 0) continue;
    await ledger.insertMany(lines.map((line) => ({ _id: transactionId(line), ...line })));
    await levels.insertMany(
      lines.map((line) => ({
        _id: levelId(line.variantId, line.locationId),
        ...emptyLevel(line.variantId, line.locationId, PIECE),
        onHand: UNITS,
        available: UNITS,
        version: 1,
        lastTransactionId: transactionId(line),
        updatedAt: at,
      })),
    );
  }
  return {
    uri: started.uri,
    databasePrefix: store.database('inventory').name.replace(/inventory$/, ''),
    stop: () => started.stop(),
  };
}

function openingStock(sku: string, code: string, at: Date) {
  return {
    type: 'RECEIPT' as const,
    variantId: variant(sku),
    locationId: place(code),
    unit: PIECE,
    from: null,
    to: 'available' as const,
    quantity: UNITS,
    occurredAt: at,
    sourceSystem: 'BENCH',
    sourceEventId: `${sku}@${code}`,
    reasonCode: null,
    position: 1,
    recordedAt: at,
  };
}
