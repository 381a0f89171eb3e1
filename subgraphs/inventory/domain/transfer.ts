import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { type Allocation, allocationId, unpicked } from './allocation.ts';
import { giveBack } from './allocation-steps.ts';
import { allocatedElsewhere, OWN_SYSTEM, released, reserved } from './claim-movements.ts';
import type { Movement } from './movement.ts';
import { isExpired, notActive, type Reservation, staleness } from './reservation.ts';
import { type InventoryUserError, locationUnknown } from './user-error.ts';

export interface TransferWish {
  readonly now: Date;
  readonly toLocationId: string;
  readonly isLocation: (id: string) => boolean;
  readonly expectedVersion: number | null;
  /** The allocation the reservation became, when its order is confirmed. */
  readonly allocation: Allocation | null;
  /** How much of an order's stock is to be moved, at most what lies on the shelf for it. Default: all of that. */
  readonly units?: number;
  /** The id it continues under. */
  readonly newId: string;
}

/**
 * A claim that goes on at another place: what ends, what begins, and the ledger lines of both, to be booked together or not at all. When
 * a part of it is moved, what ends is that part: the rest keeps its id.
 */
export interface Transfer {
  readonly ended: Reservation;
  readonly begun: Reservation;
  readonly allocation: { readonly ended: Allocation; readonly begun: Allocation } | null;
  readonly movements: readonly Movement[];
}

/**
 * Moves a claim to another place. An active reservation keeps what is left of its time; the stock of a confirmed order keeps its order
 * line, what of it has left already stays where it left from, and what was picked stays where it is.
 */
export function decideTransfer(
  reservation: Reservation,
  wish: TransferWish,
): Decision<Transfer, InventoryUserError> {
  const { now, toLocationId, allocation } = wish;
  const stale = staleness(reservation, wish.expectedVersion);
  if (stale !== null) return refused(stale);
  if (!wish.isLocation(toLocationId)) return refused(locationUnknown(['input', 'toLocationId']));
  if (isExpired(reservation, now))
    return refused(
      userError('RESERVATION_EXPIRED', 'This reservation has run out of time. Reserve again.', {
        field: ['input', 'id'],
      }),
    );
  const promised =
    reservation.state === 'ALLOCATED' && allocation !== null && allocation.open > 0 ? allocation : null;
  if (reservation.state !== 'ACTIVE' && promised === null) return refused(notActive(reservation));
  if (reservation.locationId === toLocationId)
    return refused(
      userError('LOCATION_UNCHANGED', 'It is claimed at this place already.', {
        field: ['input', 'toLocationId'],
      }),
    );

  if (promised === null) {
    const begun = continued(reservation, wish, reservation.quantity);
    const movements = [released(reservation, now, 'TRANSFERRED'), reserved(begun, now)];
    return accepted({ ended: gone(reservation, begun), begun, allocation: null, movements });
  }
  const units = Math.min(wish.units ?? unpicked(promised), unpicked(promised));
  if (units <= 0)
    return refused(
      userError(
        'GOODS_PICKED',
        'These goods were taken from the shelf for their order. Put them back first.',
        {
          field: ['input', 'id'],
        },
      ),
    );
  const begun = continued(reservation, wish, units);
  const given = giveBack(promised, units, {
    occurredAt: now,
    sourceSystem: OWN_SYSTEM,
    eventId: `transfer:${begun.id}`,
    reasonCode: 'TRANSFERRED',
  });
  const isPart = given.allocation.open > 0;
  return accepted({
    ended: isPart ? { ...reservation, quantity: reservation.quantity - units } : gone(reservation, begun),
    begun,
    allocation: {
      ended: isPart
        ? { ...given.allocation, quantity: promised.quantity - units }
        : { ...given.allocation, state: 'REALLOCATED' },
      begun: {
        ...promised,
        id: allocationId(begun.id),
        state: 'ALLOCATED',
        reservationId: begun.id,
        partOf: isPart ? (promised.partOf ?? reservation.id) : promised.partOf,
        locationId: toLocationId,
        quantity: units,
        open: units,
        picked: 0,
        backordered: 0,
        expectedAt: null,
        bookedWith: [],
      },
    },
    movements: [...given.movements, allocatedElsewhere(begun, now)],
  });
}

function continued(reservation: Reservation, wish: TransferWish, quantity: number): Reservation {
  const { newId: id, toLocationId: locationId } = wish;
  return { ...reservation, id, locationId, quantity, backordered: 0, version: 1, transferredTo: null };
}

function gone(reservation: Reservation, { id }: Reservation): Reservation {
  return { ...reservation, state: 'TRANSFERRED', transferredTo: id };
}
