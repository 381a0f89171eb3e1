import { isShopperOnly } from '../../../platform/identity/identity.ts';
import { quantity } from '../../../platform/quantity.ts';
import { maySee, stateAt } from '../domain/reservation.ts';
import type { Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { adjustInventory } from './adjust-inventory.ts';
import { auditInventory } from './audit-inventory.ts';
import { availabilityFields, availabilityQuery, loadAvailability } from './availability.ts';
import { availabilityChanged } from './availability-changed.ts';
import { extendReservation, releaseReservation } from './change-reservation.ts';
import { countFields, countsQuery } from './counts.ts';
import { discrepanciesQuery, discrepancyFields } from './discrepancies.ts';
import { ingestInventorySnapshot } from './ingest-snapshot.ts';
import { inventoryLevelChanged } from './inventory-level-changed.ts';
import { inventoryLevels, levelFields } from './levels.ts';
import { locationFields, locationsQuery } from './locations.ts';
import { moveInventoryState } from './move-inventory-state.ts';
import { recordInventoryCount } from './record-inventory-count.ts';
import { locationOf, references } from './references.ts';
import { reservationExpiring } from './reservation-expiring.ts';
import { reserveInventory } from './reserve-inventory.ts';
import { resolveDiscrepancy } from './resolve-discrepancy.ts';
import { transferReservation } from './transfer-reservation.ts';
import { workTransactions } from './work-transactions.ts';

/** All doors of the subgraph. */
export function createResolvers(room: Room): Resolvers {
  const entities = references(room);
  const levels = levelFields(room);
  return {
    Query: {
      location: (_, { id }) => room.store.locations.byId(id),
      locations: locationsQuery(room),
      availability: availabilityQuery(room),
      inventoryDiscrepancies: discrepanciesQuery(room),
      inventoryCounts: countsQuery(room),
      async reservation(_, { id }, { caller, loaders }) {
        const reservation = await loaders.reservationById.load(id);
        return reservation !== null && maySee(reservation, caller.identity) ? reservation : null;
      },
    },
    Mutation: {
      reserveInventory: reserveInventory(room),
      extendReservation: extendReservation(room),
      releaseReservation: releaseReservation(room),
      transferReservation: transferReservation(room),
      moveInventoryState: moveInventoryState(room),
      recordInventoryCount: recordInventoryCount(room),
      resolveInventoryDiscrepancy: resolveDiscrepancy(room),
      auditInventory: auditInventory(room),
      adjustInventory: adjustInventory(room),
      ingestInventorySnapshot: ingestInventorySnapshot(room),
    },
    Subscription: {
      availabilityChanged: availabilityChanged(room),
      inventoryLevelChanged: inventoryLevelChanged(room),
      reservationExpiring: reservationExpiring(room),
    },
    ProductVariant: {
      __resolveReference: async (reference) => ({ ...reference }),
      availability: (variant, args, context) => loadAvailability(room, context, variant, args),
      inventoryLevels: inventoryLevels(room),
    },
    WorkOrder: {
      __resolveReference: async (reference) => ({ ...reference }),
      allocations: ({ id }, _, { caller, loaders }) =>
        isShopperOnly(caller.identity) ? null : loaders.allocationsByWorkOrder.load(id),
      inventoryTransactions: workTransactions(room),
    },
    Location: { ...entities.Location, ...locationFields(room) },
    InventoryLevel: { ...entities.InventoryLevel, ...levels.InventoryLevel },
    InventoryTransaction: { ...entities.InventoryTransaction, ...levels.InventoryTransaction },
    ...availabilityFields(room),
    ...discrepancyFields(room),
    ...countFields(room),
    Reservation: {
      ...entities.Reservation,
      state: (reservation) => stateAt(reservation, room.clock.now()),
      variant: ({ variantId }) => ({ id: variantId }),
      location: ({ locationId }) => locationOf(room, locationId),
      quantity: (reservation) => quantity(reservation.quantity, reservation.unit),
      backordered: (reservation) => quantity(reservation.backordered, reservation.unit),
      transferredTo: ({ transferredTo }, _, { loaders }) =>
        transferredTo === null ? null : loaders.reservationById.load(transferredTo),
    },
    Allocation: {
      ...entities.Allocation,
      variant: ({ variantId }) => ({ id: variantId }),
      location: ({ locationId }) => locationOf(room, locationId),
      quantity: (allocation) => quantity(allocation.quantity, allocation.unit),
      backordered: (allocation) => quantity(allocation.backordered, allocation.unit),
      picked: (allocation) => quantity(allocation.picked, allocation.unit),
      reservation: ({ reservationId }, _, { loaders }) => loaders.reservationById.load(reservationId),
    },
  };
}
