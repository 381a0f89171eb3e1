import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cover, coverClaim, promisedBy } from './backorder.ts';
import type { Claim, FulfillmentOrder, Order, OrderEvent } from './order.ts';
import { sampleOrder } from './order-sample.ts';

const day = (n: number) => new Date(Date.UTC(2026, 2, n));
const event: OrderEvent = {
  id: 'event',
  type: 'GOODS_CAME',
  occurredAt: day(1),
  recordedAt: day(1),
  actor: 'subgraph:inventory',
  sourceSystem: 'GRAPH',
};

/** An order of one line whose claims lie at one place, as it is first written. */
function ordered(...claims: (Partial<Claim> & Pick<Claim, 'quantity'>)[]): Order {
  const order = sampleOrder({ claims: { A: 1 } });
  const [line] = order.lines;
  if (line === undefined) throw new Error('the sample has no line');
  const full = claims.map((claim, index) => ({ reservationId: `r${index}`, locationId: 'A', ...claim }));
  const piece = (state: FulfillmentOrder['state'], units: number): FulfillmentOrder[] =>
    units === 0
      ? []
      : [
          {
            id: state,
            locationId: 'A',
            method: 'SHIP',
            state,
            lines: [{ id: `${state} line`, orderLineId: line.id, quantity: units }],
            createdAt: day(1),
            version: 1,
          },
        ];
  const waiting = full.reduce((sum, { backordered = 0 }) => sum + backordered, 0);
  const all = full.reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    ...order,
    lines: [{ ...line, quantity: all, claims: full }],
    work: [...piece('OPEN', all - waiting), ...piece('SCHEDULED', waiting)],
  };
}

function cover(order: Order, wish: Partial<Cover>) {
  let ids = 0;
  const newId = () => `new-${++ids}`;
  return coverClaim(order, { reservationId: 'r0', backordered: 0, expectedAt: null, ...wish }, newId, event);
}

const unitsBy = (order: Order, state: FulfillmentOrder['state']) =>
  order.work
    .filter((piece) => piece.state === state)
    .flatMap(({ lines }) => lines)
    .reduce((sum, { quantity }) => sum + quantity, 0);

describe('goods that were bought before they were there', () => {
  it('given all of them came, then their work is open, as it is', () => {
    const covered = cover(ordered({ quantity: 2, backordered: 2 }), {});
    expect(covered).toMatchObject({
      opened: ['SCHEDULED'],
      order: { work: [{ id: 'SCHEDULED', state: 'OPEN', version: 2 }] },
    });
    expect(covered?.order.events.at(-1)).toBe(event);
  });

  it('given some came, then they are a piece of work of their own', () => {
    const covered = cover(ordered({ quantity: 3, backordered: 3 }), { backordered: 1, expectedAt: day(9) });
    expect(covered?.order.work).toMatchObject([
      { id: 'SCHEDULED', state: 'SCHEDULED', lines: [{ quantity: 1 }] },
      { state: 'OPEN', lines: [{ quantity: 2 }] },
    ]);
    expect(covered?.opened).toEqual([covered?.order.work[1]?.id]);
  });

  it('given they are expected, then the work is promised for when the last of them comes', () => {
    const order = ordered(
      { quantity: 1, backordered: 1 },
      { quantity: 2, backordered: 2, expectedAt: day(5) },
    );
    const piece = (of: Order) => of.work.find(({ state }) => state === 'SCHEDULED') ?? of.work[0];
    const promised = (of: Order) => {
      const found = piece(of);
      return found === undefined ? undefined : promisedBy(of, found);
    };
    expect(promised(order)).toBeNull();
    const told = cover(order, { backordered: 1, expectedAt: day(7) });
    expect(told?.opened).toEqual([]);
    expect(told === null ? null : promised(told.order)).toEqual(day(7));
  });

  it('given they are gone again before anybody began, then the work waits; given somebody began, then it stays', () => {
    const open = ordered({ quantity: 2 });
    expect(cover(open, { backordered: 2 })?.order.work).toMatchObject([{ id: 'OPEN', state: 'SCHEDULED' }]);
    const begun = { ...open, work: open.work.map((piece) => ({ ...piece, state: 'ACCEPTED' as const })) };
    expect(cover(begun, { backordered: 2 })?.order.work).toEqual(begun.work);
  });

  it('given nothing has changed, or a claim of somebody else, then the order stays', () => {
    expect(cover(ordered({ quantity: 2 }), {})).toBeNull();
    expect(cover(ordered({ quantity: 2 }), { reservationId: 'else', backordered: 1 })).toBeNull();
  });

  it('given any news in any order, then no unit of work is lost or doubled, and what waits is what was told last', () => {
    const claims = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 6 }), late: fc.nat(6) }), {
      minLength: 1,
      maxLength: 4,
    });
    const news = fc.array(fc.record({ claim: fc.nat(3), backordered: fc.nat(6) }), { maxLength: 12 });
    fc.assert(
      fc.property(claims, news, (all, told) => {
        let order = ordered(
          ...all.map(({ quantity, late }) => ({
            quantity,
            ...(late === 0 ? {} : { backordered: Math.min(quantity, late) }),
          })),
        );
        const total = order.lines[0]?.quantity ?? 0;
        for (const { claim, backordered } of told) {
          const quantity = all[claim]?.quantity;
          if (quantity === undefined) continue;
          const wish = { reservationId: `r${claim}`, backordered: Math.min(quantity, backordered) };
          const next = cover(order, wish)?.order ?? order;
          for (const piece of next.work) expect(piece.lines.every((line) => line.quantity > 0)).toBe(true);
          order = next;
          expect(cover(order, wish)).toBeNull();
        }
        const waiting = (order.lines[0]?.claims ?? []).reduce(
          (sum, { backordered = 0 }) => sum + backordered,
          0,
        );
        expect(unitsBy(order, 'SCHEDULED')).toBe(waiting);
        expect(unitsBy(order, 'OPEN')).toBe(total - waiting);
      }),
      { numRuns: 500 },
    );
  });
});
