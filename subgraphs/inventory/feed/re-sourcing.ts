import type { ClientSession } from 'mongoose';
import type { Events } from '../../../platform/events/events.ts';
import type { NewId } from '../../../platform/ids.ts';
import { unpicked } from '../domain/allocation.ts';
import { giveBack } from '../domain/allocation-steps.ts';
import { OWN_SYSTEM } from '../domain/claim-movements.ts';
import { sendsParcels } from '../domain/location.ts';
import type { Promised } from '../domain/oversell.ts';
import { decideTransfer } from '../domain/transfer.ts';
import type { InventoryStore } from '../store/inventory-store.ts';

/** Why and when an order's stock is taken back, and what of it. */
export interface Taking {
  /** Told with the event and kept in the ledger: `STOCK_GONE`, `SHORT_PICK`. */
  readonly reason: string;
  readonly at: Date;
  readonly correlationId: string;
  /** Default: all that was not picked. */
  readonly units?: number;
}

/** What becomes of an order's stock that its place does not have, or will not hand out. */
export interface ReSourcing {
  /**
   * Claims it at another place that sends parcels and has all of it, the fullest first, and tells `inventory.allocationMoved`. False, with
   * nothing written, when there is none, and for goods that their customer comes for. `levels` are those of the variant, read in the same
   * transaction.
   */
  moveElsewhere(
    session: ClientSession,
    promised: Promised,
    levels: readonly { readonly locationId: string; readonly available: number }[],
    taking: Taking,
  ): Promise<boolean>;
  /** Takes it back and tells `inventory.allocationFailed`. Its units are available at their place again: who knows that they are gone books that. */
  giveUp(session: ClientSession, promised: Promised, taking: Taking): Promise<void>;
}

export function createReSourcing(options: {
  store: Pick<InventoryStore, 'allocations' | 'claims' | 'ledger' | 'locations' | 'transfers'>;
  events: Events;
  newId: NewId;
}): ReSourcing {
  const { store, events, newId } = options;

  function maySend(locationId: string): boolean {
    const location = store.locations.byId(locationId);
    return location !== null && sendsParcels(location);
  }

  async function tell(
    session: ClientSession,
    type: string,
    { allocation }: Promised,
    { reason, correlationId }: Taking,
    more: { quantity: number } & Record<string, unknown>,
  ): Promise<void> {
    const { orderId, orderLineId, reservationId, variantId, locationId } = allocation;
    await events.publish(session, {
      source: '/subgraphs/inventory',
      type,
      subject: orderId,
      correlationId,
      data: { orderId, orderLineId, reservationId, variantId, locationId, reason, ...more },
    });
  }

  return {
    async moveElsewhere(session, promised, levels, taking) {
      const { allocation, reservation } = promised;
      if (allocation.collected === true) return false;
      const quantity = Math.min(taking.units ?? unpicked(allocation), unpicked(allocation));
      const places = levels
        .filter(
          ({ locationId, available }) =>
            locationId !== allocation.locationId && available >= quantity && maySend(locationId),
        )
        .toSorted(
          (left, right) => right.available - left.available || (left.locationId < right.locationId ? -1 : 1),
        );
      for (const { locationId } of places) {
        const transfer = decideTransfer(reservation, {
          now: taking.at,
          toLocationId: locationId,
          isLocation: store.locations.has,
          expectedVersion: null,
          allocation,
          units: quantity,
          newId: newId(),
        });
        if (!transfer.ok) return false;
        // The levels were read in this transaction, so an order that was moved before may have taken the rest.
        if (!(await store.transfers.tryCarryOut(session, transfer.value, taking.at))) continue;
        await tell(session, 'inventory.allocationMoved', promised, taking, {
          quantity,
          toLocationId: locationId,
          toReservationId: transfer.value.begun.id,
        });
        return true;
      }
      return false;
    },

    async giveUp(session, promised, taking) {
      const { allocation, reservation } = promised;
      const quantity = Math.min(taking.units ?? unpicked(allocation), unpicked(allocation));
      if (quantity <= 0) return;
      const given = giveBack(allocation, quantity, {
        occurredAt: taking.at,
        sourceSystem: OWN_SYSTEM,
        // Goods of one allocation may be given up in several steps; each leaves fewer.
        eventId: `give-up:${reservation.id}:${allocation.open}`,
        reasonCode: taking.reason,
      });
      await store.ledger.record(session, { movements: given.movements, at: taking.at });
      await store.allocations.save(session, [given.allocation], taking.at);
      if (given.allocation.open === 0)
        await store.claims.settle(session, [reservation.id], 'RELEASED', taking.at);
      await tell(session, 'inventory.allocationFailed', promised, taking, { quantity });
    },
  };
}
