import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { type Allocation, allocationId } from './allocation.ts';
import { allocatedElsewhere, deallocated, released, reserved } from './claim-movements.ts';
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
  /** The id it continues under. */
  readonly newId: string;
}

/** A claim that goes on at another place: what ends, what begins, and the ledger lines of both, to be booked together or not at all. */
export interface Transfer {
  readonly ended: Reservation;
  readonly begun: Reservation;
  readonly allocation: { readonly ended: Allocation; readonly begun: Allocation } | null;
  readonly movements: readonly Movement[];
}

/**
 * Moves a claim to another place. An active reservation keeps what is left of its time; the stock of a confirmed order keeps its order
 * line, and what of it has left already stays where it left from.
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
  const promised = reservation.state === 'ALLOCATED' && allocation?.state === 'ALLOCATED' ? allocation : null;
  if (reservation.state !== 'ACTIVE' && promised === null) return refused(notActive(reservation));
  if (reservation.locationId === toLocationId)
    return refused(
      userError('LOCATION_UNCHANGED', 'It is claimed at this place already.', {
        field: ['input', 'toLocationId'],
      }),
    );

  const begun: Reservation = {
    ...reservation,
    id: wish.newId,
    locationId: toLocationId,
    quantity: promised?.open ?? reservation.quantity,
    version: 1,
    transferredTo: null,
  };
  const ended: Reservation = { ...reservation, state: 'TRANSFERRED', transferredTo: begun.id };
  if (promised === null) {
    const movements = [released(reservation, now, 'TRANSFERRED'), reserved(begun, now)];
    return accepted({ ended, begun, allocation: null, movements });
  }
  const given = { ...reservation, quantity: promised.open };
  return accepted({
    ended,
    begun,
    allocation: {
      ended: { ...promised, state: 'REALLOCATED', open: 0 },
      begun: {
        ...promised,
        id: allocationId(begun.id),
        reservationId: begun.id,
        locationId: toLocationId,
        quantity: promised.open,
        shippedWith: [],
      },
    },
    movements: [deallocated(given, now, 'TRANSFERRED'), allocatedElsewhere(begun, now)],
  });
}
