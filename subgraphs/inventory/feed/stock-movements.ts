import type { StockMovement } from '../../../connectors/canonical/stock-movement.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { FeedRejection, GoodChange } from '../../../platform/feed/poller.ts';
import { wholeUnits } from '../../../platform/quantity.ts';
import { locationId } from '../domain/location.ts';
import type { Movement } from '../domain/movement.ts';
import { type Stock, variantId } from '../domain/stock.ts';
import type { InventoryStore } from '../store/inventory-store.ts';

export interface StockMovementsFeedOptions {
  readonly store: InventoryStore;
  readonly clock: Clock;
  /** The system the movements come from, as the ledger names it. */
  readonly sourceSystem: string;
  /** Resolves when the locations of the system have been read to their end, or when it is of no use to wait any longer. */
  locationsRead(): Promise<void>;
}

type Refusal = { readonly eventId: string; readonly rejected: FeedRejection };

/**
 * Books what a system of record has booked, a page in one transaction of a few store calls. These are facts: they are booked
 * even when a place then has less than was promised. A movement that the ledger has already is dropped.
 */
export function createStockMovementsFeed(options: StockMovementsFeedOptions) {
  const { store, clock } = options;

  return async (changes: readonly GoodChange<StockMovement>[]): Promise<Refusal[]> => {
    const isStrange = ({ record }: GoodChange<StockMovement>) =>
      !store.locations.has(locationId(record.locationCode));
    // A place nobody has heard of may be on its way in its own feed. Twice: the first time may have begun before it was made.
    for (let turn = 0; turn < 2 && changes.some(isStrange); turn += 1) await options.locationsRead();
    const stock = await store.stock.read(changes.map(({ record }) => variantId(record.sku)));
    const movements: Movement[] = [];
    const refusals: Refusal[] = [];
    for (const change of changes) {
      const problem = problemOf(change.record, stock, isStrange(change));
      if (problem === null) movements.push(movementOf(change.record, options.sourceSystem));
      else {
        const raw = JSON.stringify(change.record);
        refusals.push({ eventId: change.eventId, rejected: { ...problem, raw } });
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

function movementOf(record: StockMovement, sourceSystem: string): Movement {
  const units = wholeUnits(record.quantity) ?? 0;
  return {
    type: record.type,
    variantId: variantId(record.sku),
    locationId: locationId(record.locationCode),
    unit: record.unit,
    from: units < 0 ? 'available' : null,
    to: units < 0 ? null : 'available',
    quantity: Math.abs(units),
    occurredAt: new Date(record.occurredAt),
    sourceSystem,
    sourceEventId: record.id,
    reasonCode: record.reasonCode ?? null,
  };
}

function problemOf(
  { sku, locationCode, quantity, unit }: StockMovement,
  stock: ReadonlyMap<string, Stock>,
  isStrange: boolean,
): Omit<FeedRejection, 'raw'> | null {
  if (isStrange)
    return {
      code: 'LOCATION_UNKNOWN',
      message: `there is no location ${locationCode}`,
      field: ['locationCode'],
    };
  const units = wholeUnits(quantity);
  if (units === null || units === 0)
    return {
      code: 'QUANTITY_INVALID',
      message: `${quantity} is not a whole number of base units`,
      field: ['quantity'],
    };
  const known = stock.get(variantId(sku));
  const baseUnit = known?.item?.baseUnit ?? known?.levels[0]?.unit ?? unit;
  if (unit !== baseUnit)
    return {
      code: 'UNIT_MISMATCH',
      message: `stock of ${sku} is counted in ${baseUnit}, not ${unit}`,
      field: ['unit'],
    };
  return null;
}
