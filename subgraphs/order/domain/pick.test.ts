import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FulfillmentOrder, Order } from './order.ts';
import { sampleEvent, sampleOrder } from './order-sample.ts';
import { isPicked, type PickLineInput, recordPick } from './pick.ts';
import { acceptWork } from './ship.ts';

let ids = 0;
const newId = () => {
  ids += 1;
  return `new-${ids}`;
};
const pieces = (value: number) => ({ value: String(value), unit: 'C62' });

function accepted(...units: number[]): Order {
  const order = sampleOrder(
    ...units.map((count) => ({ method: 'PICKUP_IN_STORE' as const, claims: { store: count } })),
  );
  const taken = acceptWork(order, order.work[0]?.id ?? '', sampleEvent('WORK_ACCEPTED'));
  if (!taken.ok) throw new Error('not accepted');
  return taken.value;
}
const first = ({ work }: Order): FulfillmentOrder => {
  const [piece] = work;
  if (piece === undefined) throw new Error('the sample has work');
  return piece;
};
const pick = (order: Order, ...lines: PickLineInput[]) =>
  recordPick(order, first(order), lines, { event: sampleEvent('WORK_PICKED'), newId });
const lineId = (order: Order, index = 0) => first(order).lines[index]?.id ?? 'none';
const codeOf = (answer: ReturnType<typeof pick>) => (answer.ok ? null : answer.errors[0]?.code);

describe('picking', () => {
  it('given some now and some later, then they add up and the work is IN_PROGRESS until all are there', () => {
    const order = accepted(3);
    const some = pick(order, { lineId: lineId(order), picked: pieces(1) });
    if (!some.ok) throw new Error('refused');
    expect(some.value).toMatchObject({ picked: [{ quantity: 1 }], short: [], incompleteId: null });
    expect(isPicked(first(some.value.order))).toBe(false);
    const rest = pick(some.value.order, { lineId: lineId(order), picked: pieces(2) });
    expect(rest.ok && isPicked(first(rest.value.order))).toBe(true);
    expect(rest).toMatchObject({
      value: { picked: [{ quantity: 2 }], order: { work: [{ state: 'IN_PROGRESS' }] } },
    });
  });

  it('given some are not there, then they stand in a piece of their own and the rest can go on', () => {
    const order = accepted(3, 2);
    const answer = pick(
      order,
      { lineId: lineId(order, 0), picked: pieces(2), short: pieces(1), reasonCode: 'NOT_FOUND' },
      { lineId: lineId(order, 1), picked: pieces(2) },
    );
    if (!answer.ok) throw new Error('refused');
    const [work, apart] = answer.value.order.work;
    expect(work).toMatchObject({
      state: 'IN_PROGRESS',
      lines: [
        { quantity: 2, picked: 2 },
        { quantity: 2, picked: 2 },
      ],
    });
    expect(apart).toMatchObject({
      id: answer.value.incompleteId,
      state: 'INCOMPLETE',
      lines: [{ quantity: 1, short: 1 }],
    });
    expect(answer.value.short).toEqual([{ orderLineId: 'line-0', quantity: 1, reasonCode: 'NOT_FOUND' }]);
  });

  it('given nothing is there, then the work itself is INCOMPLETE', () => {
    const order = accepted(2);
    const answer = pick(order, {
      lineId: lineId(order),
      picked: pieces(0),
      short: pieces(2),
      reasonCode: 'GONE',
    });
    expect(answer).toMatchObject({
      value: { order: { work: [{ state: 'INCOMPLETE', lines: [{ quantity: 2, short: 2 }] }] } },
    });
  });

  it('given what cannot be, then it names the field', () => {
    const order = accepted(2);
    const id = lineId(order);
    expect(codeOf(pick(order))).toBe('LINES_INVALID');
    expect(codeOf(pick(order, { lineId: id, picked: pieces(1) }, { lineId: id, picked: pieces(1) }))).toBe(
      'LINES_INVALID',
    );
    expect(codeOf(pick(order, { lineId: 'strange', picked: pieces(1) }))).toBe('LINE_UNKNOWN');
    expect(codeOf(pick(order, { lineId: id, picked: pieces(0) }))).toBe('QUANTITY_INVALID');
    expect(codeOf(pick(order, { lineId: id, picked: { value: '0.5', unit: 'C62' } }))).toBe(
      'QUANTITY_INVALID',
    );
    expect(codeOf(pick(order, { lineId: id, picked: pieces(-1) }))).toBe('QUANTITY_INVALID');
    expect(codeOf(pick(order, { lineId: id, picked: { value: '1', unit: 'KGM' } }))).toBe('UNIT_UNKNOWN');
    expect(codeOf(pick(order, { lineId: id, picked: pieces(2), short: pieces(1) }))).toBe(
      'PICK_EXCEEDS_WORK',
    );
    expect(codeOf(pick(order, { lineId: id, picked: pieces(1), short: pieces(1), reasonCode: ' ' }))).toBe(
      'REASON_REQUIRED',
    );
  });

  it('given any picks, then no unit is lost or doubled between what goes on and what is INCOMPLETE', () => {
    const acts = fc.array(fc.tuple(fc.nat(2), fc.nat(4), fc.nat(3)), { maxLength: 10 });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
        acts,
        (units, steps) => {
          let order = accepted(...units);
          let picked = 0;
          for (const [index, take, miss] of steps) {
            const answer = pick(order, {
              lineId: lineId(order, index),
              picked: pieces(take),
              short: pieces(miss),
              reasonCode: 'GONE',
            });
            if (!answer.ok) continue;
            order = answer.value.order;
            picked += answer.value.picked.reduce((sum, { quantity }) => sum + quantity, 0);
          }
          const lines = order.work.flatMap((piece) => piece.lines);
          const total = units.reduce((sum, count) => sum + count, 0);
          expect(lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(total);
          expect(lines.reduce((sum, line) => sum + (line.picked ?? 0), 0)).toBe(picked);
          for (const { picked: taken = 0, short = 0, quantity } of lines)
            expect(taken + short).toBeLessThanOrEqual(quantity);
        },
      ),
    );
  });
});
