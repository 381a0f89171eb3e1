import type { ClientSession } from 'mongoose';
import type { Clock } from '../../../platform/clock.ts';
import { EventRefused } from '../../../platform/events/event-refused.ts';
import type { DomainEvent, Events } from '../../../platform/events/events.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import type { BackorderCover } from './backorder-cover.ts';

/** Applies one event in the transaction that notes it as applied; it may run again from its start. */
export type EventHandler = (session: ClientSession, event: DomainEvent) => Promise<void>;

export interface EventHandlerOptions {
  readonly store: InventoryStore;
  readonly events: Events;
  readonly backorders: BackorderCover;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Stock can be kept at known places only. */
export function assertKnownLocations(
  store: Pick<InventoryStore, 'locations'>,
  lines: readonly { readonly locationId: string }[],
): void {
  const strange = lines.find(({ locationId }) => !store.locations.has(locationId));
  if (strange !== undefined)
    throw new EventRefused('LOCATION_UNKNOWN', `there is no location ${strange.locationId}`);
}
