import type { ClientSession } from 'mongoose';
import { accepted, type Decision, GraphError, refused } from '../../../platform/errors.ts';
import type { Intent, IntentOutcome } from '../../../platform/idempotency/idempotency.ts';
import { isShopperOnly } from '../../../platform/identity/identity.ts';
import { type Demand, offersOf } from '../domain/offer.ts';
import { mayClaimAs, type Reservation, ttlSeconds } from '../domain/reservation.ts';
import {
  type ClaimFacts,
  decideClaims,
  linesFallenShort,
  ownerForbidden,
  type ReserveLine,
  readReserveLines,
  shortagesAsErrors,
} from '../domain/reserve-request.ts';
import type { Claim } from '../domain/sourcing.ts';
import type { Stock } from '../domain/stock.ts';
import type { InventoryUserError } from '../domain/user-error.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { demandOf } from './demand.ts';
import { noReservations, reservationsPayload } from './reservation-payload.ts';

/** What is kept of an intent that was carried out. */
interface Granted {
  readonly reservationIds: string[];
  /** What a claim of a part could not give. */
  readonly errors: InventoryUserError[];
}

interface Wish {
  readonly lines: readonly ReserveLine[];
  readonly want: 'ALL' | 'PART';
  readonly variantIds: readonly string[];
  readonly demand: Demand;
  reservationFor(claim: Claim, unit: string, now: Date): Reservation;
}

/** Claims stock, in three steps: read the wish, decide where from, and let the guarded updates have the last word. */
export function reserveInventory(room: Room): NonNullable<MutationResolvers['reserveInventory']> {
  return async (_, { input }, context) => {
    const { identity, deadlineMs } = context.caller;
    if (!mayClaimAs(input.ownerType, identity)) return noReservations([ownerForbidden()]);
    const ttl = ttlSeconds(input.ownerType, input.ttlSeconds ?? null, !isShopperOnly(identity));
    if (!ttl.ok) return noReservations(ttl.errors);
    const read = readReserveLines(input.lines, room.store.locations.has);
    if (!read.ok) return noReservations(read.errors);
    const lines = read.value;
    const wish: Wish = {
      lines,
      want: input.allowPartial === true ? 'PART' : 'ALL',
      variantIds: [...new Set(lines.map(({ variantId }) => variantId))],
      demand: demandOf(room, input),
      reservationFor: ({ index, variantId, locationId, quantity }, unit, now) => ({
        id: room.newId(),
        state: 'ACTIVE',
        ownerType: input.ownerType,
        ownerId: input.ownerId,
        reference: lines[index]?.reference ?? null,
        channelId: input.channelId,
        variantId,
        locationId,
        unit,
        quantity,
        backordered: 0,
        claimedAt: now,
        expiresAt: new Date(now.getTime() + ttl.value * 1_000),
        extendCount: 0,
        version: 1,
        claimedBy: identity.subject,
        transferredTo: null,
      }),
    };
    const intent: Intent = { identity, mutation: 'reserveInventory', key: input.idempotencyKey, input };
    const outcome = await room.store.lanes.run(wish.variantIds, deadlineMs, () => grant(room, intent, wish));
    if (!outcome.done) return noReservations(outcome.errors);
    const { reservationIds, errors } = outcome.value;
    return reservationsPayload(context, reservationIds, { errors, replayed: outcome.replayed });
  };
}

/**
 * Carries the intent out by what this process remembers of the stock; when that does not suffice, or turns out to be over, once more
 * by what the store says in the same transaction, and that answer stands.
 */
async function grant(room: Room, intent: Intent, wish: Wish): Promise<IntentOutcome<Granted>> {
  const { store } = room;
  let isRefusedByMemory = false;
  try {
    const outcome = await store.idempotency.once<Granted>(intent, async (session) => {
      const decision = await claim(room, session, { ...wish, want: 'ALL' }, await remembered(room, wish));
      isRefusedByMemory = !decision.ok;
      return decision;
    });
    if (!isRefusedByMemory) return outcome;
    return await store.idempotency.once<Granted>(intent, async (session) =>
      claim(room, session, wish, await store.stock.read(wish.variantIds, session)),
    );
  } finally {
    // Whoever asks this process next must not wait for the change stream to learn of what it did itself.
    for (const variantId of wish.variantIds) store.stock.cached.invalidate(variantId);
  }
}

async function claim(
  { store, clock, strategy }: Room,
  session: ClientSession,
  { lines, want, demand, reservationFor }: Wish,
  stock: ReadonlyMap<string, Stock>,
): Promise<Decision<Granted, InventoryUserError>> {
  const now = clock.now();
  const facts: ClaimFacts = {
    stockOf: (variantId) => stock.get(variantId) ?? null,
    offersOf: (one) => offersOf(one, demand, store.locations.byId, now),
    strategy,
  };
  const decision = decideClaims(lines, facts, want);
  if (!decision.ok) return decision;
  const { plan, floors, units } = decision.value;
  const reservations = plan.claims.map((one) => reservationFor(one, units[one.index] ?? '', now));
  const reservationIds = reservations.map(({ id }) => id);
  // Before the levels, which others wait for. Where every line names its place there was nothing to decide.
  if (lines.some(({ locationId }) => locationId === null))
    await store.sourcingDecisions.insert(session, decision.value, reservationIds, now);
  const short = await store.claims.claim(session, reservations, now, floors);
  if (short.length > 0) return refused(...shortagesAsErrors(linesFallenShort(plan, short, floors), units));
  return accepted({ reservationIds, errors: shortagesAsErrors(plan.shortages, units) });
}

async function remembered({ store }: Room, { variantIds }: Wish): Promise<Map<string, Stock>> {
  const answers = await store.stock.cached.read(variantIds);
  return new Map(
    variantIds.flatMap((variantId, index) => {
      const answer = answers[index];
      if (answer instanceof GraphError) throw answer;
      const value = answer?.value ?? null;
      return value === null ? [] : [[variantId, value] as const];
    }),
  );
}
