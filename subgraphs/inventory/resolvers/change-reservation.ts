import type { ClientSession } from 'mongoose';
import { accepted, type Decision, refused } from '../../../platform/errors.ts';
import { isShopperOnly } from '../../../platform/identity/identity.ts';
import type { Context } from '../context.ts';
import {
  decideExtension,
  decideRelease,
  maySee,
  notFound,
  type Reservation,
  versionConflict,
} from '../domain/reservation.ts';
import type { MutationResolvers, ReservationActionInput } from '../generated.ts';
import type { Room } from '../room.ts';
import { noReservations, reservationsPayload } from './reservation-payload.ts';

/** More time for a claim that still holds. */
export function extendReservation(room: Room): NonNullable<MutationResolvers['extendReservation']> {
  return (_, { input }, context) =>
    change(room, 'extendReservation', input, context, async (session, reservation, now) => {
      const decision = decideExtension(reservation, {
        now,
        askedTtlSeconds: input.ttlSeconds ?? null,
        isStaff: !isShopperOnly(context.caller.identity),
        expectedVersion: input.expectedVersion ?? null,
      });
      if (!decision.ok) return decision;
      const isExtended = await room.store.claims.extend(session, reservation, decision.value, now);
      return isExtended ? accepted(null) : refused(versionConflict(reservation.version));
    });
}

/** A claim's stock given back. */
export function releaseReservation(room: Room): NonNullable<MutationResolvers['releaseReservation']> {
  return (_, { input }, context) =>
    change(room, 'releaseReservation', input, context, async (session, reservation, now) => {
      const decision = decideRelease(reservation, { now, expectedVersion: input.expectedVersion ?? null });
      if (!decision.ok) return decision;
      if (decision.value !== 'UNCHANGED') {
        await room.store.claims.end(session, [reservation], {
          state: decision.value,
          reasonCode: input.reasonCode ?? decision.value,
          at: now,
        });
      }
      return accepted(null);
    });
}

/** Finds the caller's reservation and changes it, once for each intent. */
async function change(
  room: Room,
  mutation: string,
  input: ReservationActionInput,
  context: Context,
  act: (session: ClientSession, reservation: Reservation, now: Date) => Promise<Decision<null>>,
) {
  const { store, clock } = room;
  const { identity } = context.caller;
  let variantId: string | null = null;
  const outcome = await store.idempotency.once(
    { identity, mutation, key: input.idempotencyKey, input },
    async (session) => {
      const reservation = (await store.claims.byIds([input.id], session)).get(input.id);
      if (reservation === undefined || !maySee(reservation, identity)) return refused(notFound());
      variantId = reservation.variantId;
      const done = await act(session, reservation, clock.now());
      return done.ok ? accepted({ reservationId: reservation.id }) : done;
    },
  );
  if (variantId !== null) store.stock.cached.invalidate(variantId);
  if (!outcome.done) return noReservations(outcome.errors);
  return reservationsPayload(context, [outcome.value.reservationId], { replayed: outcome.replayed });
}
