import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import type { Siblings } from '../room.ts';
import type { ClaimedStock, Want } from './claim-stock.ts';

const RESERVATIONS = {
  name: 'OrderReservations',
  document: /* GraphQL */ `
    query OrderReservations($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on Reservation { id state variant { id } location { id } quantity { value } backordered { value } }
      }
    }`,
};

interface Held {
  readonly id: string;
  readonly state: string;
  readonly variant: { readonly id: string };
  readonly location: { readonly id: string } | null;
  readonly quantity: { readonly value: string };
  readonly backordered: { readonly value: string };
}

/**
 * Puts claims a client made before (for a cart) to use: each goes to a line of its variant that still wants at least as much. Answers
 * what they cover and what is still wanted. Refuses with RESERVATION_UNKNOWN (also when it is somebody else's), RESERVATION_EXPIRED
 * (no longer active), RESERVATION_REPEATED or RESERVATION_UNUSED (no line wants it whole).
 */
export async function useReservations(
  inventory: Siblings['inventory'],
  ids: readonly string[],
  wants: readonly Want[],
  caller: Caller,
): Promise<Decision<{ readonly claims: readonly ClaimedStock[]; readonly open: readonly Want[] }>> {
  if (ids.length === 0) return accepted({ claims: [], open: wants });
  const repeated = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (repeated >= 0) {
    return refused(
      userError('RESERVATION_REPEATED', 'A reservation is named once.', {
        field: ['input', 'reservationIds', String(repeated)],
      }),
    );
  }
  const representations = ids.map((id) => ({ __typename: 'Reservation', id }));
  const { _entities } = await inventory.ask<{ _entities: readonly (Held | null)[] }>(
    RESERVATIONS,
    { representations },
    caller,
  );
  const claims: ClaimedStock[] = [];
  let open = [...wants];
  for (const [index, id] of ids.entries()) {
    const field = ['input', 'reservationIds', String(index)];
    const held = _entities[index];
    if (held == null || held.location === null)
      return refused(userError('RESERVATION_UNKNOWN', `There is no reservation ${id}.`, { field }));
    if (held.state !== 'ACTIVE')
      return refused(
        userError('RESERVATION_EXPIRED', `Reservation ${id} is over; reserve again.`, { field }),
      );
    const quantity = Number(held.quantity.value);
    const locationId = held.location.id;
    const want = open.find(
      (line) =>
        line.variantId === held.variant.id &&
        line.units >= quantity &&
        (line.locationId ?? locationId) === locationId,
    );
    if (want === undefined)
      return refused(
        userError('RESERVATION_UNUSED', `No line of the order wants reservation ${id}.`, { field }),
      );
    const backordered = Number(held.backordered.value);
    claims.push({
      lineId: want.lineId,
      reservationId: id,
      locationId,
      quantity,
      ...(backordered === 0 ? {} : { backordered }),
    });
    open = open.flatMap((line) => {
      if (line !== want) return [line];
      return line.units === quantity ? [] : [{ ...line, units: line.units - quantity }];
    });
  }
  return accepted({ claims, open });
}
