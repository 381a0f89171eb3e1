import type { ExpectedSupply } from '../../../connectors/canonical/expected-supply.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { GoodChange } from '../../../platform/feed/feed.ts';
import { idFromKey } from '../../../platform/ids.ts';
import { emptyLevel, levelId } from '../domain/level.ts';
import { locationId } from '../domain/location.ts';
import { type Stock, variantId } from '../domain/stock.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import type { SupplyRecord } from '../store/records.ts';
import { placesOf } from './known-places.ts';
import { type Refusal, readUnits, refusal } from './stock-record.ts';

/** Notes what places expect. A line that has come stays, with nothing left of it: what is deleted has to be forgotten by everybody. */
export function createExpectedSuppliesFeed(options: {
  store: Pick<InventoryStore, 'collections' | 'stock' | 'locations'>;
  clock: Clock;
  /** The system that told, as the ledger names it. */
  sourceSystem: string;
  /** Told of the levels at which something else is expected from now on. */
  onExpected(levelIds: readonly string[]): void;
  /** Resolves when the locations of the system have been read to their end, or when it is of no use to wait any longer. */
  locationsRead(): Promise<void>;
}) {
  const { store, clock, sourceSystem } = options;
  const { levels, supplies } = store.collections;

  function supplyOf(record: ExpectedSupply, stock: Stock | undefined): SupplyRecord | Refusal['rejected'] {
    const units = readUnits(record, stock);
    if (typeof units !== 'number') return units;
    return {
      _id: idFromKey('supply', sourceSystem, record.id),
      variantId: variantId(record.sku),
      locationId: locationId(record.locationCode),
      quantity: units,
      expectedAt: new Date(record.expectedAt),
      source: record.source,
      isRelease: record.isRelease,
    };
  }

  return async (changes: readonly GoodChange<ExpectedSupply>[]): Promise<Refusal[]> => {
    const isKnownPlace = await placesOf(changes, store.locations, options.locationsRead);
    const stock = await store.stock.read(changes.map(({ record }) => variantId(record.sku)));
    const refusals: Refusal[] = [];
    const good: SupplyRecord[] = [];
    const unitOf = new Map<string, string>();
    for (const { eventId, record } of changes) {
      const known = stock.get(variantId(record.sku));
      const supply = isKnownPlace(record)
        ? supplyOf(record, known)
        : refusal('LOCATION_UNKNOWN', `there is no location ${record.locationCode}`, 'locationCode', record);
      if ('code' in supply) refusals.push({ eventId, rejected: supply });
      else {
        good.push(supply);
        unitOf.set(supply.variantId, known?.item?.baseUnit ?? record.unit);
      }
    }
    if (good.length === 0) return refusals;
    // Goods that never lay there can be ordered before they come: their level has to be there to hold the claims.
    await levels.bulkWrite(
      good.map((supply) => ({
        updateOne: {
          filter: { _id: levelId(supply.variantId, supply.locationId) },
          update: {
            $setOnInsert: {
              ...emptyLevel(supply.variantId, supply.locationId, unitOf.get(supply.variantId) ?? ''),
              lastTransactionId: '',
              updatedAt: clock.now(),
            },
          },
          upsert: true,
        },
      })),
    );
    await supplies.bulkWrite(
      good.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $set: fields }, upsert: true },
      })),
    );
    options.onExpected(good.map((supply) => levelId(supply.variantId, supply.locationId)));
    return refusals;
  };
}
