import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALLOCATION_MOVES, type Allocation, allocationId, unpicked } from './allocation.ts';
import { type AllocationStep, giveBack, leave, pick as pickGoods, putBack } from './allocation-steps.ts';
import { coverBackorders, notThereYet, owedUnits } from './backorder.ts';
import { allocated, allocatedAnew, released, reserved } from './claim-movements.ts';
import { BUCKETS, type Bucket, emptyLevel, isBalanced, type Level } from './level.ts';
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
  /** By reservation. */
  readonly allocations = new Map<string, Allocation>();
  nowMs = START.getTime();

  get now(): Date {
    return new Date(this.nowMs);
  }

  /** `owes`: how many units what is available may be below zero afterwards. */
  book(movements: readonly Movement[], owes = 0): boolean {
    const delta = deltaOf(movements);
    const least = (bucket: Bucket, units: number) => (bucket === 'available' ? units - owes : units);
    if (neededBy(delta).some(({ bucket, units }) => this.level[bucket] < least(bucket, units))) return false;
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

  /** Shares out what is owed, and holds that to who claimed when. */
  cover(): void {
    const active = this.reservations.filter(({ state }) => state === 'ACTIVE');
    const owed = {
      level: this.level,
      reservations: active,
      allocations: [...this.allocations.values()].filter(({ open }) => open > 0),
      supplies: [],
    };
    for (const allocation of coverBackorders(owed))
      this.allocations.set(allocation.reservationId, allocation);
    const waiting = [...this.allocations.values()].filter(({ backordered }) => backordered > 0);
    const units = this.sum(waiting.map(({ backordered }) => backordered));
    const inCarts = this.sum(active.map(({ quantity }) => quantity));
    const claimed = this.sum([...this.allocations.values()].map(unpicked));
    expect(units).toBeLessThanOrEqual(owedUnits(this.level));
    expect(units + inCarts).toBeGreaterThanOrEqual(Math.min(owedUnits(this.level), claimed + inCarts));
    for (const { backordered, ...one } of waiting) expect(backordered).toBeLessThanOrEqual(unpicked(one));
    // Of two orders the one that claimed first waits only while the other one waits for everything.
    const [first] = waiting.toSorted((left, right) => (left.reservationId < right.reservationId ? -1 : 1));
    for (const one of this.allocations.values())
      if (first !== undefined && one.reservationId > first.reservationId)
        expect(one.backordered).toBe(unpicked(one));
  }

  allocate({ id, quantity, claimedAt }: Reservation): void {
    this.allocations.set(id, {
      id: allocationId(id),
      state: 'ALLOCATED',
      reservationId: id,
      claimedAt,
      partOf: null,
      orderId: 'order',
      orderLineId: 'line',
      workOrderId: null,
      variantId: 'variant',
      locationId: 'place',
      unit: 'C62',
      quantity,
      open: quantity,
      picked: 0,
      backordered: 0,
      expectedAt: null,
      bookedWith: [],
    });
  }

  /** Something happens to what an order has: the ledger must have room for it, and the state must be one that may follow. */
  take({ allocation, movements }: AllocationStep): void {
    const before = this.allocations.get(allocation.reservationId);
    if (before === undefined) throw new Error('a step of what was never allocated');
    if (before.state !== allocation.state) expect(ALLOCATION_MOVES[before.state]).toContain(allocation.state);
    expect(this.book(movements)).toBe(true);
    expect(allocation.bookedWith).toHaveLength(before.bookedWith.length + movements.length);
    this.allocations.set(allocation.reservationId, allocation);
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

/** How many units a channel that sells what is to come lets the place owe. */
const ALLOWANCE = 6;

const reserve =
  (quantity: number, ttlMs: number, owes: number): Act =>
  (model) => {
    const reservation: Reservation = {
      id: `r${String(model.reservations.length).padStart(3, '0')}`,
      state: 'ACTIVE',
      ownerType: 'CART',
      ownerId: 'cart',
      reference: null,
      channelId: 'web',
      variantId: 'variant',
      locationId: 'place',
      unit: 'C62',
      quantity,
      backordered: 0,
      claimedAt: model.now,
      expiresAt: new Date(model.nowMs + ttlMs),
      extendCount: 0,
      version: 1,
      claimedBy: 'ann',
      transferredTo: null,
    };
    if (!model.book([reserved(reservation, model.now)], owes)) return;
    const [backordered = 0] = notThereYet([quantity], model.level.available);
    model.reservations.push({ ...reservation, backordered });
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
      model.allocate(reservation);
      return;
    }
    if (decision === 'EXPIRE_AND_CLAIM') {
      expect(model.book([released(reservation, model.now, 'EXPIRED')])).toBe(true);
      model.move(index, 'EXPIRED');
    }
    if (model.book([allocatedAnew(reservation, model.now)])) model.allocate(reservation);
  };

const HOW = ['pick', 'put back', 'ship', 'hand over', 'give back'] as const;

/** An order's goods are picked or put back, leave, or go back on sale because it was canceled or not collected; all of them or some. */
const handle =
  (at: number, how: (typeof HOW)[number], most: number): Act =>
  (model) => {
    const open = [...model.allocations.values()].filter((one) => one.open > 0);
    const one = open[at % Math.max(1, open.length)];
    if (one === undefined) return;
    const act = {
      occurredAt: model.now,
      sourceSystem: 'ORDER',
      eventId: String(model.ledger.length),
      reasonCode: null,
    };
    if (how === 'pick') {
      const units = Math.min(most, unpicked(one));
      if (units > 0) model.take(pickGoods(one, units, act));
    } else if (how === 'put back') {
      const units = Math.min(most, one.picked);
      if (units > 0) model.take(putBack(one, units, act));
    } else if (how === 'give back') {
      model.take(giveBack(one, Math.min(most, one.open), act));
    } else {
      const type = how === 'ship' ? 'SHIP' : 'SALE';
      model.take(leave(one, Math.min(most, one.open), { ...act, type }));
    }
    expect(() => pickGoods(one, unpicked(one) + 1, act)).toThrow(RangeError);
    expect(() => leave(one, one.open + 1, { ...act, type: 'SHIP' })).toThrow(RangeError);
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
  fc
    .tuple(units, fc.integer({ min: 1, max: 100 }), fc.constantFrom(0, ALLOWANCE))
    .map(([quantity, ttlMs, owes]) => reserve(quantity, ttlMs, owes)),
  pick.map(release),
  fc.constant(sweep),
  pick.map(confirm),
  fc.tuple(pick, fc.constantFrom(...HOW), units).map(([at, how, most]) => handle(at, how, most)),
  fc.integer({ min: 1, max: 60 }).map(wait),
);

describe('whatever happens to stock, in whatever order', () => {
  it('keeps the balance, promises nothing twice, owes no more than it may and to the last who claimed, and is what its ledger says', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 60 }), (steps) => {
        const model = new Model();
        for (const step of steps) {
          step(model);
          expect(isBalanced(model.level)).toBe(true);
          for (const bucket of BUCKETS)
            expect(model.level[bucket]).toBeGreaterThanOrEqual(bucket === 'available' ? -ALLOWANCE : 0);
          const active = model.reservations.filter(({ state }) => state === 'ACTIVE');
          expect(model.level.reserved).toBe(model.sum(active.map(({ quantity }) => quantity)));
          const promised = [...model.allocations.values()];
          expect(model.level.allocated).toBe(model.sum(promised.map(unpicked)));
          expect(model.level.picked).toBe(model.sum(promised.map(({ picked }) => picked)));
          model.cover();
          for (const { state, open, picked } of promised) {
            if (state === 'ALLOCATED') expect(picked).toBeLessThan(open);
            else if (state === 'PICKED') expect([picked, open > 0]).toEqual([open, true]);
            else expect([open, picked]).toEqual([0, 0]);
          }
        }
        const { version, ...replayed } = applyDelta(
          emptyLevel('variant', 'place', 'C62'),
          deltaOf(model.ledger),
        );
        expect(model.level).toMatchObject(replayed);
        expect(version).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});
