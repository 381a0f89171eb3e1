import type { Connection } from 'mongoose';
import { ZodError } from 'zod';
import { quarantineModel } from '../../../platform/feed/quarantine.ts';
import { type EventHandler, type EventHandlerOptions, EventRefused } from './event-handler.ts';
import { onOrderCanceled } from './order-canceled.ts';
import { onOrderConfirmed } from './order-confirmed.ts';
import { onOrderPicked } from './order-picked.ts';
import { onOrderShipped } from './order-shipped.ts';
import { onPickupExpired } from './pickup-expired.ts';
import { onReturnInspected } from './return-inspected.ts';
import { onSoldOffline } from './sold-offline.ts';
import { onPickedShort, onWorkRejected } from './work-returned.ts';

const CONSUMER = 'inventory';

/** What the events of siblings mean for stock. One that cannot be applied is set aside with its reason and holds up no other. */
export function createEventHandlers(
  options: EventHandlerOptions & { integration: Connection },
): Readonly<Record<string, EventHandler>> {
  const quarantine = quarantineModel(options.integration);

  const settingAside =
    (handler: EventHandler): EventHandler =>
    async (session, event) => {
      try {
        await handler(session, event);
      } catch (error) {
        if (!(error instanceof ZodError) && !(error instanceof EventRefused)) throw error;
        const issue = error instanceof ZodError ? error.issues[0] : undefined;
        const code = error instanceof EventRefused ? error.code : 'INVALID_VALUE';
        options.logger.error({ err: error, event: event.id, type: event.type }, 'an event was quarantined');
        await quarantine.updateOne(
          { _id: `${CONSUMER}/events|${event.id}` },
          {
            $setOnInsert: {
              feed: `${CONSUMER}/events/${event.type}`,
              system: event.source,
              eventId: event.id,
              code,
              message: issue?.message ?? error.message,
              field: issue?.path.join('.') ?? null,
              raw: JSON.stringify(event.data),
              at: options.clock.now(),
            },
          },
          { upsert: true, session },
        );
      }
    };

  return {
    'order.confirmed': settingAside(onOrderConfirmed(options)),
    'order.canceled': settingAside(onOrderCanceled(options)),
    'order.picked': settingAside(onOrderPicked(options)),
    'order.pickedShort': settingAside(onPickedShort(options)),
    'order.workRejected': settingAside(onWorkRejected(options)),
    'order.shipped': settingAside(onOrderShipped(options)),
    'order.pickupExpired': settingAside(onPickupExpired(options)),
    'order.soldOffline': settingAside(onSoldOffline(options)),
    'return.inspected': settingAside(onReturnInspected(options)),
  };
}
