import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absorbedBy,
  accuracyOf,
  applyCount,
  type Count,
  inCountOrder,
  isCountCorrection,
  type NewCount,
  onHandEffect,
} from './counting.ts';
import { emptyLevel, type Level } from './level.ts';
import { applyDelta, deltaOf, type Movement } from './movement.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 10, minute));

/** The books of one shelf, changed as the store changes them: facts as they arrive, counts as of their moment. */
class Shelf {
  level: Level = emptyLevel('variant', 'place', 'C62');
  lines: Movement[] = [];
  counts = new Map<string, Count>();

  tell(fact: Movement): void {
    this.book(fact);
    const absorbed = absorbedBy(fact, fact.sourceEventId, [...this.counts.values()]);
    if (absorbed === null) return;
    this.counts.set(absorbed.count.id, absorbed.count);
    this.book(absorbed.movement);
  }

  count(count: NewCount): void {
    const {
      count: applied,
      next,
      movements,
    } = applyCount(count, {
      onHand: this.level.onHand,
      broughtSince: this.lines
        .filter((line) => line.occurredAt > count.countedAt && !isCountCorrection(line))
        .reduce((sum, line) => sum + onHandEffect(line), 0),
      later: [...this.counts.values()].filter((other) => inCountOrder(other, count) > 0),
    });
    this.counts.set(applied.id, applied);
    if (next !== null) this.counts.set(next.id, next);
    for (const movement of movements) this.book(movement);
  }

  private book(movement: Movement): void {
    this.lines.push(movement);
    this.level = applyDelta(this.level, deltaOf([movement]));
  }

  differences() {
    return [...this.counts.values()].toSorted(inCountOrder).map(({ id, difference }) => [id, difference]);
  }
}

let events = 0;
function fact(minute: number, units: number, more: Partial<Movement> = {}): Movement {
  events += 1;
  return {
    type: units > 0 ? 'RECEIPT' : 'SALE',
    variantId: 'variant',
    locationId: 'place',
    unit: 'C62',
    from: units > 0 ? null : 'available',
    to: units > 0 ? 'available' : null,
    quantity: Math.abs(units),
    occurredAt: at(minute),
    sourceSystem: 'POS',
    sourceEventId: `event-${events}`,
    reasonCode: null,
    ...more,
  };
}

function counted(minute: number, units: number, id = `count-${minute}`): NewCount {
  return {
    id,
    variantId: 'variant',
    locationId: 'place',
    unit: 'C62',
    countedAt: at(minute),
    counted: units,
  };
}

describe('a count', () => {
  it('of 10:00 that arrives at 10:20, and a sale of 10:05 that arrives at 10:30, leave what is really there', () => {
    const shelf = new Shelf();
    shelf.tell(fact(-60, 50));
    shelf.count(counted(0, 47));
    expect(shelf.level.onHand).toBe(47);
    shelf.tell(fact(5, -3));
    expect(shelf.level).toMatchObject({ onHand: 44, available: 44 });
    expect(shelf.differences()).toEqual([['count-0', -3]]);
  });

  it('has seen already what happened before it and is told of after it', () => {
    const shelf = new Shelf();
    shelf.tell(fact(-60, 50));
    shelf.count(counted(0, 47));
    shelf.tell(fact(-10, -3));
    expect(shelf.level.onHand).toBe(47);
    expect(accuracyOf(shelf.counts.get('count-0') ?? { counted: 0, difference: 1 })).toBe(1);
  });

  it('leaves what orders hold as it is, and takes what is missing from what is free', () => {
    const shelf = new Shelf();
    shelf.tell(fact(-60, 10));
    shelf.tell(fact(-50, 4, { from: 'available', to: 'allocated', type: 'ALLOCATE' }));
    shelf.count(counted(0, 3));
    expect(shelf.level).toMatchObject({ onHand: 3, allocated: 4, available: -1 });
  });

  it.each([
    [{ counted: 10, difference: 0 }, 1],
    [{ counted: 9, difference: -1 }, 0.9],
    [{ counted: 0, difference: -5 }, 0],
    [{ counted: 0, difference: 0 }, 1],
    [{ counted: 8, difference: 4 }, 0.5],
  ])('of %o was right to %d', (count, accuracy) => {
    expect(accuracyOf(count)).toBeCloseTo(accuracy);
  });
});

const minute = fc.integer({ min: 0, max: 12 });
const facts = fc.array(
  fc.tuple(
    minute,
    fc.integer({ min: -9, max: 9 }).filter((units) => units !== 0),
    fc.constantFrom('available', 'allocated', 'qualityHold'),
  ),
  { maxLength: 10 },
);
const counts = fc.array(fc.tuple(minute, fc.nat({ max: 30 })), { maxLength: 4 });

describe('facts and counts, in whatever order they arrive', () => {
  it('come to the same level and the same differences', () => {
    fc.assert(
      fc.property(facts, counts, fc.infiniteStream(fc.nat()), (told, found, order) => {
        const arrivals = [
          ...told.map(([when, units, bucket]) => {
            const side = bucket as Movement['to'];
            const one = fact(when, units, units > 0 ? { to: side } : { from: side });
            return (shelf: Shelf) => shelf.tell(one);
          }),
          ...found.map(([when, units], index) => {
            const one = counted(when, units, `count-${index}`);
            return (shelf: Shelf) => shelf.count(one);
          }),
        ];
        const shuffled = arrivals
          .map((arrive) => [order.next().value ?? 0, arrive] as const)
          .toSorted(([left], [right]) => left - right);
        const inOrder = new Shelf();
        for (const arrive of arrivals) arrive(inOrder);
        const outOfOrder = new Shelf();
        for (const [, arrive] of shuffled) arrive(outOfOrder);
        const { version: _, ...figures } = inOrder.level;
        expect(outOfOrder.level).toMatchObject(figures);
        expect(outOfOrder.differences()).toEqual(inOrder.differences());
        // On hand is the last count and what happened after it.
        const last = [...inOrder.counts.values()].toSorted(inCountOrder).at(-1);
        if (last === undefined) return;
        const since = told
          .filter(([when]) => at(when) > last.countedAt)
          .reduce((sum, [, units]) => sum + units, 0);
        expect(inOrder.level.onHand).toBe(last.counted + since);
      }),
      { numRuns: 500 },
    );
  });
});
