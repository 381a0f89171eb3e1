import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Allocation } from './allocation.ts';
import { coverBackorders, notThereYet } from './backorder.ts';

const day = (n: number) => new Date(Date.UTC(2026, 2, n));

function allocation(reservationId: string, open: number, more: Partial<Allocation> = {}): Allocation {
  return {
    id: `allocation-${reservationId}`,
    state: 'ALLOCATED',
    reservationId,
    claimedAt: day(1),
    partOf: null,
    orderId: 'order',
    orderLineId: 'line',
    workOrderId: null,
    variantId: 'variant',
    locationId: 'place',
    unit: 'C62',
    quantity: open,
    open,
    picked: 0,
    backordered: 0,
    expectedAt: null,
    bookedWith: [],
    ...more,
  };
}

const waits = (changed: readonly Allocation[]) =>
  Object.fromEntries(changed.map(({ reservationId, backordered }) => [reservationId, backordered]));

describe('goods that are owed', () => {
  const three = [allocation('1', 2), allocation('2', 3), allocation('3', 4)];
  const owing = (
    units: number,
    allocations: readonly Allocation[],
    supplies: { quantity: number; expectedAt: Date }[] = [],
  ) => coverBackorders({ level: { available: -units }, allocations, reservations: [], supplies });

  it('are waited for by whoever claimed last', () => {
    expect(waits(owing(5, three))).toEqual({ 2: 1, 3: 4 });
  });

  it('come to whoever claimed first, and nothing is told where nothing has changed', () => {
    const before = [
      allocation('1', 2, { backordered: 2 }),
      allocation('2', 3, { backordered: 3 }),
      allocation('3', 4, { backordered: 4 }),
    ];
    expect(waits(owing(9, before))).toEqual({});
    expect(waits(owing(6, before))).toEqual({ 1: 0, 2: 2 });
    expect(waits(owing(-3, before))).toEqual({ 1: 0, 2: 0, 3: 0 });
  });

  it('are waited for by when was claimed, under whatever id the claim goes on', () => {
    const moved = [allocation('9', 2, { claimedAt: day(1) }), allocation('1', 2, { claimedAt: day(2) })];
    expect(waits(owing(2, moved))).toEqual({ 1: 2 });
  });

  it('are not waited for where they were picked', () => {
    expect(waits(owing(4, [allocation('1', 2), allocation('2', 3, { picked: 2 })]))).toEqual({ 1: 2, 2: 1 });
  });

  it('leave a cart its place in the queue', () => {
    const reservations = [{ id: '2', claimedAt: day(1), quantity: 3 }];
    const changed = coverBackorders({
      level: { available: -4 },
      allocations: [allocation('1', 2), allocation('3', 2)],
      reservations,
      supplies: [],
    });
    expect(waits(changed)).toEqual({ 3: 2 });
  });

  it('are expected with the supply that brings the last of them', () => {
    const supplies = [
      { quantity: 4, expectedAt: day(9) },
      { quantity: 2, expectedAt: day(5) },
    ];
    const changed = owing(8, [allocation('1', 2), allocation('2', 3), allocation('3', 3)], supplies);
    expect(changed.map(({ expectedAt }) => expectedAt)).toEqual([day(5), day(9), null]);
  });

  it('are shared out whole, whatever is claimed and however much arrives', () => {
    const claims = fc.array(
      fc.record({ open: fc.integer({ min: 1, max: 9 }), picked: fc.nat(9), isCart: fc.boolean() }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(claims, fc.integer({ min: -5, max: 60 }), fc.nat(20), (all, owed, arriving) => {
        const id = (index: number) => String(index).padStart(3, '0');
        const carts = all.flatMap(({ open, isCart }, index) =>
          isCart ? [{ id: id(index), claimedAt: day(1), quantity: open }] : [],
        );
        let allocations = all.flatMap(({ open, picked, isCart }, index) =>
          isCart ? [] : [allocation(id(index), open, { picked: Math.min(open, picked) })],
        );
        const cover = (units: number) => {
          const changed = new Map(
            coverBackorders({
              level: { available: -units },
              allocations,
              reservations: carts,
              supplies: [],
            }).map((one) => [one.id, one]),
          );
          allocations = allocations.map((one) => changed.get(one.id) ?? one);
        };
        const free = () => allocations.map(({ open, picked }) => open - picked);
        const sum = (units: readonly number[]) => units.reduce((total, one) => total + one, 0);
        const inCarts = sum(carts.map(({ quantity }) => quantity));
        for (const units of [owed, owed - arriving]) {
          cover(units);
          const waiting = allocations.map(({ backordered }) => backordered);
          waiting.forEach((one, index) => {
            expect(one).toBeGreaterThanOrEqual(0);
            expect(one).toBeLessThanOrEqual(free()[index] ?? 0);
          });
          expect(sum(waiting)).toBeLessThanOrEqual(Math.max(0, units));
          expect(sum(waiting)).toBeGreaterThanOrEqual(Math.min(Math.max(0, units), sum(free())) - inCarts);
          // Nobody is served before somebody who claimed earlier and still waits for a unit.
          const firstWaiting = waiting.findIndex((one) => one > 0);
          if (firstWaiting >= 0)
            waiting.slice(firstWaiting + 1).forEach((one, index) => {
              expect(one).toBe(free()[firstWaiting + 1 + index]);
            });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a claim of goods that are not all there', () => {
  it('waits with what it claimed last', () => {
    expect(notThereYet([2, 2], 1)).toEqual([0, 0]);
    expect(notThereYet([2, 2], -2)).toEqual([0, 2]);
    expect(notThereYet([2, 2], -3)).toEqual([1, 2]);
    expect(notThereYet([2, 2], -9)).toEqual([2, 2]);
  });
});
