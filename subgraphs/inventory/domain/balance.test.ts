import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocated, allocatedAnew, deallocated, released, reserved } from './claim-movements.ts';
import { BUCKETS, emptyLevel, isBalanced, type Level } from './level.ts';
import { applyDelta, deltaOf, type Movement, neededBy } from './movement.ts';
import {
  decideAllocation,
  decideRelease,
  isExpired,
  RESERVATION_MOVES,
  type Reservation,
} from './reservation.ts';

const START = new Date('2026-03-01T12:00:00Z');

/** Stock at one place, its ledger and its reservations, changed as the store changes them: guarded, all or nothing. */
class Model {
  level: Level = emptyLevel('variant', 'place', 'C62');
  readonly ledger: Movement[] = [];
  readonly reservations: Reservation[] = [];
  /** Units that a confirmed order has and that have not left. */
  readonly allocations = new Map<string, number>();
  nowMs = START.getTime();

  get now(): Date {
    return new Date(this.nowMs);
  }

  book(movements: readonly Movement[]): boolean {
    const delta = deltaOf(movements);
    if (neededBy(delta).some(({ bucket, units }) => this.level[bucket] < units)) return false;
    this.level = applyDelta(this.level, delta);
    this.ledger.push(...movements);
    return true;
  }

  move(index: number, state: Reservation['state']): void {
    const reservation = this.reservations[index];
    if (reservation === undefined) return;
    expect(RESERVATION_MOVES[reservation.state]).toContain(state);
    this.reservations[index] = { ...reservation, state };
  }

  sum(of: Iterable<number>): number {
    return [...of].reduce((total, units) => total + units, 0);
  }
}

type Act = (model: Model) => void;

function movement(model: Model, quantity: number): Movement {
  return {
    type: quantity > 0 ? 'RECEIPT' : 'ADJUSTMENT',
    variantId: 'variant',
    locationId: 'place',
    unit: 'C62',
    from: quantity > 0 ? null : 'available',
    to: quantity > 0 ? 'available' : null,
    quantity: Math.abs(quantity),
    occurredAt: model.now,
    sourceSystem: 'ERP',
    sourceEventId: String(model.ledger.length),
    reasonCode: null,
  };
}

const adjust =
  (quantity: number): Act =>
  (model) =>
    void model.book([movement(model, quantity)]);

const reserve =
  (quantity: number, ttlMs: number): Act =>
  (model) => {
    const reservation: Reservation = {
      id: `r${model.reservations.length}`,
      state: 'ACTIVE',
      ownerType: 'CART',
      ownerId: 'cart',
      reference: null,
      channelId: 'web',
      variantId: 'variant',
      locationId: 'place',
      unit: 'C62',
      quantity,
      expiresAt: new Date(model.nowMs + ttlMs),
      extendCount: 0,
      version: 1,
      claimedBy: 'ann',
      transferredTo: null,
    };
    if (model.book([reserved(reservation, model.now)])) model.reservations.push(reservation);
  };

const release =
  (pick: number): Act =>
  (model) => {
    const index = pick % Math.max(1, model.reservations.length);
    const reservation = model.reservations[index];
    if (reservation === undefined) return;
    const decision = decideRelease(reservation, { now: model.now, expectedVersion: null });
    if (!decision.ok || decision.value === 'UNCHANGED') return;
    expect(model.book([released(reservation, model.now, decision.value)])).toBe(true);
    model.move(index, decision.value);
  };

const sweep: Act = (model) => {
  model.reservations.forEach((reservation, index) => {
    if (reservation.state !== 'ACTIVE' || !isExpired(reservation, model.now)) return;
    expect(model.book([released(reservation, model.now, 'EXPIRED')])).toBe(true);
    model.move(index, 'EXPIRED');
  });
};

const confirm =
  (pick: number): Act =>
  (model) => {
    const index = pick % Math.max(1, model.reservations.length);
    const reservation = model.reservations[index];
    if (reservation === undefined || model.allocations.has(reservation.id)) return;
    const decision = decideAllocation(reservation, model.now);
    if (decision === 'DONE') return;
    const freeBefore = model.level.available;
    if (decision === 'ALLOCATE') {
      expect(model.book([allocated(reservation, model.now)])).toBe(true);
      expect(model.level.available).toBe(freeBefore);
      model.move(index, 'ALLOCATED');
      model.allocations.set(reservation.id, reservation.quantity);
      return;
    }
    if (decision === 'EXPIRE_AND_CLAIM') {
      expect(model.book([released(reservation, model.now, 'EXPIRED')])).toBe(true);
      model.move(index, 'EXPIRED');
    }
    if (model.book([allocatedAnew(reservation, model.now)]))
      model.allocations.set(reservation.id, reservation.quantity);
  };

/** An order's goods leave, or go back on sale because it was canceled. */
const finish =
  (pick: number, how: 'ship' | 'cancel'): Act =>
  (model) => {
    const open = [...model.allocations].filter(([, units]) => units > 0);
    const [id, quantity] = open[pick % Math.max(1, open.length)] ?? [];
    if (id === undefined || quantity === undefined) return;
    const gone: Movement = { ...movement(model, -quantity), type: 'SHIP', from: 'allocated' };
    const back = deallocated({ ...gone, id }, model.now, 'CANCELED');
    expect(model.book([how === 'ship' ? gone : back])).toBe(true);
    model.allocations.set(id, 0);
  };

const wait =
  (ms: number): Act =>
  (model) => {
    model.nowMs += ms;
  };

const units = fc.integer({ min: 1, max: 8 });
const pick = fc.nat({ max: 50 });
const acts: fc.Arbitrary<Act> = fc.oneof(
  units.map(adjust),
  units.map((quantity) => adjust(-quantity)),
  fc.tuple(units, fc.integer({ min: 1, max: 100 })).map(([quantity, ttlMs]) => reserve(quantity, ttlMs)),
  pick.map(release),
  fc.constant(sweep),
  pick.map(confirm),
  fc.tuple(pick, fc.constantFrom('ship' as const, 'cancel' as const)).map(([at, how]) => finish(at, how)),
  fc.integer({ min: 1, max: 60 }).map(wait),
);

describe('whatever happens to stock, in whatever order', () => {
  it('keeps the balance, promises nothing twice, and is what its ledger says', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 60 }), (steps) => {
        const model = new Model();
        for (const step of steps) {
          step(model);
          expect(isBalanced(model.level)).toBe(true);
          for (const bucket of BUCKETS) expect(model.level[bucket]).toBeGreaterThanOrEqual(0);
          const active = model.reservations.filter(({ state }) => state === 'ACTIVE');
          expect(model.level.reserved).toBe(model.sum(active.map(({ quantity }) => quantity)));
          expect(model.level.allocated).toBe(model.sum(model.allocations.values()));
        }
        const { version, ...replayed } = applyDelta(
          emptyLevel('variant', 'place', 'C62'),
          deltaOf(model.ledger),
        );
        expect(model.level).toMatchObject(replayed);
        expect(version).toBe(1);
      }),
      { numRuns: 300 },
    );
  });
});
