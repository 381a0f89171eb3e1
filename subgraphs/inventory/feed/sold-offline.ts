import type { ClientSession } from 'mongoose';
import type { DomainEvent } from '../../../platform/events/events.ts';
import { reportException } from '../../../platform/events/exceptions.ts';
import { PIECE } from '../../../platform/quantity.ts';
import { levelId } from '../domain/level.ts';
import { disputeInWords, type SoldOffline, salesOf } from '../domain/sold-offline.ts';
import { orderSoldOffline } from './event-data.ts';
import { assertKnownLocations, type EventHandler, type EventHandlerOptions } from './event-handler.ts';

export const SOURCE = '/subgraphs/inventory';
/** What it is called when a till and the books cannot both be right. */
export const DISPUTE = 'INVENTORY_DISCREPANCY';

/**
 * Goods that a till sold while it could not reach us are gone since then, whatever was promised of them meanwhile: who has to give way for
 * them is found as after a count. A ticket that the ledger has is dropped. A till that sold what was never there shows that the books are
 * wrong about the shelf, and somebody is called to count it.
 */
export function onSoldOffline({ store, events, clock }: EventHandlerOptions): EventHandler {
  async function callForCounts(session: ClientSession, sold: SoldOffline, event: DomainEvent): Promise<void> {
    const variantIds = [...new Set(sold.lines.map(({ variantId }) => variantId))];
    const stock = await store.stock.read(variantIds, session);
    const short = variantIds.flatMap((variantId) => {
      const known = stock.get(variantId);
      const level = known?.levels.find(({ locationId }) => locationId === sold.locationId);
      if (level === undefined || level.onHand >= 0) return [];
      return [{ id: levelId(variantId, sold.locationId), sku: known?.item?.sku ?? variantId, level }];
    });
    if (short.length === 0) return;
    const ids = short.map(({ id }) => id);
    const opened = new Set(await store.disputedShelves.open(session, ids, clock.now()));
    const code = store.locations.byId(sold.locationId)?.code ?? sold.locationId;
    for (const { id, sku, level } of short.filter((one) => opened.has(one.id)))
      await reportException(
        session,
        { events, source: SOURCE, correlationId: event.correlationId },
        {
          kind: DISPUTE,
          subjectId: id,
          detail: disputeInWords(sold, { sku, code, onHand: level.onHand }),
          ownerTeam: 'stores',
          audience: 'BUSINESS',
          severity: 'MEDIUM',
        },
      );
  }

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
    if (movements.length === 0) return;
    await store.ledger.record(session, { movements, at: clock.now() });
    await callForCounts(session, sold, event);
  };
}
