import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLaneSlots } from './lane-slots.ts';
import { LANES, type Lane } from './operation.ts';

const policy = { maxInFlight: 8, kept: { order: 1, return: 1, stock: 1, catalogue: 1 } };

describe('the places for calls to one system', () => {
  it('given a flood of orders, then every other class of work still finds its place', () => {
    const slots = createLaneSlots(policy);
    let orders = 0;
    while (slots.take('order')) orders += 1;
    expect(orders).toBe(5);
    expect(['return', 'stock', 'catalogue'].map((lane) => slots.take(lane as Lane))).toEqual([
      true,
      true,
      true,
    ]);
    expect(LANES.map((lane) => slots.take(lane))).toEqual([false, false, false, false]);
    slots.giveBack('order');
    expect(slots.take('order')).toBe(true);
  });

  it('whatever comes and goes, never lets more through than there are places, and always keeps each class its own', () => {
    const step = fc.record({ lane: fc.constantFrom(...LANES), give: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const slots = createLaneSlots(policy);
        const used = new Map<Lane, number>(LANES.map((lane) => [lane, 0]));
        for (const { lane, give } of steps) {
          const now = used.get(lane) ?? 0;
          if (give && now > 0) {
            slots.giveBack(lane);
            used.set(lane, now - 1);
          } else if (!give) {
            const taken = slots.take(lane);
            if (now === 0) expect(taken).toBe(true);
            if (taken) used.set(lane, now + 1);
          }
          expect([...used.values()].reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(
            policy.maxInFlight,
          );
        }
      }),
    );
  });
});
