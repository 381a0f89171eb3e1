import type { Context } from '../context.ts';
import type { Reservation } from '../domain/reservation.ts';
import type { InventoryUserError } from '../domain/user-error.ts';

/** The reservations as they stand now, whatever a replayed intent found at its time. */
export async function reservationsPayload(
  context: Context,
  ids: readonly string[],
  userErrors: readonly InventoryUserError[] = [],
): Promise<{ reservations: Reservation[]; userErrors: InventoryUserError[] }> {
  const loaded = await Promise.all(ids.map((id) => context.loaders.reservationById.load(id)));
  return { reservations: loaded.filter((one) => one !== null), userErrors: [...userErrors] };
}
