import { accepted, refused } from '../../../platform/errors.ts';
import { allocationId } from '../domain/allocation.ts';
import { maySee, notFound } from '../domain/reservation.ts';
import { decideTransfer } from '../domain/transfer.ts';
import { insufficientStock } from '../domain/user-error.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { noReservations, reservationsPayload } from './reservation-payload.ts';

/** A claim that shall be served from another place. */
export function transferReservation(room: Room): NonNullable<MutationResolvers['transferReservation']> {
  const { store, clock } = room;

  return async (_, { input }, context) => {
    const { identity } = context.caller;
    let variantId: string | null = null;
    const outcome = await store.idempotency.once(
      { identity, mutation: 'transferReservation', key: input.idempotencyKey, input },
      async (session) => {
        const reservation = (await store.claims.byIds([input.id], session)).get(input.id);
        if (reservation === undefined || !maySee(reservation, identity)) return refused(notFound());
        variantId = reservation.variantId;
        const promised = allocationId(reservation.id);
        const allocation = (await store.allocations.byIds([promised], session)).get(promised) ?? null;
        const now = clock.now();
        const transfer = decideTransfer(reservation, {
          now,
          toLocationId: input.toLocationId,
          isLocation: store.locations.has,
          expectedVersion: input.expectedVersion ?? null,
          allocation,
          newId: room.newId(),
        });
        if (!transfer.ok) return transfer;
        const short = await store.transfers.carryOut(session, transfer.value, now);
        if (short === null) return accepted({ reservationId: transfer.value.begun.id });
        const available = Math.max(0, short.available);
        return refused(insufficientStock(['input', 'toLocationId'], available, reservation.unit));
      },
    );
    if (variantId !== null) store.stock.cached.invalidate(variantId);
    if (!outcome.done) return noReservations(outcome.errors);
    return reservationsPayload(context, [outcome.value.reservationId], { replayed: outcome.replayed });
  };
}
