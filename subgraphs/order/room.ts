import type { Connector } from '../../connectors/port.ts';
import type { Idempotency } from '../../platform/idempotency/idempotency.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';
import type { Sibling } from '../../platform/sibling/sibling.ts';
import type { PickupTimes } from './domain/pickup-times.ts';
import type { ServedPlaces } from './feed/served-places.ts';
import type { Attempts } from './store/attempts.ts';
import type { Orders } from './store/orders.ts';
import type { Returns } from './store/returns.ts';

/** What the doors and feeds of order work with. */
export interface Room extends SubgraphDependencies {
  readonly orders: Orders;
  readonly returns: Returns;
  readonly attempts: Attempts;
  readonly idempotency: Idempotency;
  /** Files sales orders, cancellations and returns. */
  readonly erp: Connector;
  readonly siblings: Siblings;
  /** How long collected goods are kept, and when their customer is reminded. */
  readonly pickupTimes: PickupTimes;
  /** Does the work of some places. Null: people do all of it. */
  readonly warehouse: Warehouse | null;
}

/** A carrier's system, and what shipments call the carrier. */
export interface Carrier {
  readonly connector: Connector;
  readonly name: string;
}

/** A warehouse system and the places it does the work of. */
export interface Warehouse {
  readonly connector: Connector;
  readonly places: ServedPlaces;
}

/** Who is asked where an answer is needed before an order can be written. */
export interface Siblings {
  readonly product: Sibling;
  readonly inventory: Sibling;
  readonly customer: Sibling;
  readonly finance: Sibling;
}
