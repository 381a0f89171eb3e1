import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Order, OrderEvent } from './order.ts';
import { NOON, sampleOrder } from './order-sample.ts';
import { loseClaim, moveClaim } from './stock-changes.ts';

const event: OrderEvent = {
  id: 'event-1',
  type: 'STOCK_MOVED',
  occurredAt: NOON,
  recordedAt: NOON,
  actor: 'subgraph:inventory',
  sourceSystem: 'GRAPH',
};
let ids = 0;
const newId = () => {
  ids += 1;
  return `new-${ids}`;
};
const claimOf = (order: Order, line = 0, claim = 0) =>
  order.lines[line]?.claims[claim]?.reservationId ?? 'none';
const move = (order: Order, reservationId: string, toLocationId: string) =>
  moveClaim(order, { reservationId, toReservationId: `${reservationId}'`, toLocationId }, newId, event);
const openWork = (order: Order) =>
  order.work
    .filter(({ state }) => state === 'OPEN')
    .map(({ locationId, lines }) => [locationId, lines.map(({ quantity }) => quantity)]);

it('given work that nobody has begun, then it goes along; a place with nothing left to do is let go', () => {
  const order = sampleOrder({ claims: { paris: 2 } }, { claims: { paris: 1 } });
  const first = move(order, claimOf(order), 'rome');
  expect(first?.workFollows).toBe(true);
  expect(first === null ? [] : openWork(first.order)).toEqual([
    ['paris', [1]],
    ['rome', [2]],
  ]);
  const both = first === null ? null : move(first.order, claimOf(order, 1), 'rome');
  expect(both === null ? [] : openWork(both.order)).toEqual([['rome', [2, 1]]]);
  expect(both?.order.work[0]?.state).toBe('CANCELED');
  expect(both?.order.lines[0]?.claims).toMatchObject([{ locationId: 'rome', quantity: 2 }]);
  expect(both?.order.version).toBe(order.version + 2);
});

it('given work that was begun, or that a warehouse system does, then it stays and people are to settle it', () => {
  const order = sampleOrder({ claims: { paris: 2 } });
  const [piece] = order.work;
  if (piece === undefined) throw new Error('the sample has work');
  const begun = { ...order, work: [{ ...piece, state: 'ACCEPTED' as const }] };
  const served = { ...order, work: [{ ...piece, servedBy: { system: 'wms', locationCode: 'PAR' } }] };
  for (const known of [begun, served]) {
    const moved = move(known, claimOf(known), 'rome');
    expect(moved?.workFollows).toBe(false);
    expect(moved?.order.work).toEqual(known.work);
    expect(moved?.order.lines[0]?.claims[0]?.locationId).toBe('rome');
  }
});

it('given a claim of somebody else, or one that was moved before, then nothing changes', () => {
  const order = sampleOrder({ claims: { paris: 2 } });
  expect(move(order, 'another', 'rome')).toBeNull();
  const moved = move(order, claimOf(order), 'rome');
  expect(moved === null ? null : move(moved.order, claimOf(order), 'oslo')).toBeNull();
  expect(loseClaim(order, 'another', event)).toBeNull();
  expect(loseClaim(order, claimOf(order), event)).toMatchObject({ sku: 'SKU-0', quantity: 2 });
});

it('however often claims are moved, the work is always for all units of every line', () => {
  const places = ['paris', 'rome', 'oslo'];
  fc.assert(
    fc.property(
      fc.array(fc.record({ paris: fc.integer({ min: 1, max: 5 }), rome: fc.integer({ min: 1, max: 5 }) }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.array(fc.record({ line: fc.nat(2), claim: fc.nat(1), to: fc.constantFrom(...places) }), {
        maxLength: 10,
      }),
      (claims, moves) => {
        let order = sampleOrder(...claims.map((each) => ({ claims: each })));
        for (const { line, claim, to } of moves)
          order = move(order, claimOf(order, line, claim), to)?.order ?? order;
        for (const { id, quantity, claims: held } of order.lines) {
          const units = order.work
            .filter(({ state }) => state !== 'CANCELED')
            .flatMap(({ lines }) => lines)
            .filter(({ orderLineId }) => orderLineId === id)
            .reduce((sum, entry) => sum + entry.quantity, 0);
          expect(units).toBe(quantity);
          expect(held.reduce((sum, claim) => sum + claim.quantity, 0)).toBe(quantity);
        }
      },
    ),
  );
});

it('given a part of a claim, then that part goes and the rest stays claimed as it was', () => {
  const order = sampleOrder({ claims: { paris: 3 } });
  const moved = moveClaim(
    order,
    { reservationId: claimOf(order), toReservationId: 'other', toLocationId: 'rome', quantity: 1 },
    newId,
    event,
  );
  expect(moved === null ? [] : openWork(moved.order)).toEqual([
    ['paris', [2]],
    ['rome', [1]],
  ]);
  expect(moved?.order.lines[0]?.claims).toMatchObject([
    { reservationId: claimOf(order), locationId: 'paris', quantity: 2 },
    { reservationId: 'other', locationId: 'rome', quantity: 1 },
  ]);
});

it('given work that its place has given up, then it stays as it is and another piece stands for it', () => {
  const order = sampleOrder({ claims: { paris: 2 } });
  const [piece] = order.work;
  if (piece === undefined) throw new Error('the sample has work');
  const rejected = { ...order, work: [{ ...piece, state: 'REJECTED' as const }] };
  const moved = move(rejected, claimOf(order), 'rome');
  expect(moved?.workFollows).toBe(true);
  expect(moved?.order.work[0]).toEqual(rejected.work[0]);
  expect(moved === null ? [] : openWork(moved.order)).toEqual([['rome', [2]]]);
});

it('given units that are not there yet, then they leave the work that waits for them and can be done at once elsewhere', () => {
  const order = sampleOrder({ claims: { paris: 3 } });
  const [piece] = order.work;
  const [line] = order.lines;
  const [claim] = line?.claims ?? [];
  if (piece === undefined || line === undefined || claim === undefined)
    throw new Error('the sample has work');
  const [part] = piece.lines;
  if (part === undefined) throw new Error('the sample has goods');
  const waiting = {
    ...order,
    lines: [
      {
        ...line,
        claims: [
          { ...claim, quantity: 1 },
          { ...claim, reservationId: 'late', quantity: 2, backordered: 2 },
        ],
      },
    ],
    work: [
      { ...piece, lines: [{ ...part, quantity: 2 }] },
      { ...piece, id: 'waits', state: 'SCHEDULED' as const, lines: [{ ...part, id: 'w', quantity: 2 }] },
    ],
  };
  const moved = move(waiting, 'late', 'rome');
  expect(moved?.order.work.map(({ state }) => state)).toEqual(['OPEN', 'CANCELED', 'OPEN']);
  expect(moved?.order.lines[0]?.claims[1]).toEqual({
    reservationId: "late'",
    locationId: 'rome',
    quantity: 2,
  });
});
