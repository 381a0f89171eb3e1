import { isShopperOnly } from '../../../platform/identity/identity.ts';
import { freshnessOf } from '../domain/freshness.ts';
import { maySee } from '../domain/reservation.ts';
import type { Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import type { LedgerRecord, LevelRecord } from '../store/records.ts';
import type { InventoryLevel, InventoryTransaction, Location } from './models.ts';

/** The location of something that lies there. Throws when nobody knows it: what is kept names known places only. */
export function locationOf(room: Room, id: string): Location {
  const location = room.store.locations.byId(id);
  if (location === null) throw new Error(`stock is kept at location ${id}, which is not known`);
  return location;
}

/** A level read from the store this moment. */
export function confirmedLevel(record: LevelRecord, now: Date): InventoryLevel {
  return { ...record, freshness: freshnessOf({ asOf: now, basis: 'CONFIRMED' }, [record], now) };
}

export function transactionOf({ _id, ...rest }: LedgerRecord): InventoryTransaction {
  return { id: _id, ...rest };
}

type Entities = 'Location' | 'InventoryLevel' | 'Reservation' | 'Allocation' | 'InventoryTransaction';

/** How the gateway finds our entities again. A copy is answered each time: federation writes on what it is given. */
export function references(room: Room): {
  [E in Entities]: Pick<NonNullable<Resolvers[E]>, '__resolveReference'>;
} {
  const { locations } = room.store;
  return {
    Location: {
      async __resolveReference(reference) {
        const location = 'id' in reference ? locations.byId(reference.id) : locations.byCode(reference.code);
        return location === null ? null : { ...location };
      },
    },
    InventoryLevel: {
      async __resolveReference({ id }, { caller, loaders }) {
        const record = isShopperOnly(caller.identity) ? null : await loaders.levelById.load(id);
        return record === null ? null : confirmedLevel(record, room.clock.now());
      },
    },
    Reservation: {
      async __resolveReference({ id }, { caller, loaders }) {
        const reservation = await loaders.reservationById.load(id);
        return reservation !== null && maySee(reservation, caller.identity) ? { ...reservation } : null;
      },
    },
    Allocation: {
      async __resolveReference({ id }, { caller, loaders }) {
        const allocation = isShopperOnly(caller.identity) ? null : await loaders.allocationById.load(id);
        return allocation === null ? null : { ...allocation };
      },
    },
    InventoryTransaction: {
      async __resolveReference({ id }, { caller, loaders }) {
        const record = isShopperOnly(caller.identity) ? null : await loaders.transactionById.load(id);
        return record === null ? null : transactionOf(record);
      },
    },
  };
}
