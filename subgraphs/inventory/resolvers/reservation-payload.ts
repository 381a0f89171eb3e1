import type { Context } from '../context.ts';
import type { Reservation } from '../domain/reservation.ts';
import type { InventoryUserError } from '../domain/user-error.ts';

interface ReservationsPayload {
  reservations: Reservation[];
  replayed: boolean;
  userErrors: InventoryUserError[];
}

/** The reservations as they stand now, whatever a replayed intent found at its time. */
export async function reservationsPayload(
  context: Context,
  ids: readonly string[],
  outcome: { readonly replayed: boolean; readonly errors?: readonly InventoryUserError[] },
): Promise<ReservationsPayload> {
  const loaded = await Promise.all(ids.map((id) => context.loaders.reservationById.load(id)));
  return {
    reservations: loaded.filter((one) => one !== null),
    replayed: outcome.replayed,
    userErrors: [...(outcome.errors ?? [])],
  };
}

export function noReservations(errors: readonly InventoryUserError[]): ReservationsPayload {
  return { reservations: [], replayed: false, userErrors: [...errors] };
}
