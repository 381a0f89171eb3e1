import { PIECE } from '../../../platform/quantity.ts';
import { salesOf } from '../domain/sold-offline.ts';
import { orderSoldOffline } from './event-data.ts';
import { assertKnownLocations, type EventHandler, type EventHandlerOptions } from './event-handler.ts';

/**
 * Goods that a till sold while it could not reach us are gone since then, whatever was promised of them meanwhile: who has to give way for
 * them is found as after a count. A ticket that the ledger has is dropped.
 */
export function onSoldOffline({ store, clock }: EventHandlerOptions): EventHandler {
  return async (session, event) => {
    const sold = orderSoldOffline.parse(event.data);
    assertKnownLocations(store, [sold]);
    const stock = await store.stock.read(
      sold.lines.map(({ variantId }) => variantId),
      session,
    );
    const sales = salesOf(sold, (variantId) => {
      const known = stock.get(variantId);
      return known?.item?.baseUnit ?? known?.levels[0]?.unit ?? PIECE;
    });
    const movements = await store.ledger.unbooked(session, sales);
    await store.ledger.record(session, { movements, at: clock.now() });
  };
}
