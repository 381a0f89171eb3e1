import { PIECE } from '../../../platform/quantity.ts';
import type { Movement } from '../domain/movement.ts';
import { returnInspected } from './event-data.ts';
import { assertKnownLocations, type EventHandler, type EventHandlerOptions } from './event-handler.ts';

/** Goods that came back are on hand again: for sale, or held until somebody has decided. */
export function onReturnInspected({ store, clock }: EventHandlerOptions): EventHandler {
  return async (session, event) => {
    const { inspectedAt, dispositions } = returnInspected.parse(event.data);
    const kept = dispositions.filter((one) => one.toState !== 'NONE');
    assertKnownLocations(store, kept);
    const stock = await store.stock.read(
      kept.map(({ variantId }) => variantId),
      session,
    );
    const movements = kept.map((one, index): Movement => {
      const known = stock.get(one.variantId);
      return {
        type: 'RETURN',
        variantId: one.variantId,
        locationId: one.locationId,
        unit: known?.item?.baseUnit ?? known?.levels[0]?.unit ?? PIECE,
        from: null,
        to: one.toState === 'AVAILABLE' ? 'available' : 'qualityHold',
        quantity: one.quantity,
        occurredAt: new Date(inspectedAt),
        sourceSystem: 'ORDER',
        sourceEventId: `${event.id}:${index}`,
        reasonCode: one.code,
      };
    });
    await store.ledger.record(session, { movements, at: clock.now() });
  };
}
