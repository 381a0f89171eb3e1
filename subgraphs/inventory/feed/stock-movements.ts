import type { StockMovement } from '../../../connectors/canonical/stock-movement.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { GoodChange } from '../../../platform/feed/feed.ts';
import { locationId } from '../domain/location.ts';
import type { Movement } from '../domain/movement.ts';
import { variantId } from '../domain/stock.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import { placesOf } from './known-places.ts';
import { type Refusal, readUnits, refusal } from './stock-record.ts';

export interface StockMovementsFeedOptions {
  readonly store: InventoryStore;
  readonly clock: Clock;
  /** The system the movements come from, as the ledger names it. */
  readonly sourceSystem: string;
  /** Resolves when the locations of the system have been read to their end, or when it is of no use to wait any longer. */
  locationsRead(): Promise<void>;
}

/**
 * Books what a system of record has booked, a page in one transaction of a few store calls. These are facts: they are booked
 * even when a place then has less than was promised. A movement that the ledger has already is dropped.
 */
export function createStockMovementsFeed(options: StockMovementsFeedOptions) {
  const { store, clock } = options;

  return async (changes: readonly GoodChange<StockMovement>[]): Promise<Refusal[]> => {
    const isKnownPlace = await placesOf(changes, store.locations, options.locationsRead);
    const stock = await store.stock.read(changes.map(({ record }) => variantId(record.sku)));
    const movements: Movement[] = [];
    const refusals: Refusal[] = [];
    for (const { eventId, record } of changes) {
      const known = stock.get(variantId(record.sku));
      const units = isKnownPlace(record)
        ? readUnits(record, known)
        : refusal('LOCATION_UNKNOWN', `there is no location ${record.locationCode}`, 'locationCode', record);
      if (typeof units !== 'number') refusals.push({ eventId, rejected: units });
      else if (units !== 0) {
        const unit = known?.item?.baseUnit ?? known?.levels[0]?.unit ?? record.unit;
        movements.push(movementOf(record, units, unit, options.sourceSystem));
      }
    }
    const once = [...new Map(movements.map((one) => [one.sourceEventId, one])).values()];
    if (once.length > 0) {
      await store.transaction(async (session) => {
        const fresh = await store.ledger.unbooked(session, once);
        await store.ledger.record(session, { movements: fresh, at: clock.now() });
      });
    }
    return refusals;
  };
}

function movementOf(record: StockMovement, units: number, unit: string, sourceSystem: string): Movement {
  return {
    type: record.type,
    variantId: variantId(record.sku),
    locationId: locationId(record.locationCode),
    unit,
    from: units < 0 ? 'available' : null,
    to: units < 0 ? null : 'available',
    quantity: Math.abs(units),
    occurredAt: new Date(record.occurredAt),
    sourceSystem,
    sourceEventId: record.id,
    reasonCode: record.reasonCode ?? null,
  };
}
