import type { EventHandler, EventHandlerOptions } from './event-handler.ts';
import { onOrderCanceled } from './order-canceled.ts';
import { onOrderConfirmed } from './order-confirmed.ts';
import { onOrderPicked } from './order-picked.ts';
import { onOrderShipped } from './order-shipped.ts';
import { onPickupExpired } from './pickup-expired.ts';
import { onReturnInspected } from './return-inspected.ts';
import { onSoldOffline } from './sold-offline.ts';
import { onPickedShort, onWorkRejected } from './work-returned.ts';

/** What the events of siblings mean for stock. */
export function createEventHandlers(options: EventHandlerOptions): Readonly<Record<string, EventHandler>> {
  return {
    'order.confirmed': onOrderConfirmed(options),
    'order.canceled': onOrderCanceled(options),
    'order.picked': onOrderPicked(options),
    'order.pickedShort': onPickedShort(options),
    'order.workRejected': onWorkRejected(options),
    'order.shipped': onOrderShipped(options),
    'order.pickupExpired': onPickupExpired(options),
    'order.soldOffline': onSoldOffline(options),
    'return.inspected': onReturnInspected(options),
  };
}
