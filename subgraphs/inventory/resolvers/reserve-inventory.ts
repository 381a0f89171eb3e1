import { accepted, refused } from '../../../platform/errors.ts';
import type { IntentOutcome } from '../../../platform/idempotency/idempotency.ts';
import { isShopperOnly } from '../../../platform/identity/identity.ts';
import { mayClaimAs, type Reservation, ttlSeconds } from '../domain/reservation.ts';
import {
  checkVariants,
  ownerForbidden,
  readReserveLines,
  shortagesAsErrors,
} from '../domain/reserve-request.ts';
import { planSources, type SourcingPlan } from '../domain/sourcing.ts';
import type { Stock } from '../domain/stock.ts';
import type { InventoryUserError } from '../domain/user-error.ts';
import type { MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { reservationsPayload } from './reservation-payload.ts';

interface Kept {
  readonly reservationIds: string[];
  /** What a partial claim could not give. */
  readonly errors: InventoryUserError[];
}

/** The plan, or why these lines cannot be served from this stock. */
type Plan = { ok: true; value: SourcingPlan } | { ok: false; errors: InventoryUserError[] };

export function reserveInventory(room: Room): NonNullable<MutationResolvers['reserveInventory']> {
  const { store, clock } = room;

  return async (_, { input }, context) => {
    const { identity, deadlineMs } = context.caller;
    const isStaff = !isShopperOnly(identity);
    if (!mayClaimAs(input.ownerType, identity)) return { reservations: [], userErrors: [ownerForbidden()] };
    const ttl = ttlSeconds(input.ownerType, input.ttlSeconds ?? null, isStaff);
    if (!ttl.ok) return { reservations: [], userErrors: [...ttl.errors] };
    const lastsSeconds = ttl.value;
    const read = readReserveLines(input.lines, store.locations.has);
    if (!read.ok) return { reservations: [], userErrors: [...read.errors] };
    const lines = read.value;
    const variantIds = [...new Set(lines.map(({ variantId }) => variantId))];
    const isPartial = input.allowPartial ?? false;

    function plan(stock: ReadonlyMap<string, Stock>): Plan {
      const wrong = checkVariants(lines, (variantId) => stock.get(variantId) ?? null);
      if (wrong.length > 0) return { ok: false, errors: wrong };
      const value = planSources(
        lines,
        (variantId) => stock.get(variantId)?.levels ?? [],
        store.locations.maySend,
      );
      if (value.shortages.length === 0 || (isPartial && value.claims.length > 0)) return accepted(value);
      return { ok: false, errors: shortagesAsErrors(value, lines) };
    }

    function reservations(claims: SourcingPlan['claims'], now: Date): Reservation[] {
      return claims.map(({ index, variantId, locationId, quantity }) => ({
        id: room.newId(),
        state: 'ACTIVE',
        ownerType: input.ownerType,
        ownerId: input.ownerId,
        reference: lines[index]?.reference ?? null,
        channelId: input.channelId,
        variantId,
        locationId,
        unit: lines[index]?.unit ?? '',
        quantity,
        expiresAt: new Date(now.getTime() + lastsSeconds * 1_000),
        extendCount: 0,
        version: 1,
        claimedBy: identity.subject,
      }));
    }

    /** Null: what memory told is over, ask the store. */
    async function attempt(from: 'memory' | 'store'): Promise<IntentOutcome<Kept> | null> {
      let isOver = false;
      const outcome = await store.idempotency.once<Kept>(
        { identity, mutation: 'reserveInventory', key: input.idempotencyKey, input },
        async (session) => {
          const stock =
            from === 'memory' ? await remembered(variantIds) : await store.stock.read(variantIds, session);
          const decision = plan(stock);
          if (!decision.ok) {
            isOver = from === 'memory';
            return refused(...decision.errors);
          }
          const now = clock.now();
          const claimed = reservations(decision.value.claims, now);
          const short = await store.claims.claim(session, claimed, now);
          if (short.length > 0) {
            isOver = from === 'memory';
            return refused(...shortagesAsErrors(shortagesOf(decision.value, short), lines));
          }
          return accepted({
            reservationIds: claimed.map(({ id }) => id),
            errors: shortagesAsErrors(decision.value, lines),
          });
        },
      );
      return isOver ? null : outcome;
    }

    async function remembered(ids: readonly string[]): Promise<Map<string, Stock>> {
      const answers = await store.stock.cached.read(ids);
      return new Map(
        ids.flatMap((id, index) => {
          const value = answers[index]?.value ?? null;
          return value === null ? [] : [[id, value] as const];
        }),
      );
    }

    const outcome = await store.lanes.run(variantIds, deadlineMs, async () => {
      const done = (await attempt('memory')) ?? (await attempt('store'));
      for (const id of variantIds) store.stock.cached.invalidate(id);
      return done;
    });
    if (outcome === null) throw new Error('the store was asked and its answer was taken for memory');
    if (!outcome.done) return { reservations: [], userErrors: [...outcome.errors] };
    return reservationsPayload(context, outcome.value.reservationIds, outcome.value.errors);
  };
}

/** The lines behind the levels that fell short. */
function shortagesOf(
  plan: SourcingPlan,
  short: readonly { variantId: string; locationId: string; available: number }[],
): Pick<SourcingPlan, 'shortages'> {
  return {
    shortages: plan.claims.flatMap(({ index, variantId, locationId }) => {
      const level = short.find((one) => one.variantId === variantId && one.locationId === locationId);
      return level === undefined ? [] : [{ index, available: level.available }];
    }),
  };
}
