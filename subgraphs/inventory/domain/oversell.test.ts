import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from './channel-policy.ts';
import { emptyLevel } from './level.ts';
import { allowanceOf, oversoldFinding, type Promised, planRelief, soldAhead } from './oversell.ts';
import type { Reservation } from './reservation.ts';

const reservation = (id: string, quantity: number): Reservation => ({
  id,
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
  claimedAt: new Date(0),
  expiresAt: new Date(0),
  extendCount: 0,
  version: 1,
  claimedBy: 'ann',
  transferredTo: null,
});
const promised = (id: string, open: number): Promised => ({
  reservation: reservation(id, open),
  allocation: {
    id: `allocation-${id}`,
    state: 'ALLOCATED',
    reservationId: id,
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
    claimedAt: new Date(0),
    partOf: null,
    bookedWith: [],
  },
});
const owing = (units: number) => ({ ...emptyLevel('variant', 'place', 'C62'), available: -units });
const names = (relief: ReturnType<typeof planRelief>) => [
  relief?.carts.map(({ id }) => id),
  relief?.promised.map((one) => one.reservation.id),
];

describe('goods that were sold before they were there', () => {
  it('are waited for by whoever was told so, while the order is being placed and after, as far as they were not picked', () => {
    const late = { ...reservation('late', 4), backordered: 3 };
    const waiting = { ...promised('order', 4), reservation: late };
    expect(soldAhead([late], [])).toBe(3);
    expect(soldAhead([late, reservation('cart', 2)], [waiting])).toBe(6);
    expect(soldAhead([], [{ ...waiting, allocation: { ...waiting.allocation, picked: 3 } }])).toBe(1);
  });
});

describe('goods that are gone although they were promised', () => {
  it('are taken from carts before orders, and from the latest first', () => {
    const carts = [reservation('new cart', 1), reservation('old cart', 1)];
    const orders = [promised('new order', 2), promised('old order', 2)];
    const plan = (units: number) =>
      names(planRelief({ level: owing(units), carts, promised: orders, allowance: 0 }));
    expect(plan(1)).toEqual([['new cart'], []]);
    expect(plan(3)).toEqual([['new cart', 'old cart'], ['new order']]);
    expect(plan(5)).toEqual([
      ['new cart', 'old cart'],
      ['new order', 'old order'],
    ]);
  });

  it('may be owed as far as the channels that sold them let them be', () => {
    const supply = { variantId: 'variant', locationId: 'place', source: 'PO-1', isRelease: false };
    const at = new Date('2026-03-01T00:00:00Z');
    const supplies = [{ ...supply, id: 's', quantity: 7, expectedAt: new Date('2026-03-10T00:00:00Z') }];
    expect(allowanceOf([DEFAULT_POLICY], supplies, at)).toBe(0);
    expect(allowanceOf([DEFAULT_POLICY, { ...DEFAULT_POLICY, backorderUnits: 3 }], supplies, at)).toBe(3);
    expect(allowanceOf([{ ...DEFAULT_POLICY, sellsExpectedSupply: true }], supplies, at)).toBe(7);
    expect(planRelief({ level: owing(3), carts: [], promised: [promised('a', 3)], allowance: 3 })).toBeNull();
  });

  it('are named with the fact that took them', () => {
    const level = { ...owing(2), allocated: 6 };
    const fact = {
      type: 'COUNT',
      reasonCode: 'COUNTED',
      sourceSystem: 'INVENTORY',
      sourceEventId: 'e',
    } as const;
    expect(oversoldFinding(level, fact)).toEqual({
      kind: 'OVERSOLD',
      expected: 6,
      observed: 4,
      cause: 'COUNT COUNTED of INVENTORY, e',
    });
  });

  it('cost no claim more than is needed, and are made up for when there are claims enough', () => {
    const quantities = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), quantities, quantities, (units, inCarts, inOrders) => {
        const carts = inCarts.map((quantity, index) => reservation(`c${index}`, quantity));
        const orders = inOrders.map((quantity, index) => promised(`o${index}`, quantity));
        const relief = planRelief({ level: owing(units), carts, promised: orders, allowance: 0 });
        const taken = [
          ...(relief?.carts.map(({ quantity }) => quantity) ?? []),
          ...(relief?.promised.map(({ allocation }) => allocation.open) ?? []),
        ];
        const sum = (of: readonly number[]) => of.reduce((total, one) => total + one, 0);
        const all = sum([...inCarts, ...inOrders]);
        expect(sum(taken)).toBeGreaterThanOrEqual(Math.min(units, all));
        expect(sum(taken.slice(0, -1))).toBeLessThan(units);
      }),
    );
  });
});
